// Where the words of a PDF stand on its pages.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// A box on a page, in points (1/72 inch) from its upper left corner.
struct PdfBox {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
  [[nodiscard]] double height() const { return bottom - top; }
};

/// Where in a table something stands.
struct PdfCell {
  int table = 0;  ///< from 1; 0 is none
  std::size_t row = 0;
  std::size_t column = 0;
  bool operator==(const PdfCell&) const = default;
};

struct PdfLine {
  PdfBox box;
  double size = 0;       ///< height of most of its words: the type's size, about 1.1 times what it is called
  std::string text;      ///< UTF-8, one space between words, not empty
  int block = 0;         ///< lines of one block have one number, which rises in reading order
  bool is_alone = true;  ///< no other stands beside it
  PdfCell cell = {};     ///< see extract/pdf/tables.hpp
};

struct PdfPage {
  double width = 0;
  double height = 0;
  std::vector<PdfLine> lines;  ///< in reading order, column after column
};

struct PdfDocument {
  std::string title;  ///< as the file's information dictionary has it; often a file's name, or nothing
  std::vector<PdfPage> pages;
};

/// Reads what `pdftotext -bbox-layout` of poppler 0.60 or later prints: one element a line, `<title>`,
/// `<page>`,
/// `<block>`, `<line>`, `<word>`. Not a reader of XHTML in general. A text that was cut gives what is before
/// the cut; any other gives no pages. Numbers that are none, or none of this world, are 0.
///
/// A line's words are joined where no space is between them: pdftotext begins a new word when the font
/// changes.
[[nodiscard]] PdfDocument parse_bbox_layout(std::string_view xhtml);

}  // namespace winnow
