// What several archives know of one site, told as one.
#pragma once

#include <string>
#include <vector>

#include "cli/discover/discovery.hpp"

namespace winnow::cli {

struct ArchiveDiscovery {
  std::string archive;  ///< its name
  SiteDiscovery found;
};

/// A page is one page whichever archives have it: judged again by all that was read of it, from its first
/// capture to its last, and each way in which it was found names its archive. Pages that one archive alone
/// knows stand beside them, and take over from each other across archives. Failures name their archive too.
/// \pre not empty; all of one site
[[nodiscard]] SiteDiscovery merge(std::vector<ArchiveDiscovery> parts);

}  // namespace winnow::cli
