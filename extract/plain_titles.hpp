// Headings that a page only looks like having.
#pragma once

#include <string_view>

#include "extract/markdown_blocks.hpp"

namespace winnow {

/// Makes headings of lines that were written to look like them, where that is plain:
/// - Of the first five lines, the one that names a legal document (titles.hpp) is the heading of rank 1, if a
///   heading does not do so. What stands above it is no heading. (On 5 of the 114 pages people left such a
///   line bold; F1 is .9657 for .9665.)
/// - On a page without a single heading: a paragraph in bold type, one line, without a full stop, that text
///   follows, is a heading; so is a bold first line above a break. Likewise where the page's own headings are
///   half as many at most, and the first comes behind a bold line and is not the document's name: these make
///   chapters with the others.
///   Not so where a heading comes first, the page's title, and bold lines below: those are headings to a
///   reader, but people who extract such pages by hand leave them bold. On 114 pages of theirs, 11 of them
///   such, F1 of the headings would fall from .967 to .907.
/// - On a page without headings: three or more lines in capitals with prose below.
[[nodiscard]] Blocks with_plain_titles(Blocks blocks);

/// What stands in a line that is a title in bold type, `**Security**`: all of it bold, no sentence, no date.
/// Empty when it is none.
[[nodiscard]] std::string_view bold_title(std::string_view line);

}  // namespace winnow
