#include "cli/harvest/continued_targets.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>

#include "model/url.hpp"

namespace winnow::cli {
namespace {

/// Captures come into an index late: an archive's own after hours or days, collections that are handed in to
/// it after weeks. What comes later still is found by a backfill. Rows that are known cost nothing but their
/// line.
constexpr std::chrono::days k_late{60};

bool names(const Target& seed, const WatchedPage& page) {
  switch (seed.kind) {
    case Target::Kind::site:
      return page.site == seed.text || urlkey_host(page.urlkey) == seed.text ||
             std::string_view(urlkey_host(page.urlkey)).ends_with("." + seed.text);
    case Target::Kind::url:
      return page.urlkey == urlkey(seed.text);
    case Target::Kind::prefix:
      return page.urlkey.starts_with(urlkey(seed.text));
  }
  return false;
}

}  // namespace

std::vector<Target> continued_targets(StoreReader& store, std::string_view archive,
                                      const std::vector<Target>& seeds) {
  const std::vector<WatchedPage> pages = store.watched_pages(archive);
  std::vector<Target> targets;
  for (const Target& seed : seeds) {
    const bool is_known =
        std::any_of(pages.begin(), pages.end(), [&](const WatchedPage& page) { return names(seed, page); });
    if (!is_known) targets.push_back(seed);
  }
  for (const WatchedPage& page : pages) {
    const bool is_named = seeds.empty() || std::any_of(seeds.begin(), seeds.end(),
                                                       [&](const Target& seed) { return names(seed, page); });
    if (!is_named) continue;
    Target target{.kind = Target::Kind::url, .text = page.url, .since = {}};
    if (page.last_look && page.last_capture) {
      // The last capture that is known comes along, so that an empty answer is seen to be wrong.
      target.since = std::min(Timestamp::from_time(page.last_look->time() - k_late), *page.last_capture);
    }
    targets.push_back(std::move(target));
  }
  return targets;
}

}  // namespace winnow::cli
