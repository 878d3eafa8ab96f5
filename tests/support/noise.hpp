// Bytes that nothing makes smaller.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace winnow::test {

/// Each byte as likely as any other, the same in every run.
inline std::string noise(std::size_t size) {
  std::string bytes;
  std::uint32_t state = 1;
  while (bytes.size() < size) {
    state = state * 1664525U + 1013904223U;
    bytes += static_cast<char>(state >> 24U);
  }
  return bytes;
}

}  // namespace winnow::test
