// A Markdown text as its reader sees it, for what is shown word by word.
#pragma once

#include <string>
#include <string_view>

namespace winnow::serve {

/// Stands, with a space, before the words of a line that is a heading.
inline constexpr char k_heading_sign = '\x01';

/// The words of a Markdown text (extract/markdown_text.hpp) with the numbers of its lists, a paragraph a
/// line: without marks of headings, tables, emphasis and quotations, and without where its links lead.
[[nodiscard]] std::string reading_text(std::string_view markdown);

}  // namespace winnow::serve
