#include "extract/table_shape.hpp"

#include <algorithm>
#include <charconv>

#include "model/ascii.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

constexpr std::size_t k_max_columns = 32;
constexpr std::size_t k_max_cell = 4096;   ///< bytes of text in a cell of a data table
constexpr std::size_t k_usual_cell = 300;  ///< the same where nothing but its look makes it one

struct Evidence {
  bool declared = false;  ///< th, thead or caption
  bool nested = false;    ///< holds a table or headings
  bool blocks = false;    ///< lists or several paragraphs in a cell
  std::size_t largest_cell = 0;
};

std::size_t span(const PageTree& tree, NodeIndex cell, const char* name) {
  const std::string_view text = tree.attribute(cell, name);
  std::size_t value = 1;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end == text.data()) return 1;
  return std::clamp<std::size_t>(value, 1, k_max_columns + 1);
}

void look_into_cell(const PageTree& tree, NodeIndex cell, Evidence& evidence) {
  std::size_t size = 0;
  std::size_t paragraphs = 0;
  for (NodeIndex i = cell + 1; i < tree[cell].end;) {
    if (tree[i].dropped) {
      i = tree[i].end;
      continue;
    }
    const GumboTag tag = tree[i].tag;
    size += trim(tree[i].text).size();
    if (tag == GUMBO_TAG_P) ++paragraphs;
    if (tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL) evidence.blocks = true;
    if (tag == GUMBO_TAG_TABLE || is_heading(tag)) evidence.nested = true;
    ++i;
    // Tables nest, and each level looks through its cells: what is no data any more is looked at no further.
    if (evidence.nested || size > k_max_cell || i - cell > k_max_cell) {
      evidence.nested = true;
      return;
    }
  }
  if (paragraphs > 1) evidence.blocks = true;
  evidence.largest_cell = std::max(evidence.largest_cell, size);
}

bool has_text(const PageTree& tree, NodeIndex node) {
  for (NodeIndex i = node; i < tree[node].end;) {
    if (tree[i].dropped) {
      i = tree[i].end;
      continue;
    }
    if (!trim(tree[i].text).empty()) return true;
    ++i;
  }
  return false;
}

/// A table that nobody calls one, and that holds more than words: three rows at least, nearly every cell with
/// text, the first column more than bullets and numbers. (A page's layout has a cell for the menu, one for
/// the text, and empty ones for the margins.)
bool is_grid(const PageTree& tree, const TableShape& shape) {
  constexpr std::size_t k_label = 3;  ///< bytes
  if (shape.rows.size() < 3) return false;
  std::size_t cells = 0;
  std::size_t filled = 0;
  std::size_t labels = 0;
  for (const std::vector<NodeIndex>& row : shape.rows) {
    for (const NodeIndex cell : row) {
      if (cell == 0) continue;
      ++cells;
      filled += has_text(tree, cell) ? 1 : 0;
    }
    if (row.front() != 0 && trim(tree.text_of(row.front())).size() <= k_label) ++labels;
  }
  return filled * 10 >= cells * 8 && labels * 2 < shape.rows.size();
}

/// "(a)", "1.", "iv)", "1.1", as no name has it; or a bullet.
bool is_label(std::string_view text) {
  constexpr std::size_t k_longest = 8;  // bytes
  text = trim(text);
  if (text.empty() || text.size() > k_longest || text.find(' ') != std::string_view::npos) return false;
  const bool is_sign = std::none_of(text.begin(), text.end(), is_letter_or_digit);
  const bool is_number = text.find_first_not_of("0123456789.") == std::string_view::npos;
  return is_sign || text.ends_with(')') || text.ends_with('.') ||
         (is_number && text.find('.') != std::string_view::npos);
}

/// Two columns, the first of which has `marks` in every row, and the second text.
template <class IsMark>
bool is_marked(const PageTree& tree, const TableShape& shape, IsMark is_mark) {
  return shape.columns == 2 && std::all_of(shape.rows.begin(), shape.rows.end(), [&](const auto& row) {
           return row.size() == 2 && row[0] != 0 && row[1] != 0 && is_mark(row[0]) && has_text(tree, row[1]);
         });
}

/// Its text is in bold type, all of it.
bool is_strong(const PageTree& tree, NodeIndex cell) {
  for (NodeIndex i = cell + 1; i < tree[cell].end;) {
    const bool is_bold = tree[i].tag == GUMBO_TAG_B || tree[i].tag == GUMBO_TAG_STRONG;
    if (!is_bold && !tree[i].dropped && !trim(tree[i].text).empty()) return false;
    i = is_bold || tree[i].dropped ? tree[i].end : i + 1;
  }
  return true;
}

bool names_columns(const PageTree& tree, const std::vector<NodeIndex>& row) {
  const bool is_header = std::all_of(row.begin(), row.end(), [&](NodeIndex cell) {
    return cell == 0 || tree[cell].tag == GUMBO_TAG_TH ||
           tree[tree[tree[cell].parent].parent].tag == GUMBO_TAG_THEAD;
  });
  if (is_header) return true;
  return std::all_of(row.begin(), row.end(), [&](NodeIndex cell) {
    return cell != 0 && has_text(tree, cell) && is_strong(tree, cell);
  });
}

/// A first row of one cell over all columns is the table's caption.
void take_title(TableShape& shape) {
  const std::vector<NodeIndex>& first = shape.rows.front();
  const bool is_alone = first.front() != 0 &&
                        std::all_of(first.begin() + 1, first.end(), [](NodeIndex cell) { return cell == 0; });
  if (!is_alone || first.size() != shape.columns || shape.caption != 0 || shape.rows.size() < 3) return;
  shape.caption = first.front();
  shape.rows.erase(shape.rows.begin());
}

/// Puts empty places where cells reach beyond their own.
void spread_spans(const PageTree& tree, TableShape& shape) {
  std::vector<std::size_t> reaching;  // rows that a cell above still covers, for each column
  for (std::vector<NodeIndex>& row : shape.rows) {
    std::vector<NodeIndex> places;
    std::size_t next = 0;
    const auto skip_covered = [&] {
      while (places.size() < reaching.size() && reaching[places.size()] > 0) {
        --reaching[places.size()];
        places.push_back(0);
      }
    };
    while (next < row.size() && places.size() <= k_max_columns) {
      skip_covered();
      const NodeIndex cell = row[next++];
      const std::size_t down = span(tree, cell, "rowspan") - 1;
      for (std::size_t i = span(tree, cell, "colspan"); i > 0; --i) {
        if (reaching.size() <= places.size()) reaching.resize(places.size() + 1);
        reaching[places.size()] = down;
        places.push_back(i == span(tree, cell, "colspan") ? cell : 0);
      }
    }
    skip_covered();
    row = std::move(places);
  }
}

}  // namespace

TableShape shape_of_table(const PageTree& tree, NodeIndex table) {
  TableShape shape;
  Evidence evidence;
  for (NodeIndex i = table + 1; i < tree[table].end;) {
    const PageNode& node = tree[i];
    if (node.dropped) {
      i = node.end;
      continue;
    }
    switch (node.tag) {
      case GUMBO_TAG_CAPTION:
        shape.caption = i;
        evidence.declared = true;
        i = node.end;
        continue;
      case GUMBO_TAG_THEAD:
        evidence.declared = true;
        break;
      case GUMBO_TAG_TR:
        shape.rows.emplace_back();
        break;
      case GUMBO_TAG_TD:
      case GUMBO_TAG_TH:
        if (shape.rows.empty()) shape.rows.emplace_back();
        shape.rows.back().push_back(i);
        if (node.tag == GUMBO_TAG_TH) evidence.declared = true;
        look_into_cell(tree, i, evidence);
        i = node.end;
        continue;
      default:
        break;
    }
    ++i;
  }
  if (evidence.nested) return shape;
  const TableShape as_layout = shape;
  std::erase_if(shape.rows, [&](const std::vector<NodeIndex>& row) {
    return std::none_of(row.begin(), row.end(), [&](NodeIndex cell) { return has_text(tree, cell); });
  });
  spread_spans(tree, shape);
  std::size_t shortest = k_max_columns + 1;
  for (const std::vector<NodeIndex>& row : shape.rows) {
    shape.columns = std::max(shape.columns, row.size());
    shortest = std::min(shortest, row.size());
  }
  const std::string_view role = tree.attribute(table, "role");
  const bool is_possible = shape.rows.size() > 1 && shape.columns > 1 && shape.columns <= k_max_columns &&
                           role != "presentation" && role != "none";
  const auto looks_it = [&] {
    if (shortest != shape.columns) return false;
    return (!evidence.blocks && evidence.largest_cell <= k_usual_cell) || is_grid(tree, shape);
  };
  if (!is_possible || !(evidence.declared || looks_it())) return as_layout;
  if (!evidence.declared) {
    if (is_marked(tree, shape, [&](NodeIndex cell) { return is_label(tree.text_of(cell)); }))
      return as_layout;
    // A picture of a bullet is gone by now.
    shape.is_list = is_marked(tree, shape, [&](NodeIndex cell) { return !has_text(tree, cell); });
    if (shape.is_list) return shape;
  }
  shape.is_data = true;
  take_title(shape);
  shape.has_header = names_columns(tree, shape.rows.front());
  return shape;
}

}  // namespace winnow
