// Kinds of ASCII characters, whatever the locale: std::isalpha and its kin ask that, and may not be given
// bytes of other scripts.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace winnow {

[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
[[nodiscard]] constexpr bool is_letter(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}
[[nodiscard]] constexpr bool is_letter_or_digit(char c) {
  return is_letter(c) || is_digit(c);
}

/// ASCII whitespace, as the HTML standard has it.
[[nodiscard]] constexpr bool is_html_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

/// Eight bytes at once: loops over whole pages look at each byte only where these say that there is
/// something.
class EightBytes {
public:
  explicit EightBytes(const char* bytes) { std::memcpy(&m_word, bytes, sizeof m_word); }

  [[nodiscard]] bool are_ascii() const { return (m_word & k_top_bits) == 0; }

  /// From space to `~`.
  [[nodiscard]] bool are_printable() const {
    // The top bit of some byte is set by a byte beyond ASCII, by DEL and one, or by less than a space.
    return ((m_word | (m_word + k_ones) | (m_word - 0x20 * k_ones)) & k_top_bits) == 0;
  }

  /// Of printable bytes.
  [[nodiscard]] bool have_spaces_side_by_side() const {
    // The top bits of the spaces, and of some bytes beside them: to say yes too often is harmless.
    const std::uint64_t spaces = (m_word - 0x21 * k_ones) & k_top_bits;
    return (spaces & spaces << 8U) != 0;
  }

  /// How many of printable bytes are no space.
  [[nodiscard]] unsigned count_non_spaces() const {
    return static_cast<unsigned>(std::popcount((m_word + 0x5F * k_ones) & k_top_bits));
  }

private:
  static constexpr std::uint64_t k_ones = 0x0101010101010101U;
  static constexpr std::uint64_t k_top_bits = 0x80 * k_ones;
  std::uint64_t m_word = 0;
};

/// Goes on from a word's byte over eights of printable ASCII with no more than one space between words. Ends
/// on a word's byte, or on the space behind one.
[[nodiscard]] inline std::size_t skip_plain_words(std::string_view text, std::size_t from) {
  while (from + 8 <= text.size()) {
    const EightBytes eight(text.data() + from);
    if (!eight.are_printable() || eight.have_spaces_side_by_side()) break;
    from += text[from + 7] == ' ' ? 7 : 8;
  }
  return from;
}

/// A set of bytes that is asked once for each byte of a page: one load, where a chain of comparisons would
/// take most of the time that a page takes.
class ByteSet {
public:
  template <class IsIn>
  explicit constexpr ByteSet(IsIn is_in) {
    for (std::size_t byte = 0; byte < m_has.size(); ++byte)
      m_has[byte] = is_in(static_cast<char>(byte));
  }

  [[nodiscard]] constexpr bool has(char c) const { return m_has[static_cast<unsigned char>(c)]; }

  /// The first place at or behind `from` whose byte is in the set; the text's size when there is none.
  [[nodiscard]] constexpr std::size_t find_in(std::string_view text, std::size_t from = 0) const {
    while (from < text.size() && !has(text[from]))
      ++from;
    return from;
  }

private:
  std::array<bool, 256> m_has{};
};

/// Whether a word in lower case stands somewhere in a text of any case.
[[nodiscard]] constexpr bool contains_any_case(std::string_view text, std::string_view word) {
  return std::search(text.begin(), text.end(), word.begin(), word.end(),
                     [](char a, char b) { return (a | 0x20) == b; }) != text.end();
}

/// True of an empty text, too.
[[nodiscard]] constexpr bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

/// The value of a hex digit of either case; -1 for others.
[[nodiscard]] constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace winnow
