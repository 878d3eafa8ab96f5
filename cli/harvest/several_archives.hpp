// The same targets harvested from several archives, told in one report.
#pragma once

#include <functional>
#include <vector>

#include "cli/archive_options.hpp"
#include "cli/harvest/harvest.hpp"
#include "cli/harvest/harvest_plan.hpp"

namespace winnow::cli {

/// An archive whose dialect is known, unless it can't be asked now, and what it is asked for.
struct AskedArchive {
  HarvestOptions options;
  std::vector<Target> targets;
  SettledDialect settled;
};

/// The same harvest of each archive.
[[nodiscard]] std::vector<HarvestOptions> of_each(std::vector<ClientOptions> archives,
                                                  const HarvestOptions& harvest);

/// Finds out the dialects that nobody told. An archive without targets is left out. Throws UsageError, before
/// anything is fetched, when an archive answers in none, or can't be asked for one of its targets.
[[nodiscard]] std::vector<AskedArchive> settle_archives(
    std::vector<HarvestOptions> archives,
    const std::function<std::vector<Target>(const Archive&)>& targets_of);

/// One archive after the other, in the order given: so a body that one has brought is not asked of the next
/// when their indexes give it the same digest. An archive that refuses us or can't be reached keeps none of
/// the others from being asked; an interrupt ends all. The report tells the first that did not come to its
/// end. Their options' bounds are those of all together. \pre store.begin_run() was called
[[nodiscard]] HarvestReport harvest_each(Store& store, const std::vector<AskedArchive>& archives,
                                         const std::function<void(const HarvestProgress&)>& show);

/// What harvest_each() would ask for; a body that two archives have counts twice.
[[nodiscard]] HarvestPlan plan_each(const std::vector<AskedArchive>& archives);

}  // namespace winnow::cli
