// The headings of a Markdown text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

struct MarkdownHeading {
  unsigned level = 1;     ///< 1 to 6
  std::size_t begin = 0;  ///< in the text: where its line begins
  std::string text;       ///< plain words, never empty
};

/// Those that begin at a line's beginning, `#` signs or a line underlined with `=` or `-` (Open Terms Archive
/// writes so), in order, at most `most`; those that begin an item of a list as well ("2. ## Scope"), not
/// those further in, in quotes and fences. Linear in the text's length.
[[nodiscard]] std::vector<MarkdownHeading> markdown_headings(std::string_view markdown, std::size_t most);

}  // namespace winnow
