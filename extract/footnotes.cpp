#include "extract/footnotes.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "extract/characters.hpp"
#include "model/ascii.hpp"
#include "model/headers.hpp"
#include "model/url.hpp"

namespace winnow {
namespace {

constexpr std::uint32_t k_longest_note = 5000;  // visible characters
constexpr NodeIndex k_note_nodes = 2000;
constexpr std::size_t k_longest_mark = 24;  // bytes of a link's text that leads to a note or back
constexpr NodeIndex k_mark_nodes = 16;
constexpr std::string_view k_space = " \t\r\n\f";

/// "1", "12", "b", "iv".
bool is_label(std::string_view text) {
  if (text.empty()) return false;
  if (std::all_of(text.begin(), text.end(), is_digit)) return text.size() <= 3;
  if (text.size() == 1) return is_letter(text.front());
  return text.size() <= 5 && text.find_first_not_of("ivx") == std::string_view::npos;
}

/// Without the brackets around it; `had_brackets` tells whether there were any.
std::string_view without_brackets(std::string_view text, bool& had_brackets) {
  text = trim(text);
  had_brackets = text.size() > 2 &&
                 ((text.front() == '[' && text.back() == ']') || (text.front() == '(' && text.back() == ')'));
  return had_brackets ? trim(text.substr(1, text.size() - 2)) : text;
}

/// A link within the page.
struct PlaceLink {
  NodeIndex link = 0;
  NodeIndex place = 0;
  std::string text;   ///< without brackets
  bool is_set_apart;  ///< raised, in brackets, or called a note
};

class Finder {
public:
  explicit Finder(PageTree& tree) : m_tree(tree) {}

  Footnotes run() {
    find_places();
    if (m_places.empty()) return {};
    measure();
    find_links();
    for (const PlaceLink& link : m_links)
      take_reference(link);
    label_rest_of_lists();
    for (const auto& [note, label] : m_found.notes)
      take_label_off(note, label);
    drop_links_back();
    return std::move(m_found);
  }

private:
  template <class Visit>
  void for_kept(Visit visit) {
    for (NodeIndex i = 0; i < m_tree.size();) {
      if (!m_tree[i].dropped) visit(i);
      i = m_tree[i].dropped ? m_tree[i].end : i + 1;
    }
  }

  void find_places() {
    for_kept([&](NodeIndex i) {
      const std::string_view id = m_tree.attribute(i, "id");
      const std::string_view name = m_tree[i].tag == GUMBO_TAG_A ? m_tree.attribute(i, "name") : "";
      if (is_note_name(id)) m_places.emplace(std::string(id), i);
      if (is_note_name(name)) m_places.emplace(std::string(name), i);
    });
  }

  void measure() {
    m_chars.resize(m_tree.size() + 1);
    std::vector<bool> kept(m_tree.size());
    for_kept([&](NodeIndex i) { kept[i] = true; });
    for (NodeIndex i = 0; i < m_tree.size(); ++i)
      m_chars[i + 1] = m_chars[i] + (kept[i] ? m_tree[i].chars : 0);
  }

  [[nodiscard]] std::uint32_t chars(NodeIndex begin, NodeIndex end) const {
    return m_chars[end] - m_chars[begin];
  }

  [[nodiscard]] std::string text_of(NodeIndex node) const {
    std::string text;
    for (NodeIndex i = node; i < m_tree[node].end; ++i)
      text += m_tree[i].text;
    return without_invisible(text);
  }

  [[nodiscard]] bool is_raised(NodeIndex link) const {
    for (NodeIndex i = link; i < m_tree[link].end; ++i) {
      if (m_tree[i].tag == GUMBO_TAG_SUP) return true;
    }
    for (NodeIndex i = link; i != 0 && !is_block(m_tree[i].tag); i = m_tree[i].parent) {
      if (m_tree[i].tag == GUMBO_TAG_SUP) return true;
    }
    return false;
  }

  void find_links() {
    for_kept([&](NodeIndex i) {
      if (m_tree[i].tag != GUMBO_TAG_A || m_tree[i].end - i > k_mark_nodes) return;
      const std::string_view href = m_tree.attribute(i, "href");
      const std::size_t hash = href.rfind('#');
      if (hash == std::string_view::npos) return;
      const auto place = m_places.find(unquote(trim(href.substr(hash + 1))));
      if (place == m_places.end()) return;
      const std::string text = text_of(i);
      if (text.size() > k_longest_mark) return;
      bool had_brackets = false;
      const std::string_view label = without_brackets(text, had_brackets);
      const bool is_set_apart = had_brackets || is_raised(i) || m_tree.attribute(i, "role") == "doc-noteref";
      m_links.push_back({i, place->second, std::string(label), is_set_apart});
    });
  }

  /// The block that begins at a place; 0 for none that could be a note.
  [[nodiscard]] NodeIndex note_at(NodeIndex place) const {
    NodeIndex block = place;
    while (block != 0 && !is_block(m_tree[block].tag))
      block = m_tree[block].parent;
    switch (m_tree[block].tag) {
      case GUMBO_TAG_LI:
      case GUMBO_TAG_P:
      case GUMBO_TAG_DIV:
      case GUMBO_TAG_ASIDE:
        break;
      default:
        return 0;
    }
    const std::uint32_t size = chars(block, m_tree[block].end);
    if (m_tree[block].end - block > k_note_nodes) return 0;
    if (chars(block, place) > 0 || size == 0 || size > k_longest_note) return 0;
    for (NodeIndex i = block; i < m_tree[block].end; ++i) {
      if (is_heading(m_tree[i].tag) || m_tree[i].tag == GUMBO_TAG_TABLE) return 0;
    }
    return block;
  }

  /// The first node of a note with visible text; its end when there is none.
  [[nodiscard]] NodeIndex first_text(NodeIndex note) const {
    NodeIndex i = note;
    while (i < m_tree[note].end && m_tree[i].chars == 0)
      ++i;
    return i;
  }

  /// Bytes of the label with its brackets, stop and the space behind, at the beginning of a text; 0 for none.
  static std::size_t label_size(std::string_view text, std::string_view label) {
    const std::size_t begin = std::min(text.find_first_not_of(k_space), text.size());
    std::string_view rest = text.substr(begin);
    const bool is_open = rest.starts_with('[') || rest.starts_with('(');
    if (is_open) rest.remove_prefix(1);
    if (!rest.starts_with(label)) return 0;
    rest.remove_prefix(label.size());
    if (is_open && !rest.starts_with(']') && !rest.starts_with(')')) return 0;
    if (!rest.empty() && (is_digit(rest.front()) || is_letter(rest.front()))) return 0;
    while (!rest.empty() &&
           (rest.front() == ']' || rest.front() == ')' || rest.front() == '.' || rest.front() == ':'))
      rest.remove_prefix(1);
    return text.size() - rest.size();
  }

  void take_reference(const PlaceLink& link) {
    if (!link.is_set_apart || !is_label(link.text) || link.place <= link.link) return;
    const NodeIndex note = note_at(link.place);
    if (note == 0 || note <= link.link) return;
    const auto known = m_found.notes.find(note);
    if (known == m_found.notes.end()) {
      const bool is_item = m_tree[note].tag == GUMBO_TAG_LI;
      const NodeIndex first = first_text(note);
      if (!is_item && label_size(m_tree[first].text, link.text) == 0) return;
      m_found.notes.emplace(note, new_label(link.text));
    }
    m_found.references.emplace(link.link, m_found.notes.at(note));
    take_brackets_off(link.link);
  }

  /// Documents on one page each count from 1.
  std::string new_label(const std::string& wanted) {
    const int count = ++m_labels[wanted];
    return count == 1 ? wanted : wanted + '-' + std::to_string(count);
  }

  /// `<sup>[<a>1</a>]</sup>`
  void take_brackets_off(NodeIndex link) {
    const NodeIndex behind = m_tree[link].end;
    if (link == 0 || behind >= m_tree.size()) return;
    std::string_view& before = m_tree[link - 1].text;
    std::string_view& after = m_tree[behind].text;
    if (!before.ends_with('[') || !after.starts_with(']')) return;
    before.remove_suffix(1);
    after.remove_prefix(1);
  }

  void label_rest_of_lists() {
    std::vector<NodeIndex> lists;
    for (const auto& [note, label] : m_found.notes) {
      const NodeIndex list = m_tree[note].parent;
      if (m_tree[note].tag == GUMBO_TAG_LI && m_tree[list].tag == GUMBO_TAG_OL) lists.push_back(list);
    }
    std::sort(lists.begin(), lists.end());
    lists.erase(std::unique(lists.begin(), lists.end()), lists.end());
    for (const NodeIndex list : lists) {
      int number = 0;
      for_children(m_tree, list, [&](NodeIndex item) {
        if (m_tree[item].tag != GUMBO_TAG_LI) return;
        ++number;
        if (m_found.notes.find(item) == m_found.notes.end())
          m_found.notes.emplace(item, new_label(std::to_string(number)));
      });
    }
  }

  /// What a note that is no list's item begins with; "^" before a list's.
  void take_label_off(NodeIndex note, const std::string& label) {
    const NodeIndex first = first_text(note);
    if (first == m_tree[note].end) return;
    std::string_view& text = m_tree[first].text;
    const std::string_view shown = std::string_view(label).substr(0, label.find('-'));
    if (m_tree[note].tag != GUMBO_TAG_LI) {
      text.remove_prefix(label_size(text, shown));
    } else if (const std::string_view sign = trim(text); sign == "^" || sign == "↑") {
      text = {};
    }
  }

  void drop_links_back() {
    const auto is_in_note = [this](NodeIndex node) {
      for (; node != 0; node = m_tree[node].parent) {
        if (m_found.notes.count(node) > 0) return true;
      }
      return false;
    };
    for (const PlaceLink& link : m_links) {
      if (m_found.references.count(link.link) > 0 || link.place >= link.link || !is_in_note(link.link))
        continue;
      const bool has_letters =
          std::any_of(link.text.begin(), link.text.end(), [](char c) { return is_digit(c) || is_letter(c); });
      const bool is_link_back = m_tree.attribute(link.link, "role") == "doc-backlink";
      if (!has_letters || is_label(link.text) || is_link_back) m_tree[link.link].dropped = true;
    }
  }

  PageTree& m_tree;
  std::unordered_map<std::string, NodeIndex> m_places;
  std::vector<std::uint32_t> m_chars;  ///< visible characters before a node
  std::vector<PlaceLink> m_links;
  std::unordered_map<std::string, int> m_labels;  ///< and how many notes have each
  Footnotes m_found;
};

}  // namespace

Footnotes find_footnotes(PageTree& tree) {
  return Finder(tree).run();
}

bool is_note_name(std::string_view id) {
  constexpr std::size_t k_longest = 40;
  constexpr std::array<std::string_view, 6> k_parts = {"fn", "ftn", "edn", "note", "ref", "cite"};
  if (id.size() < 2 || id.size() > k_longest || std::none_of(id.begin(), id.end(), is_digit)) return false;
  return std::any_of(k_parts.begin(), k_parts.end(),
                     [id](std::string_view part) { return contains_any_case(id, part); });
}

}  // namespace winnow
