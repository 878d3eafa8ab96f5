#include "extract/pdf/page_lines.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <utility>

namespace winnow {
namespace {

/// The value of `name="..."` in a start tag; 0 when there is none.
double number_in(std::string_view tag, std::string_view name) {
  const std::size_t found = tag.find(name);
  if (found == std::string_view::npos) return 0;
  const std::string_view value = tag.substr(found + name.size());
  double number = 0;
  std::from_chars(value.data(), value.data() + value.size(), number);
  // The largest page is 200 inches; an overflowing position is as good as none.
  constexpr double k_farthest = 1e5;
  return std::isfinite(number) && std::abs(number) <= k_farthest ? number : 0;
}

PdfBox box_in(std::string_view tag) {
  return {number_in(tag, "xMin=\""), number_in(tag, "yMin=\""), number_in(tag, "xMax=\""),
          number_in(tag, "yMax=\"")};
}

/// Undoes the five escapes that pdftotext writes.
std::string unescaped(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 5> k_escapes = {
      {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};
  std::string plain;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    plain += text.substr(0, end);
    text.remove_prefix(end);
    if (text.empty()) break;
    const auto* const escape =
        std::find_if(k_escapes.begin(), k_escapes.end(),
                     [text](const auto& candidate) { return text.starts_with(candidate.first); });
    const bool is_known = escape != k_escapes.end();
    plain += is_known ? escape->second : '&';
    text.remove_prefix(is_known ? escape->first.size() : 1);
  }
  return plain;
}

/// What stands between the first `>` and the last `<` of an element on one line.
std::string_view content_of(std::string_view element) {
  const std::size_t begin = element.find('>') + 1;
  const std::size_t end = element.rfind("</");
  return begin == 0 || end == std::string_view::npos || end < begin ? std::string_view{}
                                                                    : element.substr(begin, end - begin);
}

/// Puts a line's words together.
class LineBuilder {
public:
  void begin(const PdfBox& box, int block) {
    m_line = {.box = box, .block = block};
    m_widest = 0;
  }

  void add(const PdfBox& word, std::string_view text) {
    if (text.empty()) return;
    // pdftotext's own measure for a space within a line is a tenth of the type's size.
    constexpr double k_space = 0.1;
    const double gap = word.left - m_end;
    if (!m_line.text.empty() && (gap > k_space * word.height() || gap < -word.height())) m_line.text += ' ';
    m_line.text += text;
    m_end = word.right;
    if (const double width = word.right - word.left; width > m_widest) {
      m_widest = width;
      m_line.size = word.height();
    }
  }

  [[nodiscard]] bool empty() const { return m_line.text.empty(); }
  PdfLine take() { return std::exchange(m_line, {}); }

private:
  PdfLine m_line;
  double m_end = 0;
  double m_widest = 0;
};

}  // namespace

PdfDocument parse_bbox_layout(std::string_view xhtml) {
  PdfDocument document;
  LineBuilder line;
  int block = 0;
  const auto flush = [&] {
    if (!line.empty() && !document.pages.empty()) document.pages.back().lines.push_back(line.take());
  };
  while (!xhtml.empty()) {
    const std::size_t end = xhtml.find('\n');
    if (end == std::string_view::npos) break;  // cut
    std::string_view element = xhtml.substr(0, end);
    xhtml.remove_prefix(end + 1);
    element.remove_prefix(std::min(element.find_first_not_of(' '), element.size()));
    if (element.starts_with("<word ")) {
      const std::string_view tag = element.substr(0, element.find('>'));
      line.add(box_in(tag), unescaped(content_of(element)));
    } else if (element.starts_with("<line ")) {
      flush();
      line.begin(box_in(element), block);
    } else if (element.starts_with("<block ")) {
      ++block;
    } else if (element.starts_with("<page ")) {
      flush();
      document.pages.push_back({number_in(element, "width=\""), number_in(element, "height=\""), {}});
    } else if (element.starts_with("<title>") && document.pages.empty()) {
      document.title = unescaped(content_of(element));
    }
  }
  flush();
  return document;
}

}  // namespace winnow
