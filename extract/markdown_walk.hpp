// The walk over a page's tree that writes its Markdown: behind extract/markdown_writer.hpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "extract/footnotes.hpp"
#include "extract/inline_markdown.hpp"
#include "extract/links.hpp"
#include "extract/markdown_blocks.hpp"
#include "extract/page_tree.hpp"
#include "extract/style.hpp"
#include "extract/table_shape.hpp"

namespace winnow {

/// For one run over one tree. Text goes to the paragraph at hand; blocks end it and add to the blocks at
/// hand, which are the page's, or a list item's or quote's while that is written.
class MarkdownWalk {
public:
  MarkdownWalk(const PageTree& tree, const Footnotes& footnotes, LinkResolver& links, const StyleRules& rules)
      : m_tree(tree), m_footnotes(footnotes), m_links(links), m_rules(rules) {}

  [[nodiscard]] std::string run();

private:
  /// How blocks inside the present one are written: as blocks, or run together in a heading or table cell.
  enum class Flow { blocks, one_line, cell };

  void flush();
  [[nodiscard]] bool ends_last_paragraph(std::string_view text) const;
  void push(Block block);
  /// Ends what came before, as the present flow does it.
  void boundary();
  void add_text(std::string_view text, const InlineFormat& format);

  /// What an element makes of the format around it.
  [[nodiscard]] InlineFormat formatted(GumboTag tag, const InlineStyle& style, InlineFormat format) const;
  void write(NodeIndex node, InlineFormat format);
  void write_children(NodeIndex parent, const InlineFormat& format);
  void write_link(NodeIndex node, InlineFormat format);
  void write_reversed(NodeIndex node, InlineFormat format);

  void write_block(NodeIndex node, GumboTag tag, InlineFormat format);
  void write_term(NodeIndex node, InlineFormat format);
  /// False when it is none.
  bool write_note(NodeIndex node, const InlineFormat& format);
  [[nodiscard]] std::size_t heading_rank(NodeIndex node) const;
  void write_heading(NodeIndex node, std::size_t rank, InlineFormat format);
  void write_quote(NodeIndex node, const InlineFormat& format);
  [[nodiscard]] bool is_indentation(NodeIndex node);
  void push_list(std::vector<ListItem> items, bool numbers);
  struct OpenList;
  void count_down(NodeIndex node, OpenList& list) const;
  void write_list(NodeIndex node, const InlineFormat& format);
  void write_items(NodeIndex parent, const InlineFormat& format, OpenList& list);
  [[nodiscard]] bool wraps_items(NodeIndex node) const;
  void write_flat_list(NodeIndex node, const InlineFormat& format);
  void write_stray_item(NodeIndex node, const InlineFormat& format);
  void write_table(NodeIndex node, const InlineFormat& format);
  void write_data(const TableShape& shape, const InlineFormat& format);
  void write_rows_as_items(const TableShape& shape, const InlineFormat& format);
  [[nodiscard]] bool is_labelled(const std::vector<NodeIndex>& row, std::size_t cell) const;
  void write_labelled(NodeIndex node, const InlineFormat& format);
  void write_layout(const TableShape& shape, const InlineFormat& format);
  [[nodiscard]] std::string cell_text(NodeIndex cell, const InlineFormat& format);

  [[nodiscard]] InlineFormat linked(InlineFormat format, std::string_view href);
  /// Its first `limit` bytes and a few: asked for again at every level of nesting, it must not cost the
  /// whole.
  [[nodiscard]] std::string visible_text(NodeIndex node, std::size_t limit) const;

  /// Whatever `write_it` writes is appended to `blocks` instead of the blocks at hand.
  template <class WriteIt>
  void collect(Blocks& blocks, WriteIt write_it) {
    m_blocks.swap(blocks);
    ++m_nesting;
    write_it();
    flush();
    --m_nesting;
    m_blocks.swap(blocks);
  }

  const PageTree& m_tree;
  const Footnotes& m_footnotes;
  LinkResolver& m_links;
  const StyleRules& m_rules;
  Blocks m_blocks;
  InlineText m_inline;
  std::vector<std::string> m_targets;
  std::size_t m_room_for_targets = k_room_for_targets;  ///< of m_targets
  Flow m_flow = Flow::blocks;
  bool m_in_header = false;     ///< in a cell that names a column: bold as it is
  bool m_cell_break = false;    ///< in a cell, a block ended: the next text begins a line
  unsigned m_nesting = 0;       ///< lists and quotes around the blocks at hand
  unsigned m_indentations = 0;  ///< quotes so far that were none
  std::size_t m_text_size = 0;  ///< of the page, in bytes; 0 until it is asked for
};

}  // namespace winnow
