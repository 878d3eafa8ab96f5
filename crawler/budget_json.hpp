// A budget's state as it is kept between processes and runs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crawler/boot_clock.hpp"
#include "crawler/budget_state.hpp"

namespace winnow {

/// One line of JSON, then a line feed:
///
///   {"format": 1,
///    "boot": "3f6c...",                    boot_id() of the machine when it was written
///    "at": [N, W],                         when: BootClock, and microseconds since 1970
///    "cdx": {"next": N, "share": 0.5, "since": N}, "replay": {...},
///    "paused_until": N, "pauses": 0, "trial": false, "trial_until": N,
///    "last_429": N or null, "refusing": false, "refused_until": N, "refusals": 0}
///
/// N is microseconds of BootClock. Fields as in BudgetState; more may be added, none changed.
[[nodiscard]] std::string to_json(const BudgetState& state, const Clocks& clocks);

/// What such a line means now; what stands behind its line feed is ignored. Nothing when it is no such line.
/// A state from before the machine was started anew (or from another one) is moved by the time that has
/// passed since on the wall clock. When that was set back meanwhile, no time counts as passed: a wait is as
/// long as it was, never longer.
[[nodiscard]] std::optional<BudgetState> parse_budget_state(std::string_view text, const Clocks& clocks);

}  // namespace winnow
