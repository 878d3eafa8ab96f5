// What a run has added to the store, as its reader wants to know it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "storage/store_reader.hpp"

namespace winnow::cli {

using VersionCounts = std::map<SeriesId, std::uint32_t>;
[[nodiscard]] VersionCounts count_versions(StoreReader& store);

struct SeriesNews {
  SeriesSummary series;
  std::vector<VersionSummary> versions;  ///< the latest, as many as there are more; oldest first
};

/// The series that have more versions than they had.
[[nodiscard]] std::vector<SeriesNews> new_versions(StoreReader& store, const VersionCounts& before);

/// A person's table; nothing when there is no news.
[[nodiscard]] std::string to_text(const std::vector<SeriesNews>& news);
[[nodiscard]] nlohmann::ordered_json to_json(const std::vector<SeriesNews>& news);

}  // namespace winnow::cli
