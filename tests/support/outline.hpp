// A page's tags and texts in document order, as gumbo itself parses them and as a PageTree has them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gumbo.h>

#include "extract/page_tree.hpp"

namespace winnow::test {

/// No promises of time: for pages that prune() has bounded, or real ones.
inline std::string outline_by_gumbo(std::string_view html) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  GumboOutput* const parsed = gumbo_parse_with_options(&options, html.data(), html.size());
  std::string out;
  std::vector<const GumboNode*> nodes = {parsed->root};
  while (!nodes.empty()) {
    const GumboNode* const node = nodes.back();
    nodes.pop_back();
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
      out += '<' + std::to_string(node->v.element.tag) + '>';
      const GumboVector& children = node->v.element.children;
      for (unsigned i = children.length; i-- > 0;)
        nodes.push_back(static_cast<const GumboNode*>(children.data[i]));
    } else if (node->type != GUMBO_NODE_COMMENT) {
      (out += node->v.text.text) += '|';
    }
  }
  gumbo_destroy_output(&options, parsed);
  return out;
}

inline std::string outline_of(const PageTree& tree) {
  std::string out;
  for (const PageNode& node : tree.nodes()) {
    if (node.tag == k_text_node) {
      (out += node.text) += '|';
    } else {
      out += '<' + std::to_string(node.tag) + '>';
    }
  }
  return out;
}

}  // namespace winnow::test
