// The characters of UTF-8 text that may not be UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

namespace winnow {

/// How many bytes the character takes that `text` begins with; 0 when they are not UTF-8 (RFC 3629 §4).
/// \pre text is not empty
[[nodiscard]] std::size_t character_size(std::string_view text);

struct Character {
  char32_t code_point = 0xfffd;  ///< U+FFFD for a byte that is not UTF-8
  std::size_t size = 1;          ///< in bytes
};

/// The one that `text` begins with.
/// \pre text is not empty
[[nodiscard]] Character first_character(std::string_view text);

}  // namespace winnow
