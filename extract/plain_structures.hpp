// Headings and lists that a page only looks like having.
#pragma once

#include "extract/markdown_blocks.hpp"

namespace winnow {

/// Makes headings and lists of paragraphs that were written to look like them, where that is plain. The words
/// stay the same but for the bullets and numbers, which Markdown has signs for.
///
/// - Titles: extract/plain_titles.hpp.
/// - Neighbouring paragraphs, or lines between breaks, that begin with the same bullet are a list.
/// - A paragraph of nothing but "_____", "-----" or "*****" is a rule.
/// - Paragraphs that begin with "1.", "2.", "3." in that order are items of one, also with text between.
[[nodiscard]] Blocks with_plain_structures(Blocks blocks);

}  // namespace winnow
