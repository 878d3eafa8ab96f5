#include "extract/arena.hpp"

#include <algorithm>

namespace winnow {

void* Arena::allocate(std::size_t size) noexcept {
  constexpr std::size_t k_align = alignof(std::max_align_t);
  constexpr std::size_t k_block = std::size_t{256} * 1024;
  size = (std::max<std::size_t>(size, 1) + k_align - 1) / k_align * k_align;
  if (size > m_left) {
    const std::size_t block = std::max(size, k_block);
    // Not make_unique: that would clear every block.
    m_blocks.emplace_back(new std::byte[block]);
    if (block > k_block) return m_blocks.back().get();
    m_free = m_blocks.back().get();
    m_left = block;
  }
  void* const given = m_free;
  m_free += size;
  m_left -= size;
  return given;
}

}  // namespace winnow
