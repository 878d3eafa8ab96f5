// What was discovered, handed to a store.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/date_option.hpp"
#include "cli/discover/discovery.hpp"
#include "crawler/archive.hpp"
#include "storage/store.hpp"

namespace winnow::cli {

/// Enters the pages, each with the index rows of its first and last capture and with what was read of it, and
/// joins them to series: what a backfill fetches of them then runs along the series. Pages that only look
/// like the policy by their URL go on the ledger. Where all questions were answered the site counts as looked
/// through in these dates. `path` is the store's.
/// \pre the archive's dialect is known
Recorded keep_discovery(Store& store, const std::filesystem::path& path, const Archive& archive,
                        const SiteDiscovery& found, const DateRange& dates);

/// Pages that the site's listing by URL does not bring.
[[nodiscard]] std::vector<std::string> pages_beside_listing(const SiteDiscovery& found);

}  // namespace winnow::cli
