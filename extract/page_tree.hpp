// A parsed page as a flat list of its nodes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gumbo.h>

#include "extract/arena.hpp"

namespace winnow {

class Skeleton;

/// The tag of text nodes.
inline constexpr GumboTag k_text_node = GUMBO_TAG_LAST;

using NodeIndex = std::uint32_t;

struct PageNode {
  GumboTag tag = k_text_node;
  NodeIndex parent = 0;
  NodeIndex end = 0;                      ///< one behind its last descendant
  bool dropped = false;                   ///< it and all below it are not part of the text
  const GumboElement* element = nullptr;  ///< of an element
  std::string_view text;                  ///< of a text node: as parsed, white space and all
  std::uint32_t chars = 0;                ///< of a text node: visible_characters(text)
};

/// The nodes of a document in document order: a node's descendants are those from the next index up to its
/// `end`, its children are reached by hopping from `end` to `end`. Comments are not among them. Node 0 is
/// `<html>`. Nothing that walks it needs recursion on the page's depth, and nothing is deeper than
/// k_max_tree_depth.
class PageTree {
public:
  /// Parses UTF-8 that prune() made: the bounds that it keeps are what makes this safe. `html` must outlive
  /// it.
  explicit PageTree(std::string_view html);

  [[nodiscard]] std::vector<PageNode>& nodes() { return m_nodes; }
  [[nodiscard]] const std::vector<PageNode>& nodes() const { return m_nodes; }
  [[nodiscard]] const PageNode& operator[](NodeIndex index) const { return m_nodes[index]; }
  [[nodiscard]] PageNode& operator[](NodeIndex index) { return m_nodes[index]; }
  [[nodiscard]] NodeIndex size() const { return static_cast<NodeIndex>(m_nodes.size()); }

  /// An attribute's value with entities decoded; empty when it is not there.
  [[nodiscard]] std::string_view attribute(NodeIndex index, const char* name) const;
  [[nodiscard]] bool has_attribute(NodeIndex index, const char* name) const;

  /// The text of a node's whole subtree, dropped or not.
  [[nodiscard]] std::string text_of(NodeIndex index) const;

private:
  void flatten(const GumboNode* root, const Skeleton& skeleton);

  std::unique_ptr<Arena> m_arena;  ///< holds all that the nodes point to
  std::vector<PageNode> m_nodes;
};

/// Gumbo may nest deeper than what it was fed, by reopening formatting elements: beyond, nodes are raised.
inline constexpr unsigned k_max_tree_depth = 1024;

[[nodiscard]] bool is_block(GumboTag tag);
[[nodiscard]] bool is_heading(GumboTag tag);

/// Calls visit(index) for each child that is not dropped.
template <class Visit>
void for_children(const PageTree& tree, NodeIndex parent, Visit visit) {
  for (NodeIndex child = parent + 1; child < tree[parent].end; child = tree[child].end) {
    if (!tree[child].dropped) visit(child);
  }
}

}  // namespace winnow
