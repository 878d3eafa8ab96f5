// --captures: which captures of a page are fetched.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "model/error.hpp"
#include "model/selection.hpp"

namespace winnow::cli {

inline void add_captures_option(CLI::App& sub, std::string& captures) {
  sub.add_option(
         "--captures", captures,
         "unique: one of each distinct digest of a page; all: every capture; changes: as many as date every "
         "change of the words by two neighbours, by bisection (what changed and changed back between two "
         "that say the same is missed, and counted as unread); every:PERIOD: the nearest to the middle of "
         "each period (7d, 6mo, 1y); changes,every:PERIOD: both")
      ->type_name("WHICH")
      ->capture_default_str();
}

/// Throws UsageError when it is no selection.
[[nodiscard]] inline Selection parse_captures(const std::string& text) {
  const auto selection = Selection::parse(text);
  if (!selection) {
    throw usage_error(
        "--captures {}: write unique, all, changes, every:PERIOD or changes,every:PERIOD; a PERIOD "
        "is a number of days, months or years (7d, 6mo, 1y)",
        text);
  }
  return *selection;
}

}  // namespace winnow::cli
