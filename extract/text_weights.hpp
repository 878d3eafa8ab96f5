// How much text, link text and prose each node of a page holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "extract/page_tree.hpp"

namespace winnow {

/// Of a node with all below it that is not dropped. Counts are of visible characters: white space not
/// counted.
struct TextWeight {
  std::uint32_t chars = 0;
  std::uint32_t link_chars = 0;   ///< of them inside links; addresses (mailto:, tel:) are no links but text
  std::uint32_t inner_chars = 0;  ///< of them inside links to places of the same page (`#...`)
  std::uint32_t prose =
      0;  ///< of them in blocks with k_prose_block characters outside of links, at most 70 % inside
  std::uint32_t headings = 0;
  std::uint32_t heading_chars = 0;  ///< inside headings, and not inside links
  std::uint32_t links = 0;
  std::uint32_t passwords = 0;  ///< fields for one

  [[nodiscard]] bool is_link_dense() const { return (link_chars - inner_chars) * 5 >= chars * 3; }
};

inline constexpr std::uint32_t k_prose_block = 60;

/// One for each node, by index; zero for what is dropped.
[[nodiscard]] std::vector<TextWeight> weigh(const PageTree& tree);

}  // namespace winnow
