#include "cli/harvest/new_versions.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/counted.hpp"
#include "model/printable.hpp"

namespace winnow::cli {
namespace {

/// Versions told one by one; of a history that was fetched as a whole only the latest are.
constexpr std::size_t k_told = 5;

}  // namespace

VersionCounts count_versions(StoreReader& store) {
  VersionCounts counts;
  for (const SeriesSummary& series : store.series_with_versions())
    counts[series.id] = series.versions;
  return counts;
}

std::vector<SeriesNews> new_versions(StoreReader& store, const VersionCounts& before) {
  std::vector<SeriesNews> news;
  for (SeriesSummary& series : store.series_with_versions()) {
    const auto known = before.find(series.id);
    const std::uint32_t had = known == before.end() ? 0 : known->second;
    if (series.versions <= had) continue;
    auto versions = store.versions(series.id);
    versions.erase(versions.begin(), versions.begin() + had);
    news.push_back({std::move(series), std::move(versions)});
  }
  return news;
}

std::string to_text(const std::vector<SeriesNews>& news) {
  std::string out;
  for (const auto& [series, versions] : news) {
    out +=
        fmt::format("{}  {}\n", printable(series.pages.back().url), counted(versions.size(), "new version"));
    const std::size_t skipped = versions.size() > k_told ? versions.size() - k_told : 0;
    if (skipped > 0) out += fmt::format("  ... {} before\n", skipped);
    for (std::size_t i = skipped; i < versions.size(); ++i) {
      const VersionSummary& version = versions[i];
      const std::string when = version.changed_after
                                   ? fmt::format("changed between {} and {}", version.changed_after->date(),
                                                 version.first_seen.date())
                                   : fmt::format("first seen {}", version.first_seen.date());
      out += fmt::format("  version {}  {}, {}\n", version.number, when, counted(version.word_count, "word"));
    }
  }
  return out;
}

nlohmann::ordered_json to_json(const std::vector<SeriesNews>& news) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const auto& [series, versions] : news) {
    for (const VersionSummary& version : versions) {
      nlohmann::ordered_json entry = {{"site", series.site},
                                      {"series", series.name},
                                      {"url", series.pages.back().url},
                                      {"version", version.number},
                                      {"first_seen", version.first_seen.digits()},
                                      {"changed_after", nullptr},
                                      {"words", version.word_count},
                                      {"text_sha256", version.text_sha256.hex()}};
      if (version.changed_after) entry["changed_after"] = version.changed_after->digits();
      list.push_back(std::move(entry));
    }
  }
  return list;
}

}  // namespace winnow::cli
