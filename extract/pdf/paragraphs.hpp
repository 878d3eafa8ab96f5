// A PDF's lines joined to paragraphs.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "extract/pdf/line_labels.hpp"
#include "extract/pdf/page_lines.hpp"

namespace winnow {

struct PdfParagraph {
  std::string text;  ///< one line, without a bullet, with a number
  LabelKind label = LabelKind::none;
  std::size_t depth = 0;  ///< LineLabel::depth
  double left = 0;        ///< of the first line
  double size = 0;        ///< PdfLine::size of the first line
  std::size_t lines = 0;
  bool is_alone = true;  ///< PdfLine::is_alone of the first line
  PdfCell cell = {};     ///< a paragraph of its own is each cell of a table
};

/// The lines of a table's cell are one paragraph. Others are joined over line ends, columns and pages where a
/// sentence goes on; a new paragraph begins at a label, a larger gap, type of another size, and where the
/// line before ends early. Words divided at a line's end are put together again; whether their hyphen is part
/// of the word, the other words of the document decide.
[[nodiscard]] std::vector<PdfParagraph> paragraphs_of(const PdfDocument& document);

}  // namespace winnow
