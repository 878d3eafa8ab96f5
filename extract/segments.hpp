// A page's text in pieces that stand apart from each other.
#pragma once

#include <cstdint>
#include <vector>

#include "extract/page_tree.hpp"
#include "extract/text_weights.hpp"

namespace winnow {

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
  bool ends_in_colon = false;     ///< its last line does so
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

/// The segments of what is not dropped, in the order of the page. `weights` are weigh()'s.
[[nodiscard]] std::vector<Segment> segments_of(const PageTree& tree, const std::vector<TextWeight>& weights);

}  // namespace winnow
