// Texts of others, made safe for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace winnow {

/// `text` (a URL, a file name) with `?` for whatever could steer a terminal: control characters, also line
/// ends, DEL and C1 (U+0080 to U+009F, ECMA-48), and each byte that is not UTF-8, since a terminal of 8 bits
/// takes 0x9b for the start of an escape sequence; and for what makes a line read in another order than it is
/// stored (embeddings, overrides and isolates, U+202A to U+202E, U+2066 to U+2069: UAX #9, CVE-2021-42574).
[[nodiscard]] std::string printable(std::string_view text);

/// A line of a text as a terminal or a page may show it: printable(), a tab is a space, carriage returns are
/// left out.
[[nodiscard]] std::string printable_line(std::string_view text);

}  // namespace winnow
