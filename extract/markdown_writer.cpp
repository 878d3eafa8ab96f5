#include "extract/markdown_writer.hpp"

#include <algorithm>
#include <optional>

#include "extract/markdown_text.hpp"
#include "extract/markdown_walk.hpp"
#include "extract/plain_structures.hpp"
#include "extract/titles.hpp"
#include "model/ascii.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

constexpr std::size_t k_longest_heading = 400;  ///< bytes: a "heading" with a whole policy in it is none
constexpr const char* k_rule = "---";
constexpr std::size_t k_peek = 4096;
constexpr std::size_t k_all = std::string::npos - 1;
constexpr std::string_view k_space = " \t\r\n\f";

}  // namespace

std::string write_markdown(const PageTree& tree, const Footnotes& footnotes, LinkResolver& links,
                           const StyleRules& rules) {
  return MarkdownWalk(tree, footnotes, links, rules).run();
}

namespace {

/// Whether a heading is the page's title, part of it, or the document's name.
bool says_title(std::string_view heading, std::string_view title) {
  const std::string words = folded_title(markdown_to_text(heading));
  const std::string wanted = folded_title(title);
  const bool is_most = words.size() * 2 >= wanted.size();  // of the title, not but the site's name
  return (is_most && match_titles(wanted, words) != TitleMatch::none) ||
         match_titles(words, wanted) != TitleMatch::none || (documents_named(words) & k_core_documents) != 0;
}

}  // namespace

bool opens_with_title(std::string_view markdown, std::string_view title) {
  constexpr std::size_t k_longest_line = 120;  // bytes: a date, a slogan
  constexpr unsigned k_most_lines = 5;
  std::size_t opening = 0;  // rank of the first heading, 1 to 6
  unsigned lines = 0;       // above it, or between headings
  bool in_front = true;     // an `<h1>` may still come
  bool is_first = false;    // the first heading stands at the beginning, and above all others
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    const std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
    if (line.empty()) continue;
    const std::size_t rank = std::min(line.find_first_not_of('#'), line.size());
    const bool is_heading = rank > 0 && rank <= 6 && line.substr(rank, 1) == " ";
    if (in_front && is_heading && rank == 1) return true;
    if (!is_heading) {
      in_front = in_front && line.size() <= k_longest_line && ++lines <= k_most_lines;
    } else if (opening == 0) {
      opening = rank;
      is_first = lines == 0;
      if (is_first && says_title(line, title)) return true;
    } else if (rank <= opening) {
      is_first = false;
    }
    if (!in_front && !is_first) return false;
  }
  return is_first;
}

std::string MarkdownWalk::run() {
  write_children(0, {});
  flush();
  m_blocks = with_plain_structures(std::move(m_blocks));
  while (!m_blocks.empty() && m_blocks.back().text == k_rule)
    m_blocks.pop_back();
  return join_blocks(m_blocks, false);
}

/// The full stop behind a `</p>` that the page closed too soon.
bool MarkdownWalk::ends_last_paragraph(std::string_view text) const {
  constexpr std::string_view k_stops = ".,;:";
  if (text.size() != 1 || k_stops.find(text.front()) == std::string_view::npos) return false;
  if (m_blocks.empty() || m_blocks.back().kind != BlockKind::paragraph) return false;
  return k_stops.find(m_blocks.back().text.back()) == std::string_view::npos;
}

void MarkdownWalk::flush() {
  if (m_inline.empty()) return;
  const std::string paragraphs = m_inline.take(m_targets, InlineText::Breaks::hard);
  std::string_view rest = paragraphs;
  if (ends_last_paragraph(rest)) {
    m_blocks.back().text += rest;
    return;
  }
  while (!rest.empty()) {
    const std::size_t end = rest.find("\n\n");
    push({BlockKind::paragraph, std::string(rest.substr(0, end))});
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
  }
}

void MarkdownWalk::push(Block block) {
  if (!block.text.empty()) m_blocks.push_back(std::move(block));
}

void MarkdownWalk::boundary() {
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

void MarkdownWalk::add_text(std::string_view text, const InlineFormat& format) {
  if (m_cell_break && text.find_first_not_of(k_space) != std::string_view::npos) {
    m_inline.add_break();
    m_cell_break = false;
  }
  m_inline.add(text, format);
}

void MarkdownWalk::write_children(NodeIndex parent, const InlineFormat& format) {
  for_children(m_tree, parent, [&](NodeIndex child) { write(child, format); });
}

InlineFormat MarkdownWalk::formatted(GumboTag tag, const InlineStyle& style, InlineFormat format) const {
  const bool is_bold = tag == GUMBO_TAG_B || tag == GUMBO_TAG_STRONG;
  if (is_bold || (style.strong && !is_heading(tag))) format.strong = m_flow != Flow::one_line && !m_in_header;
  if (tag == GUMBO_TAG_I || tag == GUMBO_TAG_EM) format.emphasis = true;
  if (tag == GUMBO_TAG_CODE) format.code = true;
  return format;
}

void MarkdownWalk::write(NodeIndex node, InlineFormat format) {
  const GumboTag tag = m_tree[node].tag;
  if (tag == k_text_node) {
    add_text(m_tree[node].text, format);
    return;
  }
  if (m_rules.is_reversed(m_tree, node)) {
    write_reversed(node, format);
    return;
  }
  const std::string_view style_attribute = m_tree.attribute(node, "style");
  const InlineStyle style = style_attribute.empty() ? InlineStyle() : parse_style(style_attribute);
  format = formatted(tag, style, format);
  switch (tag) {
    case GUMBO_TAG_BR:
      m_inline.add_break();
      return;
    case GUMBO_TAG_HR:
      boundary();
      if (m_flow == Flow::blocks && !m_blocks.empty() && m_blocks.back().text != k_rule) {
        push({BlockKind::other, k_rule});
      }
      return;
    case GUMBO_TAG_A:
      write_link(node, format);
      return;
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
  if (!is_block(tag) && heading_rank(node) == 0) {
    // A heading or paragraph made of a <span>.
    if (style.block) boundary();
    write_children(node, format);
    if (style.block) boundary();
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

void MarkdownWalk::write_block(NodeIndex node, GumboTag tag, InlineFormat format) {
  if (write_note(node, format)) return;
  switch (tag) {
    case GUMBO_TAG_UL:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_DIR:
    case GUMBO_TAG_OL:
      write_list(node, format);
      return;
    case GUMBO_TAG_LI:
      write_stray_item(node, format);
      return;
    case GUMBO_TAG_DT:
      write_term(node, format);
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
  const std::size_t rank = heading_rank(node);
  if (rank > 0 && visible_text(node, k_longest_heading).size() <= k_longest_heading) {
    write_heading(node, rank, format);
  } else {
    write_children(node, format);
  }
}

/// In bold type, and never taken for a heading.
void MarkdownWalk::write_term(NodeIndex node, InlineFormat format) {
  format.strong = true;
  const std::size_t before = m_blocks.size();
  write_children(node, format);
  flush();
  for (std::size_t i = before; i < m_blocks.size(); ++i) {
    if (m_blocks[i].kind == BlockKind::paragraph) m_blocks[i].kind = BlockKind::other;
  }
}

/// 1 to 6, of an `<h1>` or what says that it is one (WAI-ARIA 1.2: of level 2 when it says no more); else 0.
std::size_t MarkdownWalk::heading_rank(NodeIndex node) const {
  const GumboTag tag = m_tree[node].tag;
  if (is_heading(tag)) return static_cast<std::size_t>(tag - GUMBO_TAG_H1) + 1;
  const bool may_be = tag == GUMBO_TAG_DIV || tag == GUMBO_TAG_P || !is_block(tag);
  if (!may_be || !iequals(trim(m_tree.attribute(node, "role")), "heading")) return 0;
  const std::string_view level = trim(m_tree.attribute(node, "aria-level"));
  if (level.size() != 1 || !is_digit(level.front()) || level == "0") return level.empty() ? 2 : 6;
  return std::min<std::size_t>(6, static_cast<std::size_t>(level.front() - '0'));
}

void MarkdownWalk::write_heading(NodeIndex node, std::size_t rank, InlineFormat format) {
  format.strong = false;
  m_flow = Flow::one_line;
  write_children(node, format);
  m_flow = Flow::blocks;
  const std::string text = m_inline.take(m_targets, InlineText::Breaks::space);
  if (text.empty()) return;
  push({BlockKind::heading, heading_line(rank, text)});
}

InlineFormat MarkdownWalk::linked(InlineFormat format, std::string_view href) {
  // What leads to a place of the same page does so in the text as well, whatever the page's URL.
  href = trim(href);
  if (href == "#") return format;
  std::optional<std::string> target = href.starts_with('#') ? std::string(href) : m_links(href);
  if (!target || target->size() > m_room_for_targets) return format;
  m_room_for_targets -= target->size();
  m_targets.push_back(std::move(*target));
  format.link = static_cast<std::uint32_t>(m_targets.size());
  return format;
}

void MarkdownWalk::write_link(NodeIndex node, InlineFormat format) {
  if (const auto note = m_footnotes.references.find(node); note != m_footnotes.references.end()) {
    add_text("[^" + note->second + ']', format);
    return;
  }
  format = linked(format, m_tree.attribute(node, "href"));
  if (visible_text(node, k_peek).find_first_not_of(k_space) != std::string::npos || format.link == 0) {
    write_children(node, format);
    return;
  }
  // A picture that is a link is told by its description.
  for (NodeIndex i = node; i < m_tree[node].end; ++i) {
    const bool is_shown = m_tree[i].tag == GUMBO_TAG_IMG && !m_tree[i].dropped;
    const std::string_view alt = is_shown ? m_tree.attribute(i, "alt") : std::string_view();
    if (trim(alt).empty()) continue;
    add_text(alt, format);
    return;
  }
}

void MarkdownWalk::write_reversed(NodeIndex node, InlineFormat format) {
  for (NodeIndex i = node; i < m_tree[node].end && format.link == 0; ++i) {
    if (m_tree[i].tag == GUMBO_TAG_A) format = linked(format, m_tree.attribute(i, "href"));
  }
  if (is_block(m_tree[node].tag)) boundary();
  add_text(reverse_text(visible_text(node, k_all)), format);
  if (is_block(m_tree[node].tag)) boundary();
}

std::string MarkdownWalk::visible_text(NodeIndex node, std::size_t limit) const {
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

}  // namespace winnow
