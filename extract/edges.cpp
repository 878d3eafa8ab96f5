#include "extract/edges.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/text_weights.hpp"
#include "extract/titles.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

/// Nothing but links to elsewhere, or a menu of many with titles of its own.
bool is_menu(const TextWeight& weight) {
  constexpr std::uint32_t k_many = 5;
  const std::uint32_t outward = weight.link_chars - weight.inner_chars;
  if (weight.headings == 0) return weight.links > 1 && outward * 10 >= weight.chars * 7;
  return weight.links >= k_many && outward * 10 >= (weight.chars - weight.heading_chars) * 8;
}

/// Text that stands together: between the edges of blocks, rules and double line breaks. The pages of 1998 to
/// 2010 have their menus in the same table cell as the text, apart from it by no more than that.
struct Segment {
  NodeIndex first = 0;  ///< text nodes
  NodeIndex last = 0;
  std::uint32_t chars = 0;
  std::uint32_t link_chars = 0;   ///< to elsewhere
  std::uint32_t inner_chars = 0;  ///< in links to places of the page
  std::uint32_t links = 0;        ///< to elsewhere
  std::uint32_t plain_chars = 0;  ///< in lines without a link
  std::uint32_t link_lines = 0;   ///< the others
  bool announces = false;         ///< a line without a link ends in a colon
  bool in_heading = false;

  [[nodiscard]] bool is_prose(std::uint32_t shortest) const {
    const std::uint32_t linked = link_chars + inner_chars;
    return !in_heading && chars - linked >= shortest && linked * 10 <= chars * 7;
  }
  [[nodiscard]] bool is_menu() const {
    if (in_heading || links < 2) return false;
    return link_chars * 10 >= chars * 7 || is_row_below_slogan();
  }
  /// Unlike a sentence that names partners, or a list of them, its links stand in rows of nothing else.
  [[nodiscard]] bool is_row_below_slogan() const {
    constexpr std::uint32_t k_row = 5;  ///< links
    return !announces && links >= k_row && links >= link_lines * 3 && link_chars * 2 >= chars &&
           link_chars * 10 >= (chars - plain_chars) * 9;
  }
};

std::vector<Segment> segments_of(const PageTree& tree, const std::vector<TextWeight>& weights) {
  std::vector<Segment> segments;
  std::vector<NodeIndex> block_ends;
  NodeIndex heading_end = 0;
  NodeIndex link_end = 0;
  bool is_link_new = false;
  unsigned breaks = 2;  // since the last text; two end a segment
  std::uint32_t line_chars = 0;
  std::uint32_t line_links = 0;
  const auto end_line = [&] {
    if (segments.empty()) return;
    Segment& segment = segments.back();
    if (line_links == 0) {
      segment.plain_chars += line_chars;
      segment.announces = segment.announces || trim(tree[segment.last].text).ends_with(':');
    } else {
      ++segment.link_lines;
    }
    line_chars = 0;
    line_links = 0;
  };
  for (NodeIndex i = 0; i < tree.size();) {
    while (!block_ends.empty() && block_ends.back() <= i) {
      block_ends.pop_back();
      breaks = 2;
    }
    const PageNode& node = tree[i];
    if (node.dropped) {
      i = node.end;
      continue;
    }
    if (is_block(node.tag)) {
      block_ends.push_back(node.end);
      breaks = 2;
      if (is_heading(node.tag)) heading_end = node.end;
    } else if (node.tag == GUMBO_TAG_BR) {
      ++breaks;
    } else if (node.tag == GUMBO_TAG_A && weights[i].links > 0) {
      link_end = node.end;
      is_link_new = true;
    } else if (weights[i].chars > 0 && node.tag == k_text_node) {
      if (breaks > 0) end_line();
      if (breaks >= 2) segments.push_back({.first = i, .in_heading = i < heading_end});
      breaks = 0;
      Segment& segment = segments.back();
      segment.last = i;
      segment.chars += weights[i].chars;
      segment.inner_chars += weights[i].inner_chars;
      segment.link_chars += weights[i].link_chars - weights[i].inner_chars;
      if (i < link_end && is_link_new && weights[i].link_chars > weights[i].inner_chars) ++segment.links;
      is_link_new = false;
      line_chars += weights[i].chars;
      line_links += weights[i].link_chars > 0 ? 1 : 0;
    }
    ++i;
  }
  end_line();
  return segments;
}

/// "© 2004 Example Ltd. All rights reserved.", "Powered by ExampleCMS 2.0". `longest`: visible characters.
bool is_copyright(const PageTree& tree, const Segment& segment, std::uint32_t longest) {
  constexpr std::array<std::string_view, 4> k_signs = {"©", "copyright", "(c) ", "powered by "};
  if (segment.chars > longest || segment.in_heading) return false;
  const std::string_view words = trim(tree[segment.first].text);
  return std::any_of(k_signs.begin(), k_signs.end(), [words](std::string_view sign) {
    return words.size() >= sign.size() && iequals(words.substr(0, sign.size()), sign);
  });
}

/// Whether a link leads to a site's or folder's first page.
bool is_home(std::string_view href) {
  href = trim(href);
  constexpr std::size_t k_longest_scheme = 6;  // "https:"
  if (const std::size_t scheme = href.find("//"); scheme <= k_longest_scheme) {
    href.remove_prefix(scheme + 2);
    href.remove_prefix(std::min(href.find('/'), href.size()));
  }
  const std::size_t slash = href.rfind('/');
  const std::string_view folder =
      slash == std::string_view::npos ? std::string_view() : href.substr(0, slash);
  if (folder.find_first_not_of("./") != std::string_view::npos) return false;
  if (href.find('?') != std::string_view::npos) return false;
  const std::string_view file = slash == std::string_view::npos ? href : href.substr(slash + 1);
  const std::string_view name = file.substr(0, file.find('.'));
  return file.empty() || iequals(name, "index") || iequals(name, "default") || iequals(name, "home");
}

class EdgeFinder {
public:
  explicit EdgeFinder(PageTree& tree)
      : m_tree(tree),
        m_weights(weigh(tree)),
        m_segments(segments_of(tree, m_weights)),
        m_previous(tree.size()),
        m_next(tree.size()),
        m_titles(tree.size() + 1) {
    std::vector<NodeIndex> last_child(tree.size());
    for (NodeIndex i = 0; i < tree.size(); ++i) {
      m_titles[i + 1] = m_titles[i] + (tree[i].tag == GUMBO_TAG_H1 ? 1 : 0);
      if (i == 0 || m_weights[i].chars == 0) continue;
      m_previous[i] = std::exchange(last_child[tree[i].parent], i);
      if (m_previous[i] != 0) m_next[m_previous[i]] = i;
    }
  }

  void run() {
    constexpr std::uint32_t k_long = 100;  ///< visible characters: slogans are shorter
    if (!find_prose(k_long) && !find_prose(k_prose_block)) return;
    drop_menus();
    drop_segments();
    drop_pictures();
  }

private:
  static constexpr std::uint32_t k_copyright = 120;  ///< visible characters of a line of it

  /// What paragraphs of that length are the first and the last.
  bool find_prose(std::uint32_t shortest) {
    m_first = m_tree.size();
    m_last = 0;
    for (const Segment& segment : m_segments) {
      const bool is_footer = segment.is_menu() || is_copyright(m_tree, segment, k_copyright);
      if (segment.is_prose(shortest) && !is_footer && !is_row_below_menu(segment)) {
        m_first = std::min(m_first, segment.first);
        m_last = segment.last;
      }
    }
    return m_last > 0;
  }

  /// A copyright line of some length with links of its own, right below a menu: the page's foot. Without the
  /// menu it may be the last chapter of the text.
  bool is_row_below_menu(const Segment& segment) const {
    constexpr std::uint32_t k_long_row = 300;
    return &segment != m_segments.data() && segment.links > 0 && (&segment - 1)->is_menu() &&
           is_copyright(m_tree, segment, k_long_row);
  }

  void drop_menus() {
    for (NodeIndex i = 1; i < m_tree.size();) {
      const bool is_outside = m_tree[i].end <= m_first || i > m_last;
      const bool has_title = m_titles[m_tree[i].end] > m_titles[i];
      if (!m_tree[i].dropped && is_block(m_tree[i].tag) && is_outside && !has_title &&
          is_menu(m_weights[i])) {
        m_tree[i].dropped = true;
        drop_heading_of(i);
      }
      i = m_tree[i].dropped ? m_tree[i].end : i + 1;
    }
  }

  void drop_segments() {
    for (const Segment& segment : m_segments) {
      const bool is_before = segment.last < m_first;
      const bool is_behind = segment.first > m_last;
      const bool is_foot =
          is_behind && (is_copyright(m_tree, segment, k_copyright) || is_row_below_menu(segment));
      const bool is_edge = segment.is_menu() || is_foot || is_way_home(segment);
      if ((is_before || is_behind) && is_edge) drop(segment);
    }
  }

  /// One link in a place of its own. Others than this may be part of the text: its older versions, a PDF.
  [[nodiscard]] bool is_way_home(const Segment& segment) const {
    constexpr std::uint32_t k_longest = 30;
    if (segment.in_heading || segment.links != 1 || segment.link_chars != segment.chars) return false;
    if (segment.chars > k_longest) return false;
    NodeIndex link = m_tree[segment.first].parent;
    while (link != 0 && m_tree[link].tag != GUMBO_TAG_A)
      link = m_tree[link].parent;
    return is_home(m_tree.attribute(link, "href"));
  }

  /// Links that are pictures, which would be told by what describes them: banners, logos.
  void drop_pictures() {
    constexpr unsigned k_levels = 8;
    constexpr std::size_t k_longest_name = 200;
    unsigned left = 1000;  ///< that may be named as documents: asking takes its time
    for (NodeIndex i = 1; i < m_tree.size(); ++i) {
      const bool is_outside = m_tree[i].end <= m_first || i > m_last;
      if (m_tree[i].tag != GUMBO_TAG_IMG || !is_outside) continue;
      bool in_heading = false;
      NodeIndex around = i;
      for (unsigned level = 0; level < k_levels && around != 0; ++level) {
        around = m_tree[around].parent;
        in_heading = in_heading || is_heading(m_tree[around].tag);
      }
      if (in_heading) continue;
      const bool is_document =
          left > 0 &&
          documents_named(folded_title(m_tree.attribute(i, "alt").substr(0, k_longest_name))) != 0;
      left -= left > 0 ? 1 : 0;
      m_tree[i].dropped = !is_document;
    }
  }

  void drop(const Segment& segment) {
    for (NodeIndex i = segment.first; i <= segment.last; ++i) {
      if (m_tree[i].tag == k_text_node || m_tree[i].tag == GUMBO_TAG_A) m_tree[i].dropped = true;
    }
    // The first text's own link is a picture's as well, and would be told by that.
    for (NodeIndex i = m_tree[segment.first].parent; i != 0 && !is_block(m_tree[i].tag);
         i = m_tree[i].parent) {
      if (m_tree[i].tag == GUMBO_TAG_A && m_tree[i].end <= segment.last + 1) m_tree[i].dropped = true;
    }
  }

  /// A heading right before a dropped menu, when nothing else comes that it could head.
  void drop_heading_of(NodeIndex menu) {
    const NodeIndex before = m_previous[menu];
    const NodeIndex behind = m_next[menu];
    if (before == 0 || !is_heading(m_tree[before].tag)) return;
    const bool is_only_title = m_tree[before].tag == GUMBO_TAG_H1 && m_titles.back() == 1;
    const bool heads_nothing = behind == 0 || is_heading(m_tree[behind].tag);
    if (heads_nothing && !is_only_title) m_tree[before].dropped = true;
  }

  PageTree& m_tree;
  std::vector<TextWeight> m_weights;
  std::vector<Segment> m_segments;
  std::vector<NodeIndex> m_previous;    ///< the sibling with text before it, 0 for none
  std::vector<NodeIndex> m_next;        ///< ... and behind it
  std::vector<std::uint32_t> m_titles;  ///< how many `<h1>` begin before each node
  NodeIndex m_first = 0;                ///< text nodes: the beginning of the first prose
  NodeIndex m_last = 0;                 ///< ... and the end of the last
};

}  // namespace

void drop_edges(PageTree& tree) {
  EdgeFinder(tree).run();
}

}  // namespace winnow
