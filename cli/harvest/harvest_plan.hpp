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
  std::uint64_t captures = 0;  ///< kept rows
  CaptureCount least;          ///< to fetch under the chosen selection
  CaptureCount most;           ///< the same, but under `changes`, where it depends on what the captures say
};

struct HarvestPlan {
  HarvestEnd end = HarvestEnd::done;
  std::string end_detail;
  std::optional<Timestamp> resume_after;  ///< refused: when to go on
  std::vector<TargetPlan> targets;
  CdxOddities oddities;
  RequestCounters requests;   ///< those that made the plan
  double minutes_of_cdx = 0;  ///< for the requests of a harvest, at the chosen rate; 0 when unlimited
  double least_minutes_of_replay = 0;
  double minutes_of_replay = 0;
};

/// Asks the index for every target. Memory does not grow with the rows.
[[nodiscard]] HarvestPlan plan_harvest(const HarvestOptions& options, const std::vector<Target>& targets);

[[nodiscard]] nlohmann::json to_json(const HarvestPlan& plan);
[[nodiscard]] std::string to_text(const HarvestPlan& plan);

}  // namespace winnow::cli
