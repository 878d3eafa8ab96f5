// A page's content by its titles: what sections are found in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "extract/page_tree.hpp"

namespace winnow {

/// The nodes from `begin` to `end`, with a title in front.
struct PagePart {
  NodeIndex begin = 0;
  NodeIndex end = 0;
  NodeIndex title = 0;  ///< a heading, or the block that is the first line
  unsigned rank = 0;    ///< 1 to 6 as of `<h1>` to `<h6>`, k_line_rank
  std::string words;    ///< the title, folded (extract/titles.hpp)
};

/// Of a title that is no heading.
inline constexpr unsigned k_line_rank = 7;

/// Measures what select_content() left. Made in linear time; so that hostile pages cost no more, any range of
/// nodes is measured in constant time.
class PageOutline {
public:
  explicit PageOutline(const PageTree& tree);

  [[nodiscard]] const PageTree& tree() const { return m_tree; }
  [[nodiscard]] bool is_kept(NodeIndex node) const { return m_kept[node]; }

  /// Visible characters, and those in prose (extract/text_weights.hpp). A block's prose counts where the
  /// block begins.
  [[nodiscard]] std::uint32_t chars(NodeIndex begin, NodeIndex end) const {
    return m_chars[end] - m_chars[begin];
  }
  [[nodiscard]] std::uint32_t prose(NodeIndex begin, NodeIndex end) const {
    return m_prose[end] - m_prose[begin];
  }

  /// The parts that headings begin, in document order. Each ends at the next heading of its rank or a higher
  /// one, but the chapters "1.", "2." that follow a title of their own rank are its; and with the
  /// tab panel or `<details>` that its heading stands in.
  [[nodiscard]] const std::vector<PagePart>& headings() const { return m_headings; }
  /// The index of the first heading at or behind a node.
  [[nodiscard]] std::size_t heading_from(NodeIndex node) const;

  /// The title that stands at a node, 80 visible characters behind it ("Back to top") or around it. A first
  /// line that names a document goes before a heading below it.
  [[nodiscard]] std::optional<PagePart> title_at(NodeIndex node) const;

  /// Whether a node is a block that holds no more text than a title does.
  [[nodiscard]] bool is_line(NodeIndex node) const;
  /// Whether it is one, all in bold type, and no sentence.
  [[nodiscard]] bool is_bold_line(NodeIndex node) const;
  /// Its text as a folded title.
  [[nodiscard]] std::string words_of(NodeIndex node) const;

private:
  [[nodiscard]] bool is_bold(NodeIndex node) const;
  void measure();
  void find_headings();
  void close(PagePart& heading, NodeIndex end) const;
  [[nodiscard]] std::optional<PagePart> first_line(NodeIndex node) const;

  const PageTree& m_tree;
  // Sums over all nodes before an index.
  std::vector<std::uint32_t> m_chars;
  std::vector<std::uint32_t> m_prose;
  std::vector<bool> m_kept;
  std::vector<NodeIndex> m_block;  ///< the block that a node stands in, or is
  std::vector<NodeIndex> m_panel;  ///< the tab panel or `<details>`, 0 for none
  std::vector<PagePart> m_headings;
};

}  // namespace winnow
