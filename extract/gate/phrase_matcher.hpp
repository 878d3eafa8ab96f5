// Many phrases looked for at once.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "extract/gate/families.hpp"

namespace winnow {

/// A deterministic automaton (Aho and Corasick 1975) over folded text (word_folder.hpp): one table look-up a
/// byte, however many phrases there are. RE2::Set answers only which patterns occur, not how often and where.
///
/// A phrase is one or more words. It matches whole words; a `*` at its end or beginning lets the last word go
/// on or the first begin earlier ("privacy polic*", "*erklärung"). In solid scripts every place is a word's.
class PhraseMatcher {
public:
  using State = std::uint16_t;

  /// Of the phrases of families.hpp; made once, at first use (some milliseconds, 3 MB).
  [[nodiscard]] static const PhraseMatcher& of_all_families();

  explicit PhraseMatcher(std::span<const PhraseRow> rows);

  /// As after white space.
  [[nodiscard]] State start() const { return m_start; }
  [[nodiscard]] State next(State state, unsigned char byte) const {
    return m_next[static_cast<std::size_t>(state) * m_classes + m_class_of[byte]];
  }
  /// The families of which a phrase ends here, each once.
  [[nodiscard]] std::span<const Family> found(State state) const {
    return {m_found.data() + m_found_begin[state], m_found.data() + m_found_begin[state + 1U]};
  }
  [[nodiscard]] bool finds(State state) const { return m_found_begin[state] != m_found_begin[state + 1U]; }

private:
  std::array<std::uint8_t, 256> m_class_of{};
  std::size_t m_classes = 1;  ///< class 0: bytes that no phrase has
  std::vector<State> m_next;
  std::vector<std::uint32_t> m_found_begin;
  std::vector<Family> m_found;
  State m_start = 0;
};

}  // namespace winnow
