#include <charconv>
#include <optional>

#include "extract/markdown_walk.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

constexpr unsigned k_max_nesting = 12;
constexpr std::size_t k_label = 6;  ///< bytes, of what may be the label of the cell beside it
constexpr std::size_t k_all = std::string::npos - 1;

std::optional<int> parse_int(std::string_view text) {
  int value = 0;
  text = trim(text);
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end == text.data() || value < 0 || value > 999'999'999) return std::nullopt;
  return value;
}

/// '1' for digits, else the letter that `<ol type>` has for the way to count.
char counting_type(std::string_view type, std::string_view list_style) {
  if (type == "a" || type == "A" || type == "i" || type == "I") return type.front();
  char counts = '1';
  for_class_names(list_style, [&](std::string_view word) {  // `list-style: lower-alpha inside`
    if (iequals(word, "lower-alpha") || iequals(word, "lower-latin")) counts = 'a';
    if (iequals(word, "upper-alpha") || iequals(word, "upper-latin")) counts = 'A';
    if (iequals(word, "lower-roman")) counts = 'i';
    if (iequals(word, "upper-roman")) counts = 'I';
  });
  return counts;
}

/// Whether `[label]: ` before it makes a link's definition of its first line (CommonMark 4.7): a word, or one
/// and what may be its title.
bool reads_as_definition(std::string_view text) {
  const std::string_view line = trim(text.substr(0, text.find('\n')));
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return true;
  const char quote = line[space + 1];
  return quote == '"' || quote == '\'' || quote == '(';
}

}  // namespace

/// What holds half of the page's text quotes nobody: `<blockquote>` was the way to set a margin.
bool MarkdownWalk::is_indentation(NodeIndex node) {
  if (m_indentations >= k_max_nesting) return false;
  if (m_text_size == 0) m_text_size = visible_text(0, k_all).size();
  const std::size_t half = m_text_size / 2;
  if (visible_text(node, half).size() < half) return false;
  ++m_indentations;
  return true;
}

bool MarkdownWalk::write_note(NodeIndex node, const InlineFormat& format) {
  const auto note = m_footnotes.notes.find(node);
  if (note == m_footnotes.notes.end() || m_nesting >= k_max_nesting) return false;
  Blocks blocks;
  collect(blocks, [&] { write_children(node, format); });
  // Paragraphs after the first would have to be indented by four columns, which is code to CommonMark.
  std::string text;
  std::size_t used = 0;
  for (; used < blocks.size() && blocks[used].kind == BlockKind::paragraph; ++used)
    text += (used == 0 ? "" : "  \n") + blocks[used].text;
  if (used > 0)
    push({BlockKind::other, "[^" + note->second + (reads_as_definition(text) ? "]\\: " : "]: ") + text});
  for (; used < blocks.size(); ++used)
    push(std::move(blocks[used]));
  return true;
}

void MarkdownWalk::write_quote(NodeIndex node, const InlineFormat& format) {
  if (m_nesting >= k_max_nesting || is_indentation(node)) {
    write_children(node, format);
    return;
  }
  Blocks blocks;
  collect(blocks, [&] { write_children(node, format); });
  if (!blocks.empty()) push({BlockKind::other, prefix_lines(join_blocks(blocks, false), "> ", "> ")});
}

void MarkdownWalk::write_stray_item(NodeIndex node, const InlineFormat& format) {
  if (m_nesting >= k_max_nesting) {
    write_children(node, format);
    return;
  }
  ListItem item;
  collect(item.blocks, [&] { write_children(node, format); });
  if (item.blocks.empty()) return;
  std::vector<ListItem> items;
  items.push_back(std::move(item));
  push_list(std::move(items), false);
}

void MarkdownWalk::write_flat_list(NodeIndex node, const InlineFormat& format) {
  for_children(m_tree, node, [&](NodeIndex child) {
    if (m_tree[child].tag == GUMBO_TAG_LI) {
      boundary();
      write_children(child, format);
      boundary();
    } else {
      write(child, format);
    }
  });
}

/// Of neighbouring lists of bullets people make one; of numbers only when the second counts on.
void MarkdownWalk::push_list(std::vector<ListItem> items, bool numbers) {
  if (!numbers && !m_blocks.empty() && m_blocks.back().kind == BlockKind::bullets) {
    extend_list(m_blocks.back(), std::move(items));
  } else {
    push(make_list(std::move(items), numbers, m_blocks));
  }
}

struct MarkdownWalk::OpenList {
  std::vector<ListItem> items;
  bool ordered = false;
  bool numbers = false;  ///< as Markdown counts
  char type = '1';
  int number = 1;      ///< of the next item
  int step = 1;        ///< -1 in a reversed list
  unsigned depth = 0;  ///< of formatting elements around it
};

/// HTML 4.4.5: a reversed list begins with as many as it has items, when it does not say otherwise. Markdown
/// has no numbers below zero: such a list counts up.
void MarkdownWalk::count_down(NodeIndex node, OpenList& list) const {
  int items = 0;
  for_children(m_tree, node, [&](NodeIndex child) { items += m_tree[child].tag == GUMBO_TAG_LI ? 1 : 0; });
  const int first = parse_int(m_tree.attribute(node, "start")).value_or(items);
  if (first + 1 < items) return;
  list.number = first;
  list.step = -1;
}

void MarkdownWalk::write_list(NodeIndex node, const InlineFormat& format) {
  if (m_nesting >= k_max_nesting) {
    write_flat_list(node, format);
    return;
  }
  InlineStyle style = parse_style(m_tree.attribute(node, "style"));
  if (style.list_style.empty()) style.list_style = m_rules.list_style(m_tree, node);
  OpenList list;
  list.ordered = m_tree[node].tag == GUMBO_TAG_OL;
  list.type = counting_type(m_tree.attribute(node, "type"), style.list_style);
  list.numbers = list.ordered && list.type == '1' && !iequals(style.list_style, "none");
  list.number = parse_int(m_tree.attribute(node, "start")).value_or(1);
  if (list.ordered && m_tree.has_attribute(node, "reversed")) count_down(node, list);
  write_items(node, format, list);
  flush();
  std::erase_if(list.items, [](const ListItem& item) { return item.blocks.empty(); });
  if (!list.items.empty()) push_list(std::move(list.items), list.numbers);
}

/// `<ul><b><li>`: old pages set whole lists in bold type, or one item.
bool MarkdownWalk::wraps_items(NodeIndex node) const {
  const GumboTag tag = m_tree[node].tag;
  if (tag == k_text_node || tag == GUMBO_TAG_A || is_block(tag)) return false;
  for (NodeIndex i = node + 1; i < m_tree[node].end;) {
    if (m_tree[i].tag == GUMBO_TAG_LI && !m_tree[i].dropped) return true;
    i = m_tree[i].dropped || is_block(m_tree[i].tag) ? m_tree[i].end : i + 1;
  }
  return false;
}

void MarkdownWalk::write_items(NodeIndex parent, const InlineFormat& format, OpenList& list) {
  constexpr unsigned k_deepest = 8;  // each level is looked through again
  std::vector<NodeIndex> beside;     // what stands between two items: `text <a>link</a>` is one paragraph
  const auto write_beside = [&] {
    if (beside.empty()) return;
    collect(list.items.back().blocks, [&] {
      for (const NodeIndex child : beside)
        write(child, format);
    });
    beside.clear();
  };
  for_children(m_tree, parent, [&](NodeIndex child) {
    const GumboTag tag = m_tree[child].tag;
    if (tag == GUMBO_TAG_LI) {
      write_beside();
      flush();
      if (list.items.empty() && write_note(child, format)) return;
      if (list.ordered) list.number = parse_int(m_tree.attribute(child, "value")).value_or(list.number);
      ListItem item;
      collect(item.blocks, [&] { write_children(child, format); });
      if (list.numbers) {
        item.label = std::to_string(list.number);
      } else if (list.ordered && list.type != '1') {
        item.label = list_label(list.number, list.type) + '.';
      }
      list.number += list.step;
      list.items.push_back(std::move(item));
    } else if (list.depth < k_deepest && wraps_items(child)) {
      write_beside();
      ++list.depth;
      write_items(child, formatted(tag, parse_style(m_tree.attribute(child, "style")), format), list);
      --list.depth;
    } else if (list.items.empty()) {
      // Old pages use <ul> without items to indent, and nest a list straight in a list.
      write(child, format);
    } else {
      beside.push_back(child);
    }
  });
  write_beside();
}

void MarkdownWalk::write_table(NodeIndex node, const InlineFormat& format) {
  const TableShape shape = shape_of_table(m_tree, node);
  if (shape.caption != 0) {
    write_children(shape.caption, format);
    flush();
  }
  if (shape.is_data) {
    write_data(shape, format);
  } else if (shape.is_list && m_nesting < k_max_nesting) {
    write_rows_as_items(shape, format);
  } else {
    write_layout(shape, format);
  }
}

void MarkdownWalk::write_data(const TableShape& shape, const InlineFormat& format) {
  std::string table;
  const auto add_row = [&](const std::vector<NodeIndex>& cells) {
    table += '|';
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const NodeIndex cell = column < cells.size() ? cells[column] : 0;
      const std::string text = cell != 0 ? cell_text(cell, format) : std::string();
      table += text.empty() ? " |" : ' ' + text + " |";
    }
    table += '\n';
  };
  m_in_header = true;
  add_row(shape.has_header ? shape.rows.front() : std::vector<NodeIndex>());
  m_in_header = false;
  table += '|';
  for (std::size_t column = 0; column < shape.columns; ++column)
    table += " --- |";
  table += '\n';
  for (std::size_t row = shape.has_header ? 1 : 0; row < shape.rows.size(); ++row)
    add_row(shape.rows[row]);
  table.pop_back();
  push({BlockKind::other, std::move(table)});
}

std::string MarkdownWalk::cell_text(NodeIndex cell, const InlineFormat& format) {
  m_flow = Flow::cell;
  m_cell_break = false;
  write_children(cell, format);
  m_flow = Flow::blocks;
  m_cell_break = false;
  return m_inline.take(m_targets, InlineText::Breaks::markup);
}

void MarkdownWalk::write_rows_as_items(const TableShape& shape, const InlineFormat& format) {
  std::vector<ListItem> items;
  for (const std::vector<NodeIndex>& row : shape.rows) {
    ListItem item;
    collect(item.blocks, [&] { write_children(row.back(), format); });
    if (!item.blocks.empty()) items.push_back(std::move(item));
  }
  if (!items.empty()) push_list(std::move(items), false);
}

/// The text at hand is the label of what a cell holds, paragraphs perhaps.
void MarkdownWalk::write_labelled(NodeIndex node, const InlineFormat& format) {
  const std::string label = m_inline.take(m_targets, InlineText::Breaks::hard);
  Blocks blocks;
  collect(blocks, [&] { write_children(node, format); });
  if (!blocks.empty() && blocks.front().kind == BlockKind::paragraph) {
    blocks.front().text.insert(0, label + ' ');
  } else {
    push({BlockKind::paragraph, label});
  }
  for (Block& block : blocks)
    push(std::move(block));
}

/// Whether a cell that stands behind a label holds what that is for: text, and no further label.
bool MarkdownWalk::is_labelled(const std::vector<NodeIndex>& row, std::size_t cell) const {
  const std::string text = visible_text(row[cell], k_label);
  const std::size_t size = trim(text).size();
  return size > k_label || (size > 0 && cell + 1 == row.size());
}

/// What the cells hold, one after another; a cell with only a bullet or number leads the one beside it.
void MarkdownWalk::write_layout(const TableShape& shape, const InlineFormat& format) {
  for (const std::vector<NodeIndex>& row : shape.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      InlineFormat cell = format;
      if (row.size() == 1 && m_tree[row[i]].tag == GUMBO_TAG_TH)
        cell.strong = true;  // what follows has its title
      write_children(row[i], cell);
      const bool is_label = i + 1 < row.size() && trim(visible_text(row[i], k_label)).size() <= k_label;
      if (!is_label || m_inline.empty()) {
        flush();
      } else if (m_nesting < k_max_nesting && is_labelled(row, i + 1)) {
        write_labelled(row[++i], cell);
      } else {
        m_inline.add_space();
      }
    }
    flush();
  }
}

}  // namespace winnow
