// Numbers of things, in words for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace winnow::cli {

/// "1 page", "2 pages". The plural is given where it is not the singular with an s.
[[nodiscard]] inline std::string counted(std::uint64_t count, std::string_view singular,
                                         std::string_view plural = {}) {
  if (count == 1) return fmt::format("1 {}", singular);
  return plural.empty() ? fmt::format("{} {}s", count, singular) : fmt::format("{} {}", count, plural);
}

}  // namespace winnow::cli
