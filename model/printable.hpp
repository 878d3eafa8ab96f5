// Texts of others, made safe for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace winnow {

/// `text` (a URL, a file name) with `?` for whatever could steer a terminal: control characters, also line
/// ends, DEL and C1 (U+0080 to U+009F, ECMA-48), and each byte that is not UTF-8, since a terminal of 8 bits
/// takes 0x9b for the start of an escape sequence.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace winnow
