// What is asked of an archive for a site: its listing by URL, the pages of its policy that this does not
// bring, and what to leave out of it.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/harvest/harvest.hpp"
#include "crawler/archive_client.hpp"
#include "storage/store.hpp"

namespace winnow::cli {

struct SitePages {
  /// Those given, and behind a site its further pages; each page once, however it is spelt.
  std::vector<Target> targets;
  std::set<std::string> refused;  ///< urlkeys that only look like a policy's
  std::set<std::string> found;    ///< sites whose policy has pages of its own among the targets
  std::set<std::string> unknown;  ///< sites that were not looked through yet
  bool answered = true;           ///< no question about a site failed
  RequestCounters requests;       ///< spent on looking
  Recorded recorded;              ///< what was read on the way, and is held now
  std::optional<Failure> closed;  ///< the archive is not to be asked any more
};

/// As far as the store knows; without one nothing is known. Asks nobody.
[[nodiscard]] SitePages known_site_pages(const HarvestOptions& options, const std::vector<Target>& targets);

/// Looks through the sites that are unknown, first. What was found is kept, site by site. A run that may not
/// send k_most_discovery_requests more looks through none. `show` is called for each.
[[nodiscard]] SitePages find_site_pages(Store& store, const HarvestOptions& options,
                                        const std::vector<Target>& targets,
                                        const std::function<void(const HarvestProgress&)>& show);

}  // namespace winnow::cli
