// Spans of time on the command line.
#pragma once

#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "model/error.hpp"

namespace winnow::cli {

/// `90s`, `30m`, `2h`, `1d`. Throws UsageError, which names the option, when it is no such span.
[[nodiscard]] inline std::chrono::seconds parse_duration_option(std::string_view option,
                                                                std::string_view text) {
  constexpr int k_longest = 1'000'000;
  int count = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const bool is_count = problem == std::errc() && count > 0 && count <= k_longest;
  if (is_count && unit == "s") return std::chrono::seconds(count);
  if (is_count && unit == "m") return std::chrono::minutes(count);
  if (is_count && unit == "h") return std::chrono::hours(count);
  if (is_count && unit == "d") return std::chrono::days(count);
  throw usage_error("{} {}: write a number up to {} and s, m, h or d (30m, 2h)", option, text, k_longest);
}

}  // namespace winnow::cli
