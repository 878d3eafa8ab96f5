// A PDF in, Markdown out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/pdf/pdftotext.hpp"
#include "model/text.hpp"

namespace winnow {

struct PdfText {
  std::string title;  ///< the file's own, else its first heading; one line
  std::string markdown;
  std::vector<Mark> marks;  ///< why it is not all; in no order
};

/// Pure: what pdftotext gave, as Markdown. `scanned` when most pages are without a word.
///
/// Where words stand and how large they are is all that pdftotext tells of: bold is not among it, nor links,
/// nor bullets that are drawn (browsers do so). So a heading is what is set in larger type, is numbered and
/// no item of a list, is in capital letters, or stands alone between paragraphs; a link is its text, which is
/// what is compared; an item whose bullet is drawn is a paragraph.
[[nodiscard]] PdfText pdf_to_text(const PdfLayout& layout);

/// With the pdftotext that is installed, or the mark `no-pdf-reader`. A file without an end ("%%EOF") is
/// `damaged`, whatever is read of it: pdftotext mends what was cut and does not tell.
[[nodiscard]] PdfText read_pdf(std::string_view pdf);

}  // namespace winnow
