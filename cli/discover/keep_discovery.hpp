// What was discovered, handed to a store, and taken up by the next backfill.
#pragma once

#include <filesystem>
#include <vector>

#include "cli/discover/discovery.hpp"
#include "crawler/archive.hpp"
#include "seeds/target.hpp"
#include "storage/store.hpp"

namespace winnow::cli {

/// Enters the pages, each with the index rows of its first and last capture, and joins them to series.
void keep_discovery(Store& store, const Archive& archive, const SiteDiscovery& found);

/// `targets`, and behind each site those of its pages that the store knows and the site's own index query
/// would not bring, since their URLs do not look like a policy's: a homepage's link or a redirect led there.
/// As they are where there is no such file.
[[nodiscard]] std::vector<Target> with_known_pages(std::vector<Target> targets,
                                                   const std::filesystem::path& store);

}  // namespace winnow::cli
