// Rates on the command line and in the config file.
#pragma once

#include <cmath>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

namespace winnow::cli {

/// Requests a minute, 0 for no limit. Nothing when it is no such number.
[[nodiscard]] inline std::optional<double> parse_rate(const std::string& text) {
  double rate = 0;
  if (!CLI::detail::lexical_cast(text, rate) || !std::isfinite(rate) || rate < 0) return std::nullopt;
  return rate;
}

/// CLI11's own prints its bounds, of which the upper one has 309 digits.
inline const CLI::Validator k_rate(
    [](const std::string& text) {
      return parse_rate(text) ? std::string() : text + " is no rate: a number from 0 up";
    },
    "", "rate");

}  // namespace winnow::cli
