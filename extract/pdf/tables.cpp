#include "extract/pdf/tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

namespace winnow {
namespace {

using Indexes = std::vector<std::size_t>;  // of a page's lines

/// From where to where something reaches.
struct Span {
  double begin = 0;
  double end = 0;
  [[nodiscard]] double middle() const { return (begin + end) / 2; }
};

/// Places on the page that lines fill, from left to right, with white from top to bottom between them.
class Columns {
public:
  void add(const PdfBox& box) {
    constexpr double k_gutter = 6;
    Span added{box.left, box.right};
    std::vector<Span> others;
    for (const Span& span : m_spans) {
      if (span.begin < added.end + k_gutter && added.begin < span.end + k_gutter) {
        added = {std::min(added.begin, span.begin), std::max(added.end, span.end)};
      } else {
        others.push_back(span);
      }
    }
    const auto behind = std::find_if(others.begin(), others.end(),
                                     [&added](const Span& span) { return span.begin > added.begin; });
    others.insert(behind, added);
    m_spans = std::move(others);
  }

  [[nodiscard]] std::size_t size() const { return m_spans.size(); }

  [[nodiscard]] std::size_t of(const PdfBox& box) const {
    const auto behind = std::find_if(m_spans.begin(), m_spans.end(),
                                     [&box](const Span& span) { return span.begin > box.left; });
    return behind == m_spans.begin() ? 0 : static_cast<std::size_t>(behind - m_spans.begin()) - 1;
  }

  [[nodiscard]] bool are_at(const Columns& other) const {
    constexpr double k_near = 3;
    return std::equal(m_spans.begin(), m_spans.end(), other.m_spans.begin(), other.m_spans.end(),
                      [](const Span& a, const Span& b) { return std::abs(a.begin - b.begin) < k_near; });
  }

private:
  std::vector<Span> m_spans;
};

struct Row {
  Span height;
  std::vector<Indexes> cells;  ///< by column, from top to bottom
};

struct Table {
  Columns columns;
  std::vector<Row> rows;
};

Span height_of(const PdfPage& page, const Indexes& lines) {
  Span height{page.lines[lines.front()].box.top, page.lines[lines.front()].box.bottom};
  for (const std::size_t i : lines)
    height.end = std::max(height.end, page.lines[i].box.bottom);
  return height;
}

/// The white between the lines of one cell: the usual one, but not more than running text has; between cells
/// of one line each is no other than that between rows.
double usual_gap(const PdfPage& page, const Columns& columns, const Indexes& lines) {
  std::vector<double> gaps;
  std::vector<double> bottoms(columns.size(), -1);
  for (const std::size_t i : lines) {
    const PdfBox& box = page.lines[i].box;
    double& bottom = bottoms[columns.of(box)];
    if (bottom >= 0) gaps.push_back(box.top - bottom);
    bottom = box.bottom;
  }
  if (gaps.empty()) return 0;
  constexpr std::size_t k_share = 4;
  constexpr double k_most = 0.45;  // of the type's size
  const auto low = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / k_share);
  std::nth_element(gaps.begin(), low, gaps.end());
  return std::clamp(*low, 0.0, k_most * page.lines[lines.front()].size);
}

/// Parts of the table, from top to bottom, with more white between them than between lines.
std::vector<Row> bands_of(const PdfPage& page, const Columns& columns, const Indexes& lines) {
  constexpr double k_more = 0.12;  // of the type's size
  const double gap = usual_gap(page, columns, lines);
  std::vector<Row> rows;
  for (const std::size_t i : lines) {
    const PdfLine& line = page.lines[i];
    const bool is_next = rows.empty() || line.box.top - rows.back().height.end > gap + k_more * line.size;
    if (is_next) rows.push_back({{line.box.top, line.box.bottom}, std::vector<Indexes>(columns.size())});
    rows.back().height.end = std::max(rows.back().height.end, line.box.bottom);
    rows.back().cells[columns.of(line.box)].push_back(i);
  }
  return rows;
}

void append(Row& row, const Row& below) {
  row.height.end = below.height.end;
  for (std::size_t column = 0; column < row.cells.size(); ++column)
    row.cells[column].insert(row.cells[column].end(), below.cells[column].begin(), below.cells[column].end());
}

/// Whether the first cells stand in the middle of their rows' heights.
bool are_centred(const PdfPage& page, const std::vector<Row>& rows) {
  constexpr double k_near = 3;
  std::size_t centred = 0;
  std::size_t at_top = 0;
  for (const Row& row : rows) {
    if (row.cells[0].empty()) continue;
    const Span label = height_of(page, row.cells[0]);
    const bool is_high = row.height.end - row.height.begin > label.end - label.begin + 2 * k_near;
    if (is_high && label.begin - row.height.begin < k_near) ++at_top;
    if (is_high && std::abs(label.middle() - row.height.middle()) < k_near) ++centred;
  }
  return centred > at_top;
}

/// Joins what has no first cell with the row above; where first cells are centred, with the row whose first
/// cell comes nearer to the middle by it.
std::vector<Row> whole_rows(const PdfPage& page, std::vector<Row> bands) {
  const bool centred = are_centred(page, bands);
  const auto is_off = [&page](const Row& row, const Span& height) {
    return std::abs(height_of(page, row.cells[0]).middle() - height.middle());
  };
  std::vector<Row> rows;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const bool has_label = !bands[i].cells[0].empty();
    if (rows.empty() || (has_label && (!centred || !rows.back().cells[0].empty()))) {
      rows.push_back(std::move(bands[i]));
      continue;
    }
    Row& above = rows.back();
    if (has_label || above.cells[0].empty() || !centred || i + 1 == bands.size() ||
        bands[i + 1].cells[0].empty()) {
      append(above, bands[i]);
      continue;
    }
    const Row& below = bands[i + 1];
    const double off_above =
        is_off(above, {above.height.begin, bands[i].height.end}) + is_off(below, below.height);
    const double off_below =
        is_off(above, above.height) + is_off(below, {bands[i].height.begin, below.height.end});
    if (off_above <= off_below) {
      append(above, bands[i]);
    } else {
      rows.push_back(std::move(bands[i]));
    }
  }
  return rows;
}

/// Cells of a row begin at one height, or have their middles at one.
bool are_level(const PdfPage& page, const std::vector<const Indexes*>& cells) {
  constexpr double k_near = 3;
  const Span first = height_of(page, *cells.front());
  return std::all_of(cells.begin(), cells.end(), [&](const Indexes* cell) {
    const Span height = height_of(page, *cell);
    return std::abs(height.begin - first.begin) < k_near ||
           std::abs(height.middle() - first.middle()) < k_near;
  });
}

/// In pdftotext's order of reading the columns follow each other, as those of a text do. It takes most tables
/// for one block, whose cells take turns.
bool are_read_one_by_one(const Columns& columns, const PdfPage& page, Indexes lines, std::size_t rows) {
  std::sort(lines.begin(), lines.end());
  std::size_t turns = 0;
  for (std::size_t i = 1; i < lines.size(); ++i)
    turns += columns.of(page.lines[lines[i]].box) != columns.of(page.lines[lines[i - 1]].box) ? 1 : 0;
  return turns < std::max(columns.size(), rows);
}

constexpr std::size_t k_short = 3;  // lines

/// There is a column of names or other short cells.
bool has_short_column(const std::vector<Row>& rows) {
  for (std::size_t column = 0; column < rows.front().cells.size(); ++column) {
    std::size_t cells = 0;
    std::size_t of_few = 0;
    for (const Row& row : rows) {
      cells += row.cells[column].empty() ? 0 : 1;
      of_few += !row.cells[column].empty() && row.cells[column].size() <= k_short ? 1 : 0;
    }
    if (5 * of_few >= 4 * cells) return true;
  }
  return false;
}

bool is_table(const PdfPage& page, const std::vector<Row>& rows, bool may_be_text) {
  std::size_t with_two = 0;
  std::size_t with_short = 0;
  std::size_t level = 0;
  for (const Row& row : rows) {
    std::vector<const Indexes*> cells;
    bool has_short = false;
    for (const Indexes& cell : row.cells) {
      if (cell.empty()) continue;
      cells.push_back(&cell);
      has_short = has_short || cell.size() <= k_short;
    }
    if (cells.size() < 2) continue;
    ++with_two;
    with_short += has_short ? 1 : 0;
    level += are_level(page, cells) ? 1 : 0;
  }
  if (with_two < 2 || 2 * with_two <= rows.size() || 3 * with_short < 2 * with_two) return false;
  return !may_be_text || (has_short_column(rows) && 5 * level >= 4 * with_two);
}

std::vector<Table> tables_of(const PdfPage& page) {
  Indexes order(page.lines.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&page](std::size_t a, std::size_t b) {
    return page.lines[a].box.top < page.lines[b].box.top;
  });
  std::vector<Table> tables;
  std::size_t from = 0;
  for (std::size_t i = 0; i < order.size();) {
    constexpr double k_farthest = 6;  // times the type's size
    constexpr std::size_t k_columns = 32;
    if (page.lines[order[i]].is_alone) {
      ++i;
      continue;
    }
    Columns columns;
    std::size_t end = i;
    double bottom = page.lines[order[i]].box.bottom;
    for (; end < order.size(); ++end) {
      const PdfLine& line = page.lines[order[end]];
      Columns with = columns;
      with.add(line.box);
      const bool is_far = line.box.top - bottom > k_farthest * line.size;
      if (is_far || with.size() > k_columns || with.size() < columns.size() ||
          (end > i + 1 && with.size() < 2))
        break;
      columns = std::move(with);
      bottom = std::max(bottom, line.box.bottom);
    }
    // Above the first name that stands beside something: the beginning of its row, or of the rest of one.
    std::size_t begin = i;
    for (; begin > from && columns.size() > 1; --begin) {
      const PdfLine& line = page.lines[order[begin - 1]];
      Columns with = columns;
      with.add(line.box);
      const bool is_far = page.lines[order[begin]].box.top - line.box.bottom > line.size;
      if (is_far || columns.of(line.box) == 0 || with.size() != columns.size()) break;
      columns = std::move(with);
    }
    const Indexes lines(order.begin() + static_cast<std::ptrdiff_t>(begin),
                        order.begin() + static_cast<std::ptrdiff_t>(end));
    i = std::max(end, i + 1);
    from = i;
    if (columns.size() < 2) continue;
    std::vector<Row> rows = whole_rows(page, bands_of(page, columns, lines));
    if (is_table(page, rows, are_read_one_by_one(columns, page, lines, rows.size())))
      tables.push_back({columns, std::move(rows)});
  }
  return tables;
}

/// For each line the number of its table, from 1, or 0.
std::vector<std::size_t> table_numbers(const std::vector<Table>& tables, std::size_t lines) {
  std::vector<std::size_t> numbers(lines, 0);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    for (const Row& row : tables[i].rows) {
      for (const Indexes& cell : row.cells) {
        for (const std::size_t line : cell)
          numbers[line] = i + 1;
      }
    }
  }
  return numbers;
}

/// The page's lines with each table's together, where its first one stood.
class Reordered {
public:
  explicit Reordered(PdfPage& page) : m_page(page), m_taken(page.lines.size(), false) {}

  void add(std::size_t line) {
    m_taken[line] = true;
    m_lines.push_back(std::move(m_page.lines[line]));
  }

  void add(const Table& table, int number, std::size_t first_row) {
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      for (std::size_t column = 0; column < table.columns.size(); ++column) {
        for (const std::size_t line : table.rows[row].cells[column]) {
          m_page.lines[line].cell = {number, first_row + row, column};
          add(line);
        }
      }
    }
  }

  [[nodiscard]] bool has(std::size_t line) const { return m_taken[line]; }
  [[nodiscard]] bool empty() const { return m_lines.empty(); }
  void finish() { m_page.lines = std::move(m_lines); }

private:
  PdfPage& m_page;
  std::vector<PdfLine> m_lines;
  std::vector<bool> m_taken;
};

}  // namespace

void find_tables(PdfDocument& document) {
  int number = 0;
  std::size_t row = 0;
  std::optional<Columns> open;  // of the table that ended the page before
  for (PdfPage& page : document.pages) {
    const std::vector<Table> tables = tables_of(page);
    if (tables.empty()) {
      open.reset();
      continue;
    }
    const std::vector<std::size_t> numbers = table_numbers(tables, page.lines.size());
    Reordered reordered(page);
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      if (reordered.has(i)) continue;
      if (numbers[i] == 0) {
        reordered.add(i);
        open.reset();
        continue;
      }
      const Table& table = tables[numbers[i] - 1];
      const bool goes_on = reordered.empty() && open && open->are_at(table.columns);
      if (!goes_on) {
        ++number;
        row = 0;
      } else if (table.rows.front().cells[0].empty()) {
        --row;
      }
      reordered.add(table, number, row);
      row += table.rows.size();
      open = table.columns;
    }
    reordered.finish();
  }
}

}  // namespace winnow
