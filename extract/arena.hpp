// Memory for one parse tree, given back at once.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace winnow {

/// Hands out memory that lives as long as the arena. Gumbo frees its trees recursively and piece by piece;
/// from an arena nothing need be freed, which takes a fifth off a parse and the recursion out of it.
class Arena {
public:
  /// Aligned for any type. Ends the program when the machine has no memory left: the caller is a C library
  /// that an exception must not cross.
  [[nodiscard]] void* allocate(std::size_t size) noexcept;

private:
  std::vector<std::unique_ptr<std::byte[]>> m_blocks;
  std::byte* m_free = nullptr;
  std::size_t m_left = 0;
};

}  // namespace winnow
