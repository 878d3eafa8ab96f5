#include "extract/characters.hpp"

#include <cstdint>

#include <unicode/utf8.h>

namespace winnow {

bool is_invisible(UChar32 c) {
  return c == 0xAD || c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c < 0x20 ||
         (c >= 0x7F && c <= 0x9F);
}

std::uint32_t visible_characters(std::string_view text) {
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte <= ' ' || (byte & 0xC0U) == 0x80U) continue;
    const bool is_no_break_space = byte == 0xC2 && i + 1 < text.size() && text[i + 1] == '\xA0';
    count += is_no_break_space ? 0 : 1;
  }
  return count;
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
  for (const char c : without_invisible(text)) {
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      space = true;
      continue;
    }
    if (space && !line.empty()) line += ' ';
    space = false;
    line += c;
  }
  return line;
}

}  // namespace winnow
