#include "cli/discover/keep_discovery.hpp"

#include <set>
#include <utility>

#include "crawler/policy_url.hpp"
#include "storage/store_reader.hpp"

namespace winnow::cli {

void keep_discovery(Store& store, const Archive& archive, const SiteDiscovery& found) {
  std::vector<ListedCapture> rows;
  for (const Candidate& page : found.pages) {
    for (const Capture& capture : page.listed)
      rows.push_back({capture, page.confidence});
  }
  store.add_captures(store.archive(archive.base_url, name(archive.dialect.value())), rows);
  store.join(found.takeovers);
}

std::vector<Target> with_known_pages(std::vector<Target> targets, const std::filesystem::path& store) {
  if (!std::filesystem::exists(store)) return targets;
  StoreReader reader(store);
  std::vector<Target> all;
  for (Target& target : targets) {
    std::set<std::string> known;  // URLs
    if (target.kind == Target::Kind::site) {
      for (const SeriesSummary& series : reader.find_series(target.text)) {
        for (const PageTenure& page : series.pages) {
          if (policy_url_score(page.urlkey, "text/html") == 0) known.insert(page.url);
        }
      }
    }
    all.push_back(std::move(target));
    for (const std::string& url : known)
      all.push_back({Target::Kind::url, url});
  }
  return all;
}

}  // namespace winnow::cli
