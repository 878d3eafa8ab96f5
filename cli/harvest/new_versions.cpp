#include "cli/harvest/new_versions.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/counted.hpp"
#include "cli/digits_or_null.hpp"
#include "model/printable.hpp"

namespace winnow::cli {
namespace {

/// Versions told one by one; of a history that was fetched as a whole only the latest are.
constexpr std::size_t k_told = 5;

}  // namespace

std::vector<VersionKey> added_versions(const std::vector<VersionKey>& before,
                                       const std::vector<VersionKey>& after) {
  using Words = std::pair<std::string, Sha256>;
  std::map<Words, std::int64_t> more;
  std::set<std::pair<Words, Timestamp>> known;
  for (const VersionKey& version : before) {
    --more[{version.site, version.words}];
    known.insert({{version.site, version.words}, version.first_seen});
  }
  for (const VersionKey& version : after)
    ++more[{version.site, version.words}];
  std::vector<VersionKey> added;
  for (const VersionKey& version : after) {
    const Words words{version.site, version.words};
    if (more[words] <= 0 || known.contains({words, version.first_seen})) continue;
    --more[words];
    added.push_back(version);
  }
  return added;
}

std::vector<SeriesNews> news(StoreReader& store, const std::vector<VersionKey>& added) {
  std::map<SeriesId, std::set<std::uint32_t>> numbers;
  for (const VersionKey& version : added)
    numbers[version.series].insert(version.number);
  std::vector<SeriesNews> news;
  if (numbers.empty()) return news;
  for (SeriesSummary& series : store.series_with_versions()) {
    const auto wanted = numbers.find(series.id);
    if (wanted == numbers.end()) continue;
    auto versions = store.versions(series.id);
    std::erase_if(versions,
                  [&](const VersionSummary& version) { return !wanted->second.contains(version.number); });
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
                                      {"changed_after", digits_or_null(version.changed_after)},
                                      {"words", version.word_count},
                                      {"text_sha256", version.text_sha256.hex()}};
      list.push_back(std::move(entry));
    }
  }
  return list;
}

}  // namespace winnow::cli
