// When the ledger lets something be asked for again, in SQL. For storage/*.cpp only.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

namespace winnow::storage {

/// Whether the retry rule of the entry `l` does not let go yet; `now` is the parameter with the time (`?5`).
[[nodiscard]] inline std::string rests(std::string_view now) {
  return fmt::format("(l.retry = 'never' OR (l.retry = 'later' AND l.retry_at > {}))", now);
}

/// Likewise for a run, which asks for nothing twice; `run` is the parameter with its number.
[[nodiscard]] inline std::string rests_for_run(std::string_view run, std::string_view now) {
  return fmt::format("(l.run_id IS {} OR {})", run, rests(now));
}

}  // namespace winnow::storage
