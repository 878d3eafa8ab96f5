#include "extract/main_content.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "extract/characters.hpp"
#include "extract/dialogs.hpp"
#include "extract/edges.hpp"
#include "extract/facts/claimed_date.hpp"
#include "extract/furniture.hpp"
#include "extract/furniture_names.hpp"
#include "extract/panel_titles.hpp"
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

/// In what shows or hides its words to be read aloud, a phrase for those who cannot see.
void drop_fillers(PageTree& tree) {
  constexpr NodeIndex k_few = 8;
  walk(tree, [&](NodeIndex i) {
    const GumboTag tag = tree[i].tag;
    if (tag != k_text_node) {  // `Back to <b></b>the top`
      const bool is_small = tree[i].end - i > 2 && tree[i].end - i <= k_few;
      if (is_small && !is_block(tag)) tree[i].dropped = is_filler_phrase(tree.text_of(i));
      return;
    }
    if (!is_filler_phrase(tree[i].text)) return;
    const GumboTag around = tree[tree[i].parent].tag;
    tree[i].dropped = !is_block(around) || is_heading(around);
  });
}

/// Whether a hidden block is what a click on the thing before it shows: an accordion's panel below its title,
/// a tab's. Everything else that hides is a message, a menu or a form that waits.
/// `before` is the element with text that precedes it, 0 for none.
bool is_closed_panel(const PageTree& tree, NodeIndex panel, NodeIndex before,
                     const std::vector<TextWeight>& weights) {
  if (tree.attribute(panel, "role") == "tabpanel") return true;
  if (before == 0) return false;
  const GumboTag tag = tree[before].tag;
  if (is_heading(tag) || tag == GUMBO_TAG_BUTTON || tag == GUMBO_TAG_DT || tag == GUMBO_TAG_SUMMARY)
    return true;
  const std::string_view role = tree.attribute(before, "role");
  // The title in a block of its own.
  return role == "button" || role == "tab" || (weights[before].headings > 0 && weights[before].prose == 0);
}

/// What labels a list to choose from goes with it: "Other sites of ours:".
void drop_label_of(PageTree& tree, NodeIndex select, const std::vector<TextWeight>& weights) {
  constexpr std::uint32_t k_longest = 40;
  constexpr unsigned k_levels = 8;
  NodeIndex around = tree[select].parent;
  for (unsigned level = 0; level < k_levels && around != 0 && !is_block(tree[around].tag); ++level)
    around = tree[around].parent;
  const GumboTag tag = tree[around].tag;
  if (!is_block(tag) || tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_HTML || is_heading(tag)) return;
  const TextWeight& weight = weights[around];
  if (weight.chars <= k_longest && weight.links == 0 && weight.headings == 0) tree[around].dropped = true;
}

void drop_unseen(PageTree& tree) {
  constexpr std::uint32_t k_long_hidden = 300;
  constexpr std::uint32_t k_long_textarea = 100;
  constexpr std::uint32_t k_short_aria_hidden = 40;
  walk(tree,
       [&](NodeIndex i) { tree[i].dropped = is_never_text(tree[i].tag) && tree[i].tag != GUMBO_TAG_INPUT; });
  drop_fillers(tree);
  write_image_titles(tree);
  std::vector<TextWeight> weights = weigh(tree);
  if (mark_panel_titles(tree, weights)) weights = weigh(tree);
  for (NodeIndex i = 1; i < tree.size(); ++i) {
    if (tree[i].tag == GUMBO_TAG_SELECT) drop_label_of(tree, i, weights);
  }
  std::vector<NodeIndex> last_child(tree.size());  // of those with text that were walked over
  walk(tree, [&](NodeIndex i) {
    const TextWeight& weight = weights[i];
    if (tree[i].tag == k_text_node) return;
    const NodeIndex before = weight.chars > 0 ? std::exchange(last_child[tree[i].parent], i) : 0;
    if (tree[i].tag == GUMBO_TAG_TEXTAREA) {
      // Once the usual place of a licence.
      const bool is_to_read = tree.has_attribute(i, "readonly") || tree.has_attribute(i, "disabled");
      tree[i].dropped = weight.chars < (is_to_read ? k_prose_block : k_long_textarea);
      const bool has_lines = trim(tree.text_of(i)).find('\n') != std::string_view::npos;
      if (!tree[i].dropped && !has_lines) tree[i].tag = GUMBO_TAG_P;
    } else if (is_hidden(tree, i)) {
      const bool is_text = weight.prose >= k_long_hidden || (weight.prose > 0 && weight.passwords == 0 &&
                                                             is_closed_panel(tree, i, before, weights));
      tree[i].dropped = !is_text || weight.link_chars * 2 >= weight.chars ||
                        furniture_by_name(tree, i) >= Furniture::notice;
    } else if (tree[i].tag == GUMBO_TAG_BUTTON) {
      // An accordion's title is a button, within a heading or around it.
      const bool in_heading = is_heading(tree[tree[i].parent].tag) || weight.headings > 0;
      tree[i].dropped = !in_heading && weight.prose == 0;
    } else if (tree.attribute(i, "aria-hidden") == "true") {
      tree[i].dropped = weight.chars < k_short_aria_hidden && weight.headings == 0 && weight.passwords == 0;
    }
  });
}

/// How many `<textarea>` begin before each node.
std::vector<std::uint32_t> count_textareas(const PageTree& tree) {
  std::vector<std::uint32_t> counts(tree.size() + 1);
  for (NodeIndex i = 0; i < tree.size(); ++i)
    counts[i + 1] = counts[i] + (tree[i].tag == GUMBO_TAG_TEXTAREA ? 1 : 0);
  return counts;
}

/// "Send us a message": labels around a place to write in.
bool is_message_form(Furniture kind, const TextWeight& weight) {
  constexpr std::uint32_t k_short = 300;
  return kind == Furniture::form && weight.prose == 0 && weight.chars < k_short;
}

bool is_furniture(Furniture kind, const TextWeight& weight, const TextWeight& page, bool in_content) {
  constexpr std::uint32_t k_short = 500;
  const std::uint32_t total = std::max(page.chars, 1U);
  const bool is_small = weight.prose * 10 <= page.prose && weight.chars * 4 <= total;
  switch (kind) {
    case Furniture::none:
    case Furniture::dialog:
    case Furniture::notice:
    case Furniture::consent:
      return false;  // these went before
    case Furniture::filler:
      return weight.chars < 80 && weight.headings == 0;
    case Furniture::feedback:
      return weight.chars < k_short && is_small;
    case Furniture::form:
      return weight.passwords > 0 && (is_small || (!in_content && weight.chars * 4 <= total));
    case Furniture::navigation:
      if (weight.inner_chars * 2 > weight.chars) return false;  // a table of contents
      return weight.prose * 10 <= page.prose && (weight.is_link_dense() || is_small);
    case Furniture::margin:
      if (in_content) return is_small && weight.is_link_dense() && weight.headings == 0;
      return is_small;
  }
  return false;
}

/// "Last updated: 1 May 2010", a footer with nothing else in it.
bool is_claimed_date(const PageTree& tree, NodeIndex i, const TextWeight& weight) {
  constexpr std::uint32_t k_longest = 80;
  if (weight.chars > k_longest || weight.links > 0) return false;
  // No text before it, and the date alone would do: a newspaper's header has today's.
  return find_claimed_date("- " + in_one_line(tree.text_of(i)), "en").has_value();
}

void drop_furniture(PageTree& tree, const std::vector<TextWeight>& weights,
                    const std::vector<bool>& in_content) {
  const std::vector<std::uint32_t> textareas = count_textareas(tree);
  unsigned dates_left = 100;  ///< blocks that may be asked for one: it takes its time
  walk(tree, [&](NodeIndex i) {
    if (tree[i].tag == k_text_node || weights[i].chars == 0) return;
    const Furniture kind = furniture_by_name(tree, i);
    if (kind == Furniture::none) return;
    const GumboTag around = tree[tree[i].parent].tag;
    // The word beside a tick or a cross in a table is for everybody.
    if (kind == Furniture::filler && (around == GUMBO_TAG_TD || around == GUMBO_TAG_TH)) return;
    if (kind == Furniture::margin && dates_left > 0) {
      --dates_left;
      if (is_claimed_date(tree, i, weights[i])) return;
    }
    const bool has_textarea = textareas[tree[i].end] > textareas[i];
    tree[i].dropped = is_furniture(kind, weights[i], weights[0], in_content[i]) ||
                      (has_textarea && is_message_form(kind, weights[i]));
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
    if (furniture_by_name(tree, node) >= Furniture::notice) return;
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

namespace {

std::vector<bool> dropped_nodes(const PageTree& tree) {
  std::vector<bool> dropped(tree.size());
  for (NodeIndex i = 0; i < tree.size(); ++i)
    dropped[i] = tree[i].dropped;
  return dropped;
}

void restore(PageTree& tree, const std::vector<bool>& dropped) {
  for (NodeIndex i = 0; i < tree.size(); ++i)
    tree[i].dropped = dropped[i];
}

}  // namespace

ContentExtent select_content(PageTree& tree) {
  drop_unseen(tree);
  const std::vector<TextWeight> visible = weigh(tree);
  if (visible[0].prose == 0) return ContentExtent::whole_page;
  const std::vector<bool> in_content = nodes_in_content(tree);
  std::vector<TextWeight> weights = visible;
  if (drop_dialogs(tree, visible, in_content)) weights = weigh(tree);
  const std::uint32_t half = weights[0].prose / 2;
  const std::vector<bool> whole = dropped_nodes(tree);
  drop_furniture(tree, weights, in_content);
  weights = weigh(tree);
  if (weights[0].prose < half) {
    restore(tree, whole);
    return ContentExtent::whole_page;
  }
  keep_only(tree, content_root(tree, weights));
  drop_edges(tree, in_content);
  keep_first_heading(tree, visible);
  return ContentExtent::main_content;
}

}  // namespace winnow
