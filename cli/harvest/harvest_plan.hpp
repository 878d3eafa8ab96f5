// `backfill --dry-run`: what a harvest would ask for, from the index alone. Writes nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "cli/harvest/harvest.hpp"
#include "cli/harvest/wanted_counter.hpp"

namespace winnow::cli {

struct TargetPlan {
  TargetReport report;
  std::uint64_t captures = 0;   ///< kept rows
  std::uint64_t held = 0;       ///< of them, in the store already, or with the digest of one that is
  std::uint64_t on_ledger = 0;  ///< of them, not to be asked for again yet
  CaptureCount least;           ///< to fetch under the chosen selection
  CaptureCount most;            ///< the same, but under `changes`, where it depends on what the captures say
};

struct HarvestPlan {
  HarvestEnd end = HarvestEnd::done;
  std::string end_detail;
  std::optional<Timestamp> resume_after;  ///< refused: when to go on
  std::vector<TargetPlan> targets;
  CdxOddities oddities;
  RequestCounters requests;          ///< those that made the plan
  std::uint64_t other_requests = 0;  ///< of live sites, beside those for captures: robots.txt, homepages
  /// For the requests of a harvest, as the archive's budget stands: 0 without a limit. Both kinds go on at a
  /// time.
  double minutes_of_cdx = 0;
  double least_minutes_of_replay = 0;
  double minutes_of_replay = 0;
};

/// Asks the index for every target, and the store, if there is one, what it has. Memory does not grow with
/// the rows.
[[nodiscard]] HarvestPlan plan_harvest(const HarvestOptions& options, const std::vector<Target>& targets);

[[nodiscard]] nlohmann::json to_json(const HarvestPlan& plan);
[[nodiscard]] std::string to_text(const HarvestPlan& plan);

}  // namespace winnow::cli
