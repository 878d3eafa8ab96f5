// What a PDF repeats on its pages: running headers and footers, page numbers.
#pragma once

#include "extract/pdf/page_lines.hpp"

namespace winnow {

/// Takes them out. Such a line stands in the upper or lower tenth of a page, or is the first or last of it
/// and in the outer sixth, and on a page near by stands, at the same height, the same text but for numbers
/// that are equal or count up with the pages. So a document of two pages has them as well, and chapters may
/// each have their own. A number alone that is its page's goes too, and "Page 1 of 1". Nothing is taken when
/// more than half of the text would go: then what repeats is the text.
void drop_running_lines(PdfDocument& document);

}  // namespace winnow
