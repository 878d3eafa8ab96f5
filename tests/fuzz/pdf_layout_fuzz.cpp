// What pdftotext prints of a hostile file, and where it was cut.
#include <cmath>

#include "extract/pdf/page_lines.hpp"
#include "extract/pdf/pdf_text.hpp"
#include "shown_text.hpp"

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string xhtml(fuzz::as_text(data, size));
  const PdfDocument document = parse_bbox_layout(xhtml);
  for (const PdfPage& page : document.pages) {
    for (const PdfLine& line : page.lines) {
      fuzz::demand(!line.text.empty(), "a line has words");
      for (const double edge : {line.box.left, line.box.top, line.box.right, line.box.bottom, line.size})
        fuzz::demand(std::isfinite(edge) && std::abs(edge) <= 2e5, "a line is of this world");
    }
  }

  const PdfText text = pdf_to_text({PdfEnd::cut, xhtml});
  fuzz::demand_shown_text(text.markdown, "a PDF's Markdown has no control characters");
  fuzz::demand(fuzz::is_utf8(text.title), "a title is UTF-8");
  fuzz::demand(text.title.find('\n') == std::string::npos, "a title is one line");
  fuzz::demand(text.markdown.size() <= 8 * size + 1024, "a PDF does not multiply");
  fuzz::demand_equal(pdf_to_text({PdfEnd::cut, xhtml}).markdown, text.markdown,
                     "the same layout, the same text");
  return 0;
}
