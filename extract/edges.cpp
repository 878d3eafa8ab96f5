#include "extract/edges.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/characters.hpp"
#include "extract/edge_labels.hpp"
#include "extract/segments.hpp"
#include "extract/table_shape.hpp"
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

/// "© 2004 Example Ltd. All rights reserved.", "Powered by ExampleCMS 2.0". `longest`: visible characters.
bool is_copyright(const PageTree& tree, const Segment& segment, std::uint32_t longest) {
  constexpr std::array<std::string_view, 4> k_signs = {"©", "copyright", "(c) ", "powered by "};
  if (segment.chars > longest || segment.in_heading) return false;
  const std::string words = in_one_line(tree[segment.first].text);
  return std::any_of(k_signs.begin(), k_signs.end(), [&words](std::string_view sign) {
    return words.size() >= sign.size() && iequals(std::string_view(words).substr(0, sign.size()), sign);
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
  EdgeFinder(PageTree& tree, const std::vector<bool>& in_content)
      : m_tree(tree),
        m_in_content(in_content),
        m_weights(weigh(tree)),
        m_segments(segments_of(tree, m_weights)),
        m_previous(tree.size()),
        m_next(tree.size()),
        m_titles(tree.size() + 1),
        m_has_paragraphs(tree.size()) {
    std::vector<NodeIndex> last_child(tree.size());
    for (NodeIndex i = 0; i < tree.size(); ++i) {
      m_titles[i + 1] = m_titles[i] + (tree[i].tag == GUMBO_TAG_H1 ? 1 : 0);
      if (i == 0 || m_weights[i].chars == 0) continue;
      const bool is_paragraph =
          tree[i].tag != k_text_node && m_weights[i].prose > 0 && m_weights[i].headings == 0;
      if (is_paragraph) m_has_paragraphs[tree[i].parent] = true;
      m_previous[i] = std::exchange(last_child[tree[i].parent], i);
      if (m_previous[i] != 0) m_next[m_previous[i]] = i;
    }
  }

  void run() {
    constexpr std::uint32_t k_long = 100;  ///< visible characters: slogans are shorter
    if (!find_prose(k_long) && !find_prose(k_prose_block)) return;
    find_chapters();
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

  /// Where the text's own headings stand.
  void find_chapters() {
    for (NodeIndex i = m_first; i < m_last; ++i) {
      if (is_heading(m_tree[i].tag)) m_chapters.insert(place_of(i));
    }
    for (NodeIndex i = m_first; i > 0; --i) {  // the one above the first paragraph
      if (!is_heading(m_tree[i].tag) || m_tree[i].end > m_first) continue;
      m_chapters.insert(place_of(i));
      return;
    }
  }

  /// The headings of chapters side by side, each in a box of its own, have the same tag below the same
  /// element.
  using Place = std::pair<GumboTag, NodeIndex>;
  [[nodiscard]] Place place_of(NodeIndex heading) const {
    return {m_tree[heading].tag, m_tree[m_tree[heading].parent].parent};
  }

  void drop_menus() {
    for (NodeIndex i = 1; i < m_tree.size();) {
      const bool is_outside = m_tree[i].end <= m_first || i > m_last;
      const bool has_title = m_titles[m_tree[i].end] > m_titles[i];
      bool is_kept = false;
      if (!m_tree[i].dropped && is_block(m_tree[i].tag) && is_outside && !has_title) {
        is_kept = (is_menu(m_weights[i]) && is_list_of_text(i)) || is_data(i);
        if (is_kept) {
          m_kept.push_back(i);
        } else if (is_menu(m_weights[i])) {
          m_tree[i].dropped = true;
          drop_heading_of(i);
        }
      }
      if (m_tree[i].dropped) m_dropped_end = m_tree[i].end;
      i = m_tree[i].dropped || is_kept ? m_tree[i].end : i + 1;
    }
  }

  /// Rows and columns of the content with a head that names them: partners and their policies, say.
  [[nodiscard]] bool is_data(NodeIndex node) {
    if (m_tree[node].tag != GUMBO_TAG_TABLE || m_weights[node].links < 2 || m_tables_left == 0) return false;
    --m_tables_left;
    const TableShape shape = shape_of_table(m_tree, node);
    return shape.is_data && shape.has_header && (m_in_content[node] || m_has_paragraphs[m_tree[node].parent]);
  }

  /// Links that the text introduces: without titles of their own, other than the one above them.
  [[nodiscard]] bool is_list_of_text(NodeIndex node) const {
    return m_weights[node].headings <= 1 && is_introduced(node);
  }

  /// Whether the text says what the links in a block are: by a heading of its own, or by a line that ends in
  /// a colon.
  [[nodiscard]] bool is_introduced(NodeIndex node) const {
    const auto found =
        std::lower_bound(m_segments.begin(), m_segments.end(), node,
                         [](const Segment& segment, NodeIndex at) { return segment.first < at; });
    if (found == m_segments.end()) return false;
    return (found->in_heading || m_weights[node].headings == 0) && is_introduced(*found);
  }
  [[nodiscard]] bool is_introduced(const Segment& segment) const {
    if (segment.in_heading) return is_chapter(segment);
    if (segment.announces) return is_announcement(segment);
    if (&segment == m_segments.data()) return false;
    const Segment& before = *(&segment - 1);
    if (before.first < m_dropped_end) return false;
    return before.in_heading ? is_chapter(before) : before.ends_in_colon && is_announcement(before);
  }

  /// Not "Follow us:", and in the midst of the text.
  [[nodiscard]] bool is_announcement(const Segment& segment) const {
    if (segment.is_menu() || is_menu_label(first_line(segment))) return false;
    NodeIndex line = segment.first;
    while (line != 0 && !is_block(m_tree[line].tag))
      line = m_tree[line].parent;
    return m_has_paragraphs[m_tree[line].parent] || (m_in_content[line] && line > m_last);
  }

  /// A heading with paragraphs beside it, or one like those of the text.
  [[nodiscard]] bool is_chapter(const Segment& segment) const {
    NodeIndex heading = segment.first;
    while (heading != 0 && !is_heading(m_tree[heading].tag))
      heading = m_tree[heading].parent;
    const TextWeight& weight = m_weights[heading];
    if (heading == 0 || weight.link_chars > 0 || is_menu_label(first_line(segment))) return false;
    if (m_tree[heading].tag == GUMBO_TAG_H1 && heading < m_first) return false;
    NodeIndex box = heading;
    while (m_weights[m_tree[box].parent].chars == weight.chars)
      box = m_tree[box].parent;
    return m_has_paragraphs[m_tree[box].parent] ||
           (heading > m_last && m_chapters.contains(place_of(heading)));
  }

  [[nodiscard]] std::string first_line(const Segment& segment) const {
    constexpr std::size_t k_longest = 100;  // bytes: labels of menus are shorter
    std::string line;
    for (NodeIndex i = segment.first; i <= segment.last && line.size() <= k_longest; ++i) {
      if (m_tree[i].tag == GUMBO_TAG_BR) break;
      if (m_tree[i].tag == k_text_node) line += m_tree[i].text;
    }
    return line;
  }

  void drop_segments() {
    auto kept = m_kept.begin();
    m_dropped_end = 0;
    for (const Segment& segment : m_segments) {
      while (kept != m_kept.end() && m_tree[*kept].end <= segment.first)
        ++kept;
      if (kept != m_kept.end() && *kept <= segment.first) continue;
      const bool is_before = segment.last < m_first;
      const bool is_behind = segment.first > m_last;
      const bool is_foot =
          is_behind && (is_copyright(m_tree, segment, k_copyright) || is_row_below_menu(segment));
      const bool is_outside = is_before || is_behind;
      if (!is_outside) continue;
      const bool is_edge = is_foot || is_way_home(segment) || (is_before && is_trail(segment)) ||
                           (segment.is_menu() && !is_introduced(segment));
      if (!is_edge) continue;
      drop(segment);
      m_dropped_end = segment.last + 1;
    }
  }

  /// "Home > Legal > Privacy": from the first page down to this one.
  [[nodiscard]] bool is_trail(const Segment& segment) const {
    constexpr std::uint32_t k_longest = 150;
    constexpr std::array<std::string_view, 8> k_signs = {">", "»", "›", "/", "→", "::", ":", "|"};
    if (segment.in_heading || segment.chars > k_longest || segment.links == 0) return false;
    NodeIndex link_end = 0;
    bool is_first = true;
    for (NodeIndex i = segment.first; i <= segment.last; ++i) {
      if (m_tree[i].tag != k_text_node || m_weights[i].chars == 0) continue;
      if (m_weights[i].link_chars == 0) {
        const std::string_view text = trim(m_tree[i].text);
        const bool parts = std::any_of(k_signs.begin(), k_signs.end(),
                                       [text](std::string_view sign) { return text.starts_with(sign); });
        if (is_first ? !text.ends_with(':') : !parts) return false;
      } else if (is_first || link_end == 0) {
        NodeIndex link = m_tree[i].parent;
        while (m_tree[link].tag != GUMBO_TAG_A)
          link = m_tree[link].parent;
        if (!is_home(m_tree.attribute(link, "href"))) return false;
        link_end = m_tree[link].end;
      }
      is_first = false;
    }
    return m_weights[segment.last].link_chars == 0;
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
  const std::vector<bool>& m_in_content;
  std::vector<TextWeight> m_weights;
  std::vector<Segment> m_segments;
  std::vector<NodeIndex> m_previous;    ///< the sibling with text before it, 0 for none
  std::vector<NodeIndex> m_next;        ///< ... and behind it
  std::vector<std::uint32_t> m_titles;  ///< how many `<h1>` begin before each node
  std::vector<bool> m_has_paragraphs;   ///< a child is prose without headings
  std::set<Place> m_chapters;           ///< of the text's headings
  std::vector<NodeIndex> m_kept;        ///< blocks of links that belong to the text
  NodeIndex m_dropped_end = 0;          ///< of the last that was dropped
  unsigned m_tables_left = 100;         ///< that may be looked at: tables stand in tables
  NodeIndex m_first = 0;                ///< text nodes: the beginning of the first prose
  NodeIndex m_last = 0;                 ///< ... and the end of the last
};

}  // namespace

void drop_edges(PageTree& tree, const std::vector<bool>& in_content) {
  EdgeFinder(tree, in_content).run();
}

}  // namespace winnow
