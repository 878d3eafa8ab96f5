// What was discovered, handed to a store.
#pragma once

#include "cli/discover/discovery.hpp"
#include "crawler/archive.hpp"
#include "storage/store.hpp"

namespace winnow::cli {

/// Enters the pages, each with the index rows of its first and last capture, and joins them to series: what a
/// backfill fetches of them then runs along the series. \pre the archive's dialect is known
void keep_discovery(Store& store, const Archive& archive, const SiteDiscovery& found);

}  // namespace winnow::cli
