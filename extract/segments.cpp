#include "extract/segments.hpp"

#include <string_view>

#include "model/headers.hpp"

namespace winnow {
namespace {

bool ends_in_colon(std::string_view text) {
  const std::string_view words = trim(text);
  return words.ends_with(':') || words.ends_with("：");
}

}  // namespace

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
      segment.ends_in_colon = ends_in_colon(tree[segment.last].text);
      segment.announces = segment.announces || segment.ends_in_colon;
    } else {
      ++segment.link_lines;
      segment.ends_in_colon = false;
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

}  // namespace winnow
