// A harvest from the sites themselves, as they are now: no index, no frontier, one capture a page.
//
//   threads, each with the pages of a site at a time (LiveWorker) --LiveAnswer--> this thread: the store
#pragma once

#include <functional>
#include <vector>

#include "cli/harvest/harvest.hpp"
#include "cli/harvest/harvest_plan.hpp"

namespace winnow::cli {

/// Fetches what the targets stand for (live_pages.hpp) and stores each page as soon as it is had: a capture
/// of this moment, or an entry on the ledger under the page's URL. Runs to the end, to the options' bounds or
/// until interrupted(). Dates and selection mean nothing here. \pre is_live(options.client.archive),
/// store.begin_run() was called
[[nodiscard]] HarvestReport harvest_live(Store& store, const HarvestOptions& options,
                                         const std::vector<Target>& targets,
                                         const std::function<void(const HarvestProgress&)>& show);

/// What it would ask for: each page, robots.txt of each host, the homepage of a site that is not known.
/// Redirects come on top, and http where https does not answer.
[[nodiscard]] HarvestPlan plan_live(const HarvestOptions& options, const std::vector<Target>& targets);

}  // namespace winnow::cli
