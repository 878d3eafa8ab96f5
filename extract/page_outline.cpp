#include "extract/page_outline.hpp"

#include <algorithm>

#include "extract/style.hpp"
#include "extract/text_weights.hpp"
#include "extract/titles.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

constexpr std::uint32_t k_near = 80;              // visible characters
constexpr std::uint32_t k_longest_line = 120;     // likewise
constexpr std::uint32_t k_longest_heading = 480;  // likewise: a "heading" with a whole policy in it is none
constexpr NodeIndex k_line_nodes = 100;           // in the block of a title that is no heading

}  // namespace

PageOutline::PageOutline(const PageTree& tree) : m_tree(tree) {
  measure();
  find_headings();
}

void PageOutline::measure() {
  const std::vector<TextWeight> weights = weigh(m_tree);
  const NodeIndex size = m_tree.size();
  m_chars.resize(size + 1);
  m_prose.resize(size + 1);
  m_kept.resize(size);
  m_block.resize(size);
  m_panel.resize(size);
  std::vector<std::uint32_t> own_prose(size);
  for (NodeIndex i = 0; i < size; ++i) {
    const PageNode& node = m_tree[i];
    m_kept[i] = !node.dropped && (i == 0 || m_kept[node.parent]);
    m_block[i] = i == 0 || is_block(node.tag) ? i : m_block[node.parent];
    const bool is_panel = node.tag == GUMBO_TAG_DETAILS || m_tree.attribute(i, "role") == "tabpanel";
    m_panel[i] = is_panel ? i : i == 0 ? 0 : m_panel[node.parent];
    if (!m_kept[i]) continue;
    own_prose[i] += weights[i].prose;
    if (i != 0) own_prose[node.parent] -= weights[i].prose;
  }
  for (NodeIndex i = 0; i < size; ++i) {
    m_chars[i + 1] = m_chars[i] + (m_kept[i] ? m_tree[i].chars : 0);
    m_prose[i + 1] = m_prose[i] + own_prose[i];
  }
}

void PageOutline::close(PagePart& heading, NodeIndex end) const {
  heading.end = end;
  const NodeIndex panel = m_panel[heading.begin];
  if (panel == 0 || m_tree[panel].end >= end) return;
  // A panel with nothing but the heading is a box around the title.
  if (prose(panel, m_tree[panel].end) > 0) heading.end = m_tree[panel].end;
}

void PageOutline::find_headings() {
  std::vector<std::size_t> open;
  for (NodeIndex i = 0; i < m_tree.size(); ++i) {
    const GumboTag tag = m_tree[i].tag;
    const std::uint32_t size = chars(i, m_tree[i].end);
    if (!is_heading(tag) || !m_kept[i] || size == 0 || size > k_longest_heading) continue;
    PagePart heading{.begin = i,
                     .end = 0,
                     .title = i,
                     .rank = static_cast<unsigned>(tag - GUMBO_TAG_H1) + 1,
                     .words = words_of(i)};
    while (!open.empty()) {
      PagePart& above = m_headings[open.back()];
      const bool is_chapter =
          above.rank == heading.rank && is_numbered(heading.words) && !is_numbered(above.words);
      if (above.rank < heading.rank || is_chapter) break;
      close(above, i);
      open.pop_back();
    }
    open.push_back(m_headings.size());
    m_headings.push_back(std::move(heading));
  }
  for (const std::size_t heading : open)
    close(m_headings[heading], m_tree.size());
}

std::size_t PageOutline::heading_from(NodeIndex node) const {
  const auto found = std::lower_bound(m_headings.begin(), m_headings.end(), node,
                                      [](const PagePart& part, NodeIndex at) { return part.begin < at; });
  return static_cast<std::size_t>(found - m_headings.begin());
}

std::optional<PagePart> PageOutline::first_line(NodeIndex node) const {
  // Where the text begins: behind the last index with nothing before it.
  const auto behind = std::upper_bound(m_chars.begin() + node, m_chars.end(), m_chars[node]);
  if (behind == m_chars.end()) return std::nullopt;
  const auto text = static_cast<NodeIndex>(behind - m_chars.begin()) - 1;
  const NodeIndex block = m_block[text];
  if (!is_line(block) || chars(block, text) > 0) return std::nullopt;
  return PagePart{.begin = block,
                  .end = m_tree[block].end,
                  .title = block,
                  .rank = k_line_rank,
                  .words = words_of(block)};
}

std::optional<PagePart> PageOutline::title_at(NodeIndex node) const {
  for (NodeIndex around = node; around != 0; around = m_tree[around].parent) {
    const std::size_t heading = heading_from(around);
    if (heading < m_headings.size() && m_headings[heading].begin == around) return m_headings[heading];
  }
  auto line = first_line(node);
  if (line && documents_named(line->words) != 0 && !is_heading(m_tree[line->title].tag)) return line;
  const std::size_t next = heading_from(node);
  if (next < m_headings.size() && chars(node, m_headings[next].begin) <= k_near) return m_headings[next];
  return line;
}

bool PageOutline::is_line(NodeIndex node) const {
  const NodeIndex end = m_tree[node].end;
  const std::uint32_t size = chars(node, end);
  return m_block[node] == node && m_kept[node] && size > 0 && size <= k_longest_line &&
         end - node <= k_line_nodes;
}

bool PageOutline::is_bold_line(NodeIndex node) const {
  if (!is_line(node)) return false;
  char last = 0;
  for (NodeIndex i = node; i < m_tree[node].end; ++i) {
    if (!m_kept[i] || m_tree[i].chars == 0) continue;
    NodeIndex around = i;
    while (around > node && !is_bold(around))
      around = m_tree[around].parent;
    if (!is_bold(around)) return false;
    last = trim(m_tree[i].text).back();
  }
  return last != '.' && last != ',' && last != ';';
}

bool PageOutline::is_bold(NodeIndex node) const {
  const GumboTag tag = m_tree[node].tag;
  if (tag == GUMBO_TAG_B || tag == GUMBO_TAG_STRONG || tag == GUMBO_TAG_TH) return true;
  const std::string_view style = m_tree.attribute(node, "style");
  return !style.empty() && parse_style(style).strong;
}

std::string PageOutline::words_of(NodeIndex node) const {
  std::string text;
  for (NodeIndex i = node; i < m_tree[node].end; ++i) {
    if (m_tree[i].tag == GUMBO_TAG_BR) text += ' ';
    if (m_kept[i]) text += m_tree[i].text;
  }
  return folded_title(text);
}

}  // namespace winnow
