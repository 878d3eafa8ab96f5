// Lines of a PDF that stand side by side.
#pragma once

#include "extract/pdf/page_lines.hpp"

namespace winnow {

/// Joins what pdftotext took for columns and is none, and notes which lines stand beside others.
/// - A bullet or number goes before the line on its right: a tab between makes a column of a list's bullets,
/// all
///   of them before all of the texts.
/// - A justified line whose words are far apart falls into pieces. They are one line when the last one
/// reaches the
///   right edge of the text and no other line of the page begins where one of them does, as cells and columns
///   do.
void join_rows(PdfPage& page);

}  // namespace winnow
