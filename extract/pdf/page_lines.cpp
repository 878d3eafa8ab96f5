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
    m_words.clear();
  }

  void add(const PdfBox& box, std::string_view text) {
    if (!text.empty()) m_words.push_back({box, std::string(text)});
  }

  [[nodiscard]] bool empty() const { return m_words.empty(); }

  PdfLine take() {
    const double space = least_space();
    double widest = -1;
    double end = 0;
    for (const Word& word : m_words) {
      const double gap = word.box.left - end;
      if (!m_line.text.empty() && (gap > space || gap < -word.box.height())) m_line.text += ' ';
      m_line.text += word.text;
      end = word.box.right;
      if (const double width = word.box.right - word.box.left; width > widest) {
        widest = width;
        m_line.size = word.box.height();
      }
    }
    m_words.clear();
    return std::exchange(m_line, {});
  }

private:
  struct Word {
    PdfBox box;
    std::string text;
  };

  /// A gap that is more is a space: pdftotext's own measure, a tenth of the type's size; in letter-spaced
  /// type twice the usual gap.
  [[nodiscard]] double least_space() const {
    constexpr double k_space = 0.1;
    constexpr std::size_t k_few = 5;
    const double usual = k_space * m_words.front().box.height();
    const bool is_spaced =
        m_words.size() >= k_few && std::all_of(m_words.begin(), m_words.end(), [](const Word& word) {
          return word.text.size() == 1 && (word.text[0] < '0' || word.text[0] > '9');
        });
    if (!is_spaced) return usual;
    std::vector<double> gaps;
    for (std::size_t i = 1; i < m_words.size(); ++i)
      gaps.push_back(m_words[i].box.left - m_words[i - 1].box.right);
    std::nth_element(gaps.begin(), gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2), gaps.end());
    return std::max(usual, 2 * gaps[gaps.size() / 2]);
  }

  PdfLine m_line;
  std::vector<Word> m_words;
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
