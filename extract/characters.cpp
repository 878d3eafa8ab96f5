#include "extract/characters.hpp"

#include <array>
#include <cstdint>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "model/ascii.hpp"

namespace winnow {

bool is_invisible(UChar32 c) {
  return c == 0xAD || c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c < 0x20 ||
         (c >= 0x7F && c <= 0x9F);
}

std::uint32_t visible_characters(std::string_view text) {
  std::uint32_t count = 0;
  unsigned char before = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i + 8 <= text.size()) {
      const EightBytes eight(text.data() + i);
      if (eight.are_printable()) {
        count += eight.count_non_spaces();
        before = 0;
        i += 7;
        continue;
      }
    }
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool is_counted = byte > ' ' && (byte & 0xC0U) != 0x80U;
    const bool ends_no_break_space = before == 0xC2 && byte == 0xA0;
    count += static_cast<std::uint32_t>(is_counted) - static_cast<std::uint32_t>(ends_no_break_space);
    before = byte;
  }
  return count;
}

std::size_t plain_words_end(std::string_view text, std::size_t from) {
  constexpr ByteSet k_not_plain([](char c) { return c <= ' ' || c >= 0x7F; });
  std::size_t end = k_not_plain.find_in(text, from);
  while (end > from && end + 1 < text.size() && text[end] == ' ' && !k_not_plain.has(text[end + 1]))
    end = k_not_plain.find_in(text, skip_plain_words(text, end + 1));
  return end;
}

void append_utf8(std::string& text, UChar32 c) {
  std::array<char, 4> buffer{};
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(buffer.data(), length, c);
  text.append(buffer.data(), static_cast<std::size_t>(length));
}

std::string without_invisible(std::string_view text) {
  std::string visible;
  visible.reserve(text.size());
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  for (std::int64_t at = 0; at < size;) {
    const std::int64_t begin = at;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(data, at, size, c);
    if (c == '\r' || c == '\f' || c == '\v') {
      visible += ' ';
    } else if (c == '\n' || c == '\t' || !is_invisible(c)) {
      visible.append(text, static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin));
    }
  }
  return visible;
}

std::string in_one_line(std::string_view text) {
  std::string line;
  bool space = false;
  const std::string visible = without_invisible(text);
  const auto* data = reinterpret_cast<const std::uint8_t*>(visible.data());
  const auto size = static_cast<std::int64_t>(visible.size());
  for (std::int64_t at = 0; at < size;) {
    const std::int64_t begin = at;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(data, at, size, c);
    if (u_isUWhiteSpace(c) != 0) {
      space = true;
      continue;
    }
    if (space && !line.empty()) line += ' ';
    space = false;
    line.append(visible, static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin));
  }
  return line;
}

}  // namespace winnow
