// Tables in a PDF, of which pdftotext tells nothing.
#pragma once

#include "extract/pdf/page_lines.hpp"

namespace winnow {

/// Finds lines that stand as a table's cells, notes the cell of each (PdfLine::cell) and puts them into the
/// order of reading: row after row, of each row cell after cell. A table is
/// - two columns or more with nothing written across the space between them,
/// - two rows or more with more space between them, in all columns, than between a cell's lines,
/// - and has a short cell in most of its rows. Where pdftotext reads the columns one after the other, they
/// may be those of a text: there one column is of short cells, and those of a row begin, or have their
/// middles, at one height. What is without a first cell is the rest of a row in several paragraphs. A table
/// that goes on on the next page, with its columns at the same places, is one.
void find_tables(PdfDocument& document);

}  // namespace winnow
