// What a run has added to the store, as its reader wants to know it.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "storage/store_reader.hpp"
#include "storage/watch_reader.hpp"

namespace winnow::cli {

struct SeriesNews {
  SeriesSummary series;
  std::vector<VersionSummary> versions;  ///< new ones, oldest first
};

/// What `after` has and `before` has not, by site. Told by the words, and where they were there before by one
/// appearance more: numbers change as older captures come, series as pages are joined, and a version that
/// begins earlier than was known is none that is new.
[[nodiscard]] std::vector<VersionKey> added_versions(const std::vector<VersionKey>& before,
                                                     const std::vector<VersionKey>& after);

/// The same with all that is told of them.
[[nodiscard]] std::vector<SeriesNews> news(StoreReader& store, const std::vector<VersionKey>& added);

/// A person's table; nothing when there is no news.
[[nodiscard]] std::string to_text(const std::vector<SeriesNews>& news);
[[nodiscard]] nlohmann::ordered_json to_json(const std::vector<SeriesNews>& news);

}  // namespace winnow::cli
