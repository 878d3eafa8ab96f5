#include "extract/markdown_writer.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "extract/inline_markdown.hpp"
#include "extract/markdown_blocks.hpp"
#include "extract/table_shape.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

constexpr unsigned k_max_nesting = 12;
constexpr std::size_t k_longest_heading = 400;  ///< bytes: a "heading" with a whole policy in it is none

constexpr std::size_t k_peek = 4096;
constexpr std::size_t k_all = std::string::npos - 1;

std::optional<int> parse_int(std::string_view text) {
  int value = 0;
  text = trim(text);
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end == text.data() || value < -999'999 || value > 999'999'999)
    return std::nullopt;
  return value;
}

class MarkdownWriter {
public:
  MarkdownWriter(const PageTree& tree, const LinkResolver& links, const ReversedText& is_reversed)
      : m_tree(tree), m_links(links), m_is_reversed(is_reversed) {}

  std::string run() {
    write_children(0, {});
    flush();
    return join_blocks(m_blocks, false);
  }

private:
  /// How blocks inside the present one are written: as blocks, or run together in a heading or table cell.
  enum class Flow { blocks, one_line, cell };

  void flush() {
    if (!m_inline.empty()) push({BlockKind::paragraph, m_inline.take(m_targets, InlineText::Breaks::hard)});
  }
  void push(Block block) {
    if (!block.text.empty()) m_blocks.push_back(std::move(block));
  }

  /// Ends what came before, as the present flow does it.
  void boundary() {
    switch (m_flow) {
      case Flow::blocks:
        flush();
        break;
      case Flow::one_line:
        m_inline.add_space();
        break;
      case Flow::cell:
        m_cell_break = !m_inline.empty();
        break;
    }
  }

  void add_text(std::string_view text, const InlineFormat& format) {
    if (m_cell_break && text.find_first_not_of(" \t\r\n\f") != std::string_view::npos) {
      m_inline.add_break();
      m_cell_break = false;
    }
    m_inline.add(text, format);
  }

  void write_children(NodeIndex parent, const InlineFormat& format) {
    for_children(m_tree, parent, [&](NodeIndex child) { write(child, format); });
  }

  void write(NodeIndex node, InlineFormat format) {
    const GumboTag tag = m_tree[node].tag;
    if (tag == k_text_node) {
      add_text(m_tree[node].text, format);
      return;
    }
    if (m_is_reversed(m_tree, node)) {
      write_reversed(node, format);
      return;
    }
    switch (tag) {
      case GUMBO_TAG_BR:
        m_inline.add_break();
        return;
      case GUMBO_TAG_HR:
        boundary();
        if (m_flow == Flow::blocks && !m_blocks.empty() && m_blocks.back().text != "---") {
          push({BlockKind::other, "---"});
        }
        return;
      case GUMBO_TAG_A:
        write_link(node, format);
        return;
      case GUMBO_TAG_B:
      case GUMBO_TAG_STRONG:
        format.strong = m_flow != Flow::one_line;
        break;
      case GUMBO_TAG_I:
      case GUMBO_TAG_EM:
        format.emphasis = true;
        break;
      case GUMBO_TAG_CODE:
        format.code = true;
        break;
      case GUMBO_TAG_Q:
        add_text("“", format);
        write_children(node, format);
        add_text("”", format);
        return;
      case GUMBO_TAG_BUTTON:
        m_inline.add_space();
        write_children(node, format);
        m_inline.add_space();
        return;
      default:
        break;
    }
    if (!is_block(tag)) {
      write_children(node, format);
      return;
    }
    boundary();
    if (m_flow == Flow::blocks) {
      write_block(node, tag, format);
    } else {
      write_children(node, format);
    }
    boundary();
  }

  void write_block(NodeIndex node, GumboTag tag, InlineFormat format) {
    switch (tag) {
      case GUMBO_TAG_UL:
      case GUMBO_TAG_MENU:
      case GUMBO_TAG_DIR:
      case GUMBO_TAG_OL:
        write_list(node, format);
        return;
      case GUMBO_TAG_LI: {  // outside of any list
        ListItem item{{}, blocks_of(node, format)};
        if (item.blocks.empty()) return;
        Block list = make_list({std::move(item)}, false, {});
        list.is_stray = true;
        if (!m_blocks.empty() && m_blocks.back().is_stray) {
          m_blocks.back().text += '\n' + list.text;
        } else {
          push(std::move(list));
        }
        return;
      }
      case GUMBO_TAG_DT:
        format.strong = true;
        write_children(node, format);
        return;
      case GUMBO_TAG_BLOCKQUOTE:
        write_quote(node, format);
        return;
      case GUMBO_TAG_PRE:
      case GUMBO_TAG_LISTING:
      case GUMBO_TAG_TEXTAREA:
        for (Block& block : make_preformatted(visible_text(node, k_all)))
          push(std::move(block));
        return;
      case GUMBO_TAG_TABLE:
        write_table(node, format);
        return;
      default:
        break;
    }
    if (is_heading(tag) && visible_text(node, k_longest_heading).size() <= k_longest_heading) {
      write_heading(node, tag, format);
    } else {
      write_children(node, format);
    }
  }

  void write_heading(NodeIndex node, GumboTag tag, InlineFormat format) {
    format.strong = false;
    m_flow = Flow::one_line;
    write_children(node, format);
    m_flow = Flow::blocks;
    const std::string text = m_inline.take(m_targets, InlineText::Breaks::space);
    if (text.empty()) return;
    push({BlockKind::heading,
          std::string(static_cast<std::size_t>(tag - GUMBO_TAG_H1 + 1), '#') + ' ' + text});
  }

  /// The blocks that a node's children make, on their own.
  Blocks blocks_of(NodeIndex node, const InlineFormat& format) {
    Blocks outer = std::move(m_blocks);
    m_blocks.clear();
    ++m_nesting;
    write_children(node, format);
    flush();
    --m_nesting;
    Blocks inner = std::move(m_blocks);
    m_blocks = std::move(outer);
    return inner;
  }

  void append(Blocks blocks) {
    for (Block& block : blocks)
      push(std::move(block));
  }

  void push_list(std::vector<ListItem> items, bool numbers) {
    std::erase_if(items, [](const ListItem& item) { return item.blocks.empty(); });
    if (m_nesting >= k_max_nesting) {
      for (ListItem& item : items)
        append(std::move(item.blocks));
    } else if (!items.empty()) {
      push(make_list(std::move(items), numbers, m_blocks));
    }
  }

  static char counting_type(std::string_view type, std::string_view list_style) {
    if (type.size() == 1) return type.front();
    if (iequals(list_style, "lower-alpha") || iequals(list_style, "lower-latin")) return 'a';
    if (iequals(list_style, "upper-alpha") || iequals(list_style, "upper-latin")) return 'A';
    if (iequals(list_style, "lower-roman")) return 'i';
    if (iequals(list_style, "upper-roman")) return 'I';
    return '1';
  }

  void write_list(NodeIndex node, const InlineFormat& format) {
    const bool ordered = m_tree[node].tag == GUMBO_TAG_OL;
    const InlineStyle style = parse_style(m_tree.attribute(node, "style"));
    const char type = counting_type(m_tree.attribute(node, "type"), style.list_style);
    const bool digits = type != 'a' && type != 'A' && type != 'i' && type != 'I';
    const bool numbers = ordered && digits && !iequals(style.list_style, "none");
    int number = parse_int(m_tree.attribute(node, "start")).value_or(1);
    std::vector<ListItem> items;
    for_children(m_tree, node, [&](NodeIndex child) {
      if (m_tree[child].tag == GUMBO_TAG_LI) {
        if (ordered) number = parse_int(m_tree.attribute(child, "value")).value_or(number);
        ListItem item{{}, blocks_of(child, format)};
        if (numbers && number >= 0) {
          item.label = std::to_string(number);
        } else if (ordered && !digits) {
          item.label = list_label(number, type) + '.';
        }
        ++number;
        items.push_back(std::move(item));
        return;
      }
      // Old pages nest a list straight in a list, and use <ul> to indent.
      Blocks loose = blocks_of_one(child, format);
      if (loose.empty()) return;
      if (items.empty()) {
        append(std::move(loose));
      } else {
        for (Block& block : loose)
          items.back().blocks.push_back(std::move(block));
      }
    });
    push_list(std::move(items), numbers);
  }

  Blocks blocks_of_one(NodeIndex node, const InlineFormat& format) {
    Blocks outer = std::move(m_blocks);
    m_blocks.clear();
    ++m_nesting;
    write(node, format);
    flush();
    --m_nesting;
    Blocks inner = std::move(m_blocks);
    m_blocks = std::move(outer);
    return inner;
  }

  void write_quote(NodeIndex node, const InlineFormat& format) {
    Blocks blocks = blocks_of(node, format);
    if (m_nesting >= k_max_nesting) {
      append(std::move(blocks));
    } else if (!blocks.empty()) {
      push({BlockKind::other, prefix_lines(join_blocks(blocks, false), "> ", "> ")});
    }
  }

  void write_table(NodeIndex node, const InlineFormat& format) {
    const TableShape shape = shape_of_table(m_tree, node);
    if (!shape.is_data) {
      write_layout(shape, format);
      return;
    }
    if (shape.caption != 0) {
      write_children(shape.caption, format);
      flush();
    }
    std::string table;
    const auto add_row = [&](const std::vector<NodeIndex>* cells) {
      table += '|';
      for (std::size_t column = 0; column < shape.columns; ++column) {
        const NodeIndex cell = cells != nullptr && column < cells->size() ? (*cells)[column] : 0;
        table += ' ';
        if (cell != 0) table += cell_text(cell, format);
        table += table.back() == ' ' ? "|" : " |";
      }
      table += '\n';
    };
    add_row(shape.has_header ? &shape.rows.front() : nullptr);
    table += '|';
    for (std::size_t column = 0; column < shape.columns; ++column)
      table += " --- |";
    for (std::size_t row = shape.has_header ? 1 : 0; row < shape.rows.size(); ++row) {
      if (row == (shape.has_header ? 1U : 0U)) table += '\n';
      add_row(&shape.rows[row]);
    }
    if (table.ends_with('\n')) table.pop_back();
    push({BlockKind::other, std::move(table)});
  }

  std::string cell_text(NodeIndex cell, InlineFormat format) {
    m_flow = Flow::cell;
    m_cell_break = false;
    write_children(cell, format);
    m_flow = Flow::blocks;
    m_cell_break = false;
    return m_inline.take(m_targets, InlineText::Breaks::markup);
  }

  /// What the cells hold, one after another; a cell with only a bullet or number leads the one beside it.
  void write_layout(const TableShape& shape, const InlineFormat& format) {
    constexpr std::size_t k_label = 6;
    if (shape.caption != 0) {
      write_children(shape.caption, format);
      flush();
    }
    for (const std::vector<NodeIndex>& row : shape.rows) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i] == 0) continue;
        write_children(row[i], format);
        const bool label = i + 1 < row.size() && trim(visible_text(row[i], k_peek)).size() <= k_label;
        if (label && !m_inline.empty()) {
          m_inline.add_space();
        } else {
          flush();
        }
      }
      flush();
    }
  }

  void write_link(NodeIndex node, InlineFormat format) {
    const std::optional<std::string> target = m_links(m_tree.attribute(node, "href"));
    if (target) {
      m_targets.push_back(*target);
      format.link = static_cast<std::uint32_t>(m_targets.size());
    }
    if (visible_text(node, k_peek).find_first_not_of(" \t\r\n\f") != std::string::npos || !target) {
      write_children(node, format);
      return;
    }
    for (NodeIndex i = node; i < m_tree[node].end; ++i) {
      const std::string_view alt =
          m_tree[i].tag == GUMBO_TAG_IMG ? m_tree.attribute(i, "alt") : std::string_view();
      if (trim(alt).empty()) continue;
      add_text(alt, format);
      return;
    }
  }

  void write_reversed(NodeIndex node, InlineFormat format) {
    for (NodeIndex i = node; i < m_tree[node].end && format.link == 0; ++i) {
      const auto target = m_tree[i].tag == GUMBO_TAG_A ? m_links(m_tree.attribute(i, "href")) : std::nullopt;
      if (!target) continue;
      m_targets.push_back(*target);
      format.link = static_cast<std::uint32_t>(m_targets.size());
    }
    if (is_block(m_tree[node].tag)) boundary();
    add_text(reverse_text(visible_text(node, k_all)), format);
    if (is_block(m_tree[node].tag)) boundary();
  }

  /// Its first `limit` bytes and a few: asked for again at every level of nesting, it must not cost the
  /// whole.
  [[nodiscard]] std::string visible_text(NodeIndex node, std::size_t limit) const {
    std::string text;
    for (NodeIndex i = node; i < m_tree[node].end && text.size() <= limit;) {
      if (m_tree[i].dropped) {
        i = m_tree[i].end;
        continue;
      }
      if (m_tree[i].tag == GUMBO_TAG_BR) text += '\n';
      text += m_tree[i].text;
      ++i;
    }
    return text;
  }

  const PageTree& m_tree;
  const LinkResolver& m_links;
  const ReversedText& m_is_reversed;
  Blocks m_blocks;
  InlineText m_inline;
  std::vector<std::string> m_targets;
  Flow m_flow = Flow::blocks;
  bool m_cell_break = false;
  unsigned m_nesting = 0;
};

}  // namespace

std::string write_markdown(const PageTree& tree, const LinkResolver& links, const ReversedText& is_reversed) {
  return MarkdownWriter(tree, links, is_reversed).run();
}

}  // namespace winnow
