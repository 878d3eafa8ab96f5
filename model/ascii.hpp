// Kinds of ASCII characters, whatever the locale: std::isalpha and its kin ask that, and may not be given
// bytes of other scripts.
#pragma once

#include <algorithm>
#include <array>
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

/// Whether eight bytes at once are ASCII.
[[nodiscard]] inline bool eight_are_ascii(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return (word & 0x8080808080808080U) == 0;
}

/// Whether they are from space to `~`.
[[nodiscard]] inline bool eight_are_printable(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  // The top bit of some byte is set by a byte beyond ASCII, by DEL and one, or by less than a space.
  return ((word | (word + 0x0101010101010101U) | (word - 0x2020202020202020U)) & 0x8080808080808080U) == 0;
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
