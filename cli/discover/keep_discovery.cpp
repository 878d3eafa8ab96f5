#include "cli/discover/keep_discovery.hpp"

#include <vector>

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

}  // namespace winnow::cli
