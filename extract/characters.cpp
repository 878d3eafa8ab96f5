#include "extract/characters.hpp"

#include <cstdint>

#include <unicode/utf8.h>

namespace winnow {

bool is_invisible(UChar32 c) {
  return c == 0xAD || c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c < 0x20 ||
         (c >= 0x7F && c <= 0x9F);
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

}  // namespace winnow
