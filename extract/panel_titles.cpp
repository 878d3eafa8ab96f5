#include "extract/panel_titles.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "extract/characters.hpp"
#include "extract/furniture_names.hpp"
#include "extract/style.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

bool says_it_opens(const PageTree& tree, NodeIndex button) {
  for (const char* name : {"aria-expanded", "aria-controls"}) {
    if (tree.has_attribute(button, name)) return true;
  }
  for (const char* name : {"data-bs-toggle", "data-toggle"}) {
    const std::string_view what = tree.attribute(button, name);
    if (what == "collapse" || what == "tab") return true;
  }
  bool is_accordion = false;
  for_class_names(tree.attribute(button, "class"), [&](std::string_view name) {
    is_accordion = is_accordion || meaning_of_name(name) == NameMeaning::accordion;
  });
  return is_accordion;
}

/// The element with text that comes next beside a node; 0 when bare text or nothing does.
NodeIndex next_element(const PageTree& tree, NodeIndex node, const std::vector<TextWeight>& weights) {
  const NodeIndex end = tree[tree[node].parent].end;
  for (NodeIndex next = tree[node].end; next < end; next = tree[next].end) {
    if (tree[next].dropped || weights[next].chars == 0) continue;
    return tree[next].tag == k_text_node ? 0 : next;
  }
  return 0;
}

bool is_panel(const PageTree& tree, NodeIndex node, const std::vector<TextWeight>& weights) {
  const TextWeight& weight = weights[node];
  return node != 0 && is_block(tree[node].tag) && !is_heading(tree[node].tag) && weight.prose > 0 &&
         !weight.is_link_dense();
}

/// Right behind the button, or behind the box that holds nothing else.
bool has_panel(const PageTree& tree, NodeIndex button, const std::vector<TextWeight>& weights) {
  constexpr unsigned k_levels = 4;
  NodeIndex box = button;
  for (unsigned level = 0; level < k_levels && box != 0; ++level, box = tree[box].parent) {
    if (weights[box].chars != weights[button].chars) return false;
    if (const NodeIndex next = next_element(tree, box, weights)) return is_panel(tree, next, weights);
  }
  return false;
}

}  // namespace

bool mark_panel_titles(PageTree& tree, const std::vector<TextWeight>& weights) {
  constexpr std::uint32_t k_longest = 150;
  std::vector<std::uint32_t> depths(tree.size());
  std::vector<NodeIndex> last_silent(
      tree.size());                         ///< by parent: a button with a panel, and not a word of it
  std::map<std::uint32_t, unsigned> ranks;  ///< by the depth of the buttons
  bool any = false;
  unsigned rank = 0;  ///< of the last heading
  const auto make_heading = [&](NodeIndex i) {
    const auto [found, _] = ranks.emplace(depths[i], std::min(rank + 1, 6U));
    tree[i].tag = static_cast<GumboTag>(GUMBO_TAG_H1 + std::max(found->second, 2U) - 1);
    any = true;
  };
  for (NodeIndex i = 1; i < tree.size(); ++i) {
    depths[i] = depths[tree[i].parent] + 1;
    const GumboTag tag = tree[i].tag;
    if (is_heading(tag) && weights[i].chars > 0) rank = static_cast<unsigned>(tag - GUMBO_TAG_H1) + 1;
    const TextWeight& weight = weights[i];
    const NodeIndex parent = tree[i].parent;
    if (tag != GUMBO_TAG_BUTTON || is_heading(tree[parent].tag) || weight.headings > 0) continue;
    if (weight.chars == 0 || weight.chars > k_longest || weight.prose > 0) continue;
    if (tree.attribute(i, "role") == "tab") {
      tree[i].tag = GUMBO_TAG_DT;
      any = true;
    } else if (says_it_opens(tree, i)) {
      if (has_panel(tree, i, weights)) make_heading(i);
    } else if (is_panel(tree, next_element(tree, i, weights), weights)) {
      const NodeIndex before = std::exchange(last_silent[parent], i);
      if (before == 0) continue;
      if (tree[before].tag == GUMBO_TAG_BUTTON) make_heading(before);
      make_heading(i);
    }
  }
  return any;
}

void write_image_titles(PageTree& tree) {
  constexpr NodeIndex k_most_nodes = 12;
  for (NodeIndex i = 1; i < tree.size(); ++i) {
    if (!is_heading(tree[i].tag) || tree[i].tag == GUMBO_TAG_H1 || tree[i].end - i > k_most_nodes) continue;
    NodeIndex image = 0;
    bool is_empty = true;
    for (NodeIndex node = i + 1; node < tree[i].end; ++node) {
      is_empty = is_empty && tree[node].chars == 0 && tree[node].tag != GUMBO_TAG_A;
      if (image == 0 && tree[node].tag == GUMBO_TAG_IMG) image = node;
    }
    if (!is_empty || image == 0) continue;
    const std::string_view alt = trim(tree.attribute(image, "alt"));
    if (alt.empty()) continue;
    tree[image] = {.tag = k_text_node,
                   .parent = tree[image].parent,
                   .end = image + 1,
                   .text = alt,
                   .chars = visible_characters(alt)};
  }
}

}  // namespace winnow
