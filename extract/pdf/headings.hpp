// Which of a PDF's paragraphs are headings.
#pragma once

#include <cstddef>
#include <vector>

#include "extract/pdf/paragraphs.hpp"

namespace winnow {

/// For each paragraph 1 to 6, or 0 when it is none: short, without a full stop, no cell of a
/// table, with text behind it, and
/// - in type larger than the text's (1 for the largest, and so on), or
/// - numbered ("2.", 2; "2.1", 3), where no item with the same kind of number is its neighbour, or
/// - in capital letters, or a line alone between two paragraphs of several lines (1 for the document's first
/// paragraph, else 2).
[[nodiscard]] std::vector<unsigned> heading_levels(const std::vector<PdfParagraph>& paragraphs);

}  // namespace winnow
