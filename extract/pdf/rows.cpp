#include "extract/pdf/rows.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "extract/pdf/column_edges.hpp"
#include "extract/pdf/line_labels.hpp"

namespace winnow {
namespace {

using Row = std::vector<std::size_t>;  // indexes of lines, from left to right

bool share_a_row(const PdfBox& one, const PdfBox& other) {
  const double shared = std::min(one.bottom, other.bottom) - std::max(one.top, other.top);
  return shared > 0.5 * std::min(one.height(), other.height());
}

std::vector<Row> rows_of(const PdfPage& page) {
  Row by_height(page.lines.size());
  std::iota(by_height.begin(), by_height.end(), std::size_t{0});
  std::stable_sort(by_height.begin(), by_height.end(), [&page](std::size_t a, std::size_t b) {
    return page.lines[a].box.top < page.lines[b].box.top;
  });
  std::vector<Row> rows;
  for (const std::size_t i : by_height) {
    if (rows.empty() || !share_a_row(page.lines[rows.back().front()].box, page.lines[i].box))
      rows.emplace_back();
    rows.back().push_back(i);
  }
  for (Row& row : rows) {
    std::stable_sort(row.begin(), row.end(), [&page](std::size_t a, std::size_t b) {
      return page.lines[a].box.left < page.lines[b].box.left;
    });
  }
  return rows;
}

/// How many lines of a page begin at a place.
class LeftEdges {
public:
  explicit LeftEdges(const PdfPage& page) {
    for (const PdfLine& line : page.lines)
      ++m_lines[std::lround(line.box.left)];
  }
  [[nodiscard]] bool is_shared(const PdfLine& line) const {
    constexpr long k_near = 2;
    const long left = std::lround(line.box.left);
    unsigned lines = 0;
    for (auto it = m_lines.lower_bound(left - k_near); it != m_lines.end() && it->first <= left + k_near;
         ++it)
      lines += it->second;
    return lines > 1;
  }

private:
  std::map<long, unsigned> m_lines;
};

}  // namespace

void join_rows(PdfPage& page) {
  const LeftEdges lefts(page);
  const ColumnEdges rights(page);
  std::vector<bool> joined(page.lines.size(), false);
  const auto join = [&](std::size_t to, std::size_t i) {
    page.lines[to].text += ' ' + page.lines[i].text;
    page.lines[to].box.right = std::max(page.lines[to].box.right, page.lines[i].box.right);
    joined[i] = true;
  };
  for (Row& row : rows_of(page)) {
    Row texts;
    for (const std::size_t i : row) {
      constexpr double k_farthest = 8;  // times the type's size
      PdfLine& line = page.lines[i];
      if (!texts.empty()) {
        PdfLine& before = page.lines[texts.back()];
        const bool is_label = label_of(before.text).size == before.text.size();
        if (is_label && line.box.left - before.box.right < k_farthest * before.size) {
          // The text's place in the reading order is the right one, not the bullet's.
          line.text = before.text + ' ' + line.text;
          line.box.left = before.box.left;
          joined[texts.back()] = true;
          texts.back() = i;
          continue;
        }
      }
      texts.push_back(i);
    }
    if (texts.size() > 1) {
      constexpr double k_near = 3;
      const PdfLine& first = page.lines[texts.front()];
      const bool reaches = page.lines[texts.back()].box.right > rights.right_of(first) - k_near;
      const bool is_one = reaches && std::none_of(texts.begin() + 1, texts.end(), [&](std::size_t i) {
                            return lefts.is_shared(page.lines[i]);
                          });
      for (std::size_t i = 1; i < texts.size(); ++i) {
        if (is_one) {
          join(texts.front(), texts[i]);
        } else {
          page.lines[texts[i]].is_alone = page.lines[texts.front()].is_alone = false;
        }
      }
    }
  }
  std::vector<PdfLine> lines;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    if (!joined[i]) lines.push_back(std::move(page.lines[i]));
  }
  page.lines = std::move(lines);
}

}  // namespace winnow
