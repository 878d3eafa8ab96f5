// Blocks of Markdown and how they are put together.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

enum class BlockKind { paragraph, heading, bullets, numbers, other };

struct Block {
  BlockKind kind = BlockKind::paragraph;
  std::string text;       ///< without a line end
  char marker = 0;        ///< of a list: `-` or `*`, `.` or `)`
  bool is_tight = false;  ///< a list without empty lines
};
using Blocks = std::vector<Block>;

/// All blocks, an empty line between; `tight`: none between a paragraph and the list that follows it.
[[nodiscard]] std::string join_blocks(const Blocks& blocks, bool tight);

/// A heading of this rank as a line; emphasis that covers all of it says nothing, and goes. `#` at its end,
/// which CommonMark would take for its close, are escaped.
[[nodiscard]] std::string heading_line(std::size_t rank, std::string_view text);

/// Puts `first` before the first line and `rest` before each other; before an empty line `rest` without its
/// trailing spaces.
[[nodiscard]] std::string prefix_lines(std::string_view text, std::string_view first, std::string_view rest);

struct ListItem {
  std::string label;  ///< "3" in a list of numbers, "b." where Markdown can't count so; else empty
  Blocks blocks;
};

/// A list as one block. After a list of the same kind its marker is another, or Markdown would join the two.
[[nodiscard]] Block make_list(std::vector<ListItem> items, bool numbers, const Blocks& before);

/// Adds to a list of bullets. When either part has empty lines, one stands between them.
void extend_list(Block& list, std::vector<ListItem> items);

/// What an `<ol>` of this type shows for `number`: 'a', 'A', 'i', 'I'; digits otherwise and where letters or
/// Roman numerals cannot say it.
[[nodiscard]] std::string list_label(int number, char type);

/// Preformatted text: as paragraphs when it is prose (a policy set by hand with line ends), else as a fence.
[[nodiscard]] Blocks make_preformatted(std::string text);

}  // namespace winnow
