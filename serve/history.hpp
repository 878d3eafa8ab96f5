// A series with its versions, and the paths under which pages and API have them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "serve/reader_pool.hpp"
#include "storage/store_reader.hpp"

namespace winnow::serve {

struct History {
  SeriesSummary series;
  std::vector<VersionSummary> versions;  ///< oldest first
};

/// Nothing when the text is no series' number, or the store has none of it.
[[nodiscard]] std::optional<History> read_history(Readers& readers, std::string_view series);
[[nodiscard]] History history_of(Readers& readers, SeriesSummary series);

/// How a version is named in a URL: by its first_seen, which stays when older versions are found. Of those
/// that begin in one second all but the first by their number, `n3`.
[[nodiscard]] std::string selector(const std::vector<VersionSummary>& versions, std::size_t index);

/// Its inverse; also a moment (`2015`, `20150521`), which stands for the version that was in force at its
/// end.
[[nodiscard]] std::optional<std::size_t> find_version(const std::vector<VersionSummary>& versions,
                                                      std::string_view selector);

[[nodiscard]] std::string site_path(std::string_view site);
[[nodiscard]] std::string series_path(SeriesId series);
[[nodiscard]] std::string version_path(const History& history, std::size_t index);
[[nodiscard]] std::string diff_path(const History& history, std::size_t older, std::size_t newer);

/// "2011-05-21 and 2012-01-03 (7 months)"; empty for a first version.
[[nodiscard]] std::string between(const VersionSummary& version);

/// What a version is called where its title stands: "soompi.com" when it has none.
[[nodiscard]] std::string heading(const std::string& title, const std::string& site);

}  // namespace winnow::serve
