#include "extract/main_content.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "extract/furniture.hpp"
#include "extract/text_weights.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

/// Visits each node that is not dropped; a node that the visit drops is not entered.
template <class Visit>
void walk(PageTree& tree, Visit visit) {
  for (NodeIndex i = 0; i < tree.size();) {
    if (!tree[i].dropped) visit(i);
    i = tree[i].dropped ? tree[i].end : i + 1;
  }
}

/// In the content by the page's own word. Asked downwards, so that depth costs nothing.
std::vector<bool> nodes_in_content(const PageTree& tree) {
  std::vector<bool> in_content(tree.size());
  for (NodeIndex i = 1; i < tree.size(); ++i) {
    const GumboTag tag = tree[i].tag;
    in_content[i] = in_content[tree[i].parent] || tag == GUMBO_TAG_MAIN || tag == GUMBO_TAG_ARTICLE ||
                    (tag != k_text_node && tree.attribute(i, "role") == "main");
  }
  return in_content;
}

void drop_unseen(PageTree& tree) {
  constexpr std::uint32_t k_long_hidden = 300;
  constexpr std::uint32_t k_long_textarea = 200;
  constexpr std::uint32_t k_short_aria_hidden = 40;
  walk(tree, [&](NodeIndex i) { tree[i].dropped = is_never_text(tree[i].tag); });
  const std::vector<TextWeight> weights = weigh(tree);
  walk(tree, [&](NodeIndex i) {
    const TextWeight& weight = weights[i];
    const bool is_content = weight.prose >= k_long_hidden && weight.link_chars * 2 < weight.chars &&
                            furniture_by_name(tree, i) != Furniture::consent;
    if (tree[i].tag == GUMBO_TAG_TEXTAREA) {
      tree[i].dropped = weight.chars < k_long_textarea;  // once the usual place of a licence
    } else if (is_hidden(tree, i)) {
      tree[i].dropped = !is_content;
    } else if (tree.attribute(i, "aria-hidden") == "true") {
      tree[i].dropped = weight.chars < k_short_aria_hidden && weight.headings == 0;
    } else if (tree[i].tag == GUMBO_TAG_BUTTON) {
      // An accordion's title is a button, within a heading or around it.
      const bool in_heading = is_heading(tree[tree[i].parent].tag) || weight.headings > 0;
      tree[i].dropped = !in_heading && weight.prose == 0;
    }
  });
}

bool is_furniture(Furniture kind, const TextWeight& weight, const TextWeight& page, bool in_content) {
  const std::uint32_t total = std::max(page.chars, 1U);
  const bool is_small = weight.prose * 10 <= page.prose && weight.chars * 4 <= total;
  switch (kind) {
    case Furniture::none:
      return false;
    case Furniture::filler:
      return weight.chars < 80 && weight.headings == 0;
    case Furniture::consent:
      return weight.chars * 3 <= total || (weight.prose * 3 <= page.prose && !in_content);
    case Furniture::navigation:
      if (weight.inner_chars * 2 > weight.chars) return false;  // a table of contents
      return weight.prose * 10 <= page.prose && (weight.is_link_dense() || is_small);
    case Furniture::margin:
      if (in_content) return is_small && weight.is_link_dense() && weight.headings == 0;
      return is_small;
  }
  return false;
}

void drop_furniture(PageTree& tree) {
  const std::vector<TextWeight> weights = weigh(tree);
  const std::vector<bool> in_content = nodes_in_content(tree);
  walk(tree, [&](NodeIndex i) {
    if (tree[i].tag == k_text_node || weights[i].chars == 0) return;
    tree[i].dropped = is_furniture(furniture_by_name(tree, i), weights[i], weights[0], in_content[i]);
  });
}

/// The lowest element that holds all that is not just links: step 3 of the contract.
NodeIndex content_root(const PageTree& tree, const std::vector<TextWeight>& weights) {
  NodeIndex root = 0;
  while (true) {
    NodeIndex best = 0;
    for_children(tree, root, [&](NodeIndex child) {
      if (weights[child].prose > 0 && (best == 0 || weights[child].prose > weights[best].prose)) best = child;
    });
    if (best == 0 || tree[best].tag == GUMBO_TAG_TABLE || tree[best].tag == GUMBO_TAG_UL ||
        tree[best].tag == GUMBO_TAG_OL || !is_block(tree[best].tag)) {
      return root;
    }
    bool only_links = true;
    for_children(tree, root, [&](NodeIndex child) {
      const TextWeight& weight = weights[child];
      only_links = only_links && (child == best || weight.chars == 0 ||
                                  (weight.is_link_dense() && weight.headings == 0 && weight.prose == 0));
    });
    if (!only_links) return root;
    root = best;
  }
}

void keep_only(PageTree& tree, NodeIndex root) {
  for (NodeIndex node = root; node != 0; node = tree[node].parent) {
    const NodeIndex parent = tree[node].parent;
    for_children(tree, parent, [&](NodeIndex child) {
      if (child != node) tree[child].dropped = true;
    });
  }
}

/// Blocks of links before the first and behind the last prose.
void drop_link_edges(PageTree& tree, const std::vector<TextWeight>& weights) {
  NodeIndex first = tree.size();
  NodeIndex last = 0;
  walk(tree, [&](NodeIndex i) {
    const bool stands_here = tree[i].tag != k_text_node && weights[i].prose > 0;
    if (!stands_here) return;
    std::uint32_t below = 0;
    for_children(tree, i, [&](NodeIndex child) { below += weights[child].prose; });
    if (below == weights[i].prose) return;
    first = std::min(first, i);
    last = std::max(last, tree[i].end - 1);
  });
  walk(tree, [&](NodeIndex i) {
    const TextWeight& weight = weights[i];
    const bool outside = tree[i].end <= first || i > last;
    tree[i].dropped = outside && is_block(tree[i].tag) && weight.links > 1 && weight.headings == 0 &&
                      (weight.link_chars - weight.inner_chars) * 10 >= weight.chars * 7;
  });
}

/// The page's title stays although it stands in a header: not when it is a logo, that is, all link.
void keep_first_heading(PageTree& tree, const std::vector<TextWeight>& visible) {
  std::optional<NodeIndex> first;
  for (NodeIndex i = 0; i < tree.size(); ++i) {
    if (tree[i].tag != GUMBO_TAG_H1 || visible[i].chars < 3) continue;
    bool dropped = false;
    for (NodeIndex node = i; node != 0; node = tree[node].parent)
      dropped = dropped || tree[node].dropped;
    if (!dropped) return;
    const bool is_candidate = visible[i].link_chars * 2 < visible[i].chars && visible[i].chars < 200;
    if (is_candidate && !first) first = i;
  }
  if (!first) return;
  for (NodeIndex node = *first; node != 0; node = tree[node].parent) {
    if (furniture_by_name(tree, node) == Furniture::consent) return;
  }
  NodeIndex top = *first;
  for (NodeIndex node = *first; node != 0; node = tree[node].parent) {
    if (tree[node].dropped) top = node;
  }
  for (NodeIndex node = *first; node != top; node = tree[node].parent) {
    for_children(tree, tree[node].parent, [&](NodeIndex child) {
      if (child != node) tree[child].dropped = true;
    });
    tree[node].dropped = false;
  }
  tree[top].dropped = false;
}

}  // namespace

Selection select_content(PageTree& tree) {
  drop_unseen(tree);
  const std::vector<TextWeight> visible = weigh(tree);
  if (visible[0].prose == 0) return Selection::whole_page;
  std::vector<bool> unseen(tree.size());
  for (NodeIndex i = 0; i < tree.size(); ++i)
    unseen[i] = tree[i].dropped;
  drop_furniture(tree);
  std::vector<TextWeight> weights = weigh(tree);
  keep_only(tree, content_root(tree, weights));
  weights = weigh(tree);
  drop_link_edges(tree, weights);
  if (weigh(tree)[0].prose * 2 < visible[0].prose) {
    for (NodeIndex i = 0; i < tree.size(); ++i)
      tree[i].dropped = unseen[i];
    return Selection::whole_page;
  }
  keep_first_heading(tree, visible);
  return Selection::main_content;
}

}  // namespace winnow
