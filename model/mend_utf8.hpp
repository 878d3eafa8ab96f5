// Bytes of others as valid UTF-8.
#pragma once

#include <string>
#include <string_view>

#include "model/utf8.hpp"

namespace winnow {

/// Each byte that belongs to no character becomes U+FFFD; valid text stays as it is.
[[nodiscard]] inline std::string mend_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    if (size == 0) {
      out += "\xef\xbf\xbd";
    } else {
      out += text.substr(0, size);
    }
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return out;
}

}  // namespace winnow
