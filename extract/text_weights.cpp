#include "extract/text_weights.hpp"

#include "model/headers.hpp"

namespace winnow {
namespace {

enum class Inside : std::uint8_t { text, link, inner_link };

Inside inside_of_link(const PageTree& tree, NodeIndex i) {
  const std::string_view href = trim(tree.attribute(i, "href"));
  const auto is_scheme = [href](std::string_view scheme) {
    return iequals(href.substr(0, scheme.size()), scheme);
  };
  if (is_scheme("mailto:") || is_scheme("tel:") || !tree.has_attribute(i, "href")) return Inside::text;
  // "#x", and the page's own URL written before it; a forum's "topic?id=1#post2" leads elsewhere.
  const bool is_inner = href.find('#') != std::string_view::npos && href.find('?') == std::string_view::npos;
  return is_inner ? Inside::inner_link : Inside::link;
}

}  // namespace

std::vector<TextWeight> weigh(const PageTree& tree) {
  const std::size_t size = tree.nodes().size();
  std::vector<TextWeight> weights(size);
  // Text that stands in a block itself, not in a block inside of it.
  std::vector<std::uint32_t> own(size);
  std::vector<std::uint32_t> own_linked(size);
  std::vector<NodeIndex> block(size);
  std::vector<Inside> inside(size, Inside::text);
  std::vector<bool> in_heading(size);
  for (NodeIndex i = 0; i < size;) {
    const PageNode& node = tree[i];
    if (node.dropped) {
      i = node.end;
      continue;
    }
    block[i] = i == 0 || is_block(node.tag) ? i : block[node.parent];
    inside[i] = i == 0 ? Inside::text : inside[node.parent];
    in_heading[i] = is_heading(node.tag) || (i != 0 && in_heading[node.parent]);
    if (node.tag == GUMBO_TAG_A) {
      inside[i] = inside_of_link(tree, i);
      weights[i].links = inside[i] == Inside::text ? 0 : 1;
    }
    if (is_heading(node.tag)) weights[i].headings = 1;
    if (node.tag == GUMBO_TAG_INPUT)
      weights[i].passwords = iequals(tree.attribute(i, "type"), "password") ? 1 : 0;
    if (node.tag == k_text_node) {
      const std::uint32_t chars = node.chars;
      weights[i].chars = chars;
      own[block[i]] += chars;
      if (inside[i] != Inside::text) {
        weights[i].link_chars = chars;
        own_linked[block[i]] += chars;
      } else if (in_heading[i]) {
        weights[i].heading_chars = chars;
      }
      if (inside[i] == Inside::inner_link) weights[i].inner_chars = chars;
    }
    ++i;
  }
  for (NodeIndex i = size; i-- > 0;) {
    TextWeight& weight = weights[i];
    const bool is_prose = own[i] - own_linked[i] >= k_prose_block && own_linked[i] * 10 <= own[i] * 7;
    if (block[i] == i && is_prose) weight.prose += own[i];
    // A heading without text is none.
    if (weight.chars == 0) weight.headings = 0;
    if (i == 0) break;
    TextWeight& parent = weights[tree[i].parent];
    parent.chars += weight.chars;
    parent.link_chars += weight.link_chars;
    parent.inner_chars += weight.inner_chars;
    parent.prose += weight.prose;
    parent.headings += weight.headings;
    parent.heading_chars += weight.heading_chars;
    parent.links += weight.links;
    parent.passwords += weight.passwords;
  }
  return weights;
}

}  // namespace winnow
