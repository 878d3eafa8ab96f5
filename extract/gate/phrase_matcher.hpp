// Many phrases looked for at once.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "extract/gate/families.hpp"

namespace winnow {

/// An automaton (Aho and Corasick 1975) over folded text (word_folder.hpp): about one look-up a byte, however
/// many phrases there are. States near the root, where texts spend their time, have a row of successors each;
/// the others list their children and fall back, which keeps 38,000 states in 2 MB instead of 10. RE2::Set
/// answers only which patterns occur, not how often and where.
///
/// A phrase is one or more words. It matches whole words; a `*` at its end or beginning lets the last word go
/// on or the first begin earlier ("privacy polic*", "*erklärung"). In solid scripts every place is a word's.
class PhraseMatcher {
public:
  using State = std::uint16_t;

  /// Of the phrases of families.hpp; made once, at first use (some 10 ms).
  [[nodiscard]] static const PhraseMatcher& of_all_families();

  explicit PhraseMatcher(std::span<const PhraseRow> rows);

  /// As after white space.
  [[nodiscard]] State start() const { return m_start; }
  [[nodiscard]] State next(State state, unsigned char byte) const {
    return next_by_class(state, m_class_of[byte]);
  }
  /// The families of which a phrase ends here, each once.
  [[nodiscard]] std::span<const Family> found(State state) const {
    return {m_found.data() + m_found_begin[state], m_found.data() + m_found_begin[state + 1U]};
  }
  [[nodiscard]] bool finds(State state) const { return m_found_begin[state] != m_found_begin[state + 1U]; }

private:
  [[nodiscard]] State next_by_class(State state, std::uint8_t byte_class) const {
    while (state >= m_rows) {
      for (std::uint32_t child = m_first_child[state]; child != m_first_child[state + 1U]; ++child) {
        if (m_child_class[child] == byte_class) return static_cast<State>(child + 1);
      }
      state = m_fallback[state];
    }
    return m_next[static_cast<std::size_t>(state) * m_classes + byte_class];
  }

  std::array<std::uint8_t, 256> m_class_of{};
  std::size_t m_classes = 1;  ///< class 0: bytes that no phrase has
  std::size_t m_rows = 0;     ///< states below have a row in m_next
  std::vector<State> m_next;
  // States are numbered breadth first, so the children of all states are 1, 2, 3...
  std::vector<std::uint32_t> m_first_child;  ///< less one
  std::vector<std::uint8_t> m_child_class;
  std::vector<State> m_fallback;
  std::vector<std::uint32_t> m_found_begin;
  std::vector<Family> m_found;
  State m_start = 0;
};

}  // namespace winnow
