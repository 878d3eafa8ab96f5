// Characters that no reader sees, and those that need no looking at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <unicode/umachine.h>

namespace winnow {

/// Control characters (C0, DEL, C1), soft hyphens, zero-width spaces, directional marks and the like: never
/// seen, often noise; on a terminal some are commands. The joiners U+200C and U+200D stay: Persian and the
/// scripts of India spell with them. White space among the controls counts as well: look for it first.
[[nodiscard]] bool is_invisible(UChar32 c);

/// How many characters of valid UTF-8 are no white space and no control. No-break spaces count as white
/// space: old pages make their margins of them.
[[nodiscard]] std::uint32_t visible_characters(std::string_view text);

/// \pre c is a character: at most U+10FFFF
void append_utf8(std::string& text, UChar32 c);

/// Valid UTF-8 without its invisible characters, but with line feeds and tabs, and with a space for carriage
/// returns, form feeds and vertical tabs. Pages carry them past the decoder as `&#27;`.
[[nodiscard]] std::string without_invisible(std::string_view text);

/// The same in one line: a run of white space, no-break spaces too, is one space, with none at the ends.
[[nodiscard]] std::string in_one_line(std::string_view text);

/// Where the printable ASCII words that begin at `from`, with one space between them, end: most of most
/// pages, which need no look at each character. `from` itself when no such word begins there.
[[nodiscard]] std::size_t plain_words_end(std::string_view text, std::size_t from);

}  // namespace winnow
