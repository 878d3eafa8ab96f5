#include "cli/harvest/continued_targets.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>

#include "model/provenance.hpp"
#include "model/url.hpp"

namespace winnow::cli {
namespace {

/// Captures come into an index late: an archive's own after hours or days, collections that are handed in to
/// it after weeks. What comes later still is found by a backfill. Rows that are known cost nothing but their
/// line.
constexpr std::chrono::days k_late{60};

/// The seeds by what they name, to be found by a page.
class Seeds {
public:
  explicit Seeds(const std::vector<Target>& seeds) {
    for (const Target& seed : seeds) {
      switch (seed.kind) {
        case Target::Kind::site:
          m_hosts[seed.text].push_back(&seed);
          break;
        case Target::Kind::url:
          m_pages[urlkey(seed.text)].push_back(&seed);
          break;
        case Target::Kind::prefix:
          m_prefixes.emplace_back(urlkey(seed.text), &seed);
          break;
      }
    }
  }

  [[nodiscard]] std::vector<const Target*> naming(const WatchedPage& page) const {
    std::vector<const Target*> found;
    add(found, m_hosts, page.site);
    // The host and each domain above it.
    const std::string host = urlkey_host(page.urlkey);
    for (std::string_view domain = host; !domain.empty();) {
      if (domain != page.site) add(found, m_hosts, std::string(domain));
      const std::size_t dot = domain.find('.');
      domain = dot == std::string_view::npos ? std::string_view() : domain.substr(dot + 1);
    }
    add_page(found, page.urlkey);
    for (const std::string& urlkey : page.earlier)
      add_page(found, urlkey);
    return found;
  }

private:
  using Named = std::map<std::string, std::vector<const Target*>>;

  static void add(std::vector<const Target*>& found, const Named& named, const std::string& name) {
    if (const auto seeds = named.find(name); seeds != named.end())
      found.insert(found.end(), seeds->second.begin(), seeds->second.end());
  }

  void add_page(std::vector<const Target*>& found, const std::string& urlkey) const {
    add(found, m_pages, urlkey);
    for (const auto& [prefix, seed] : m_prefixes) {
      if (urlkey.starts_with(prefix)) found.push_back(seed);
    }
  }

  Named m_hosts, m_pages;
  std::vector<std::pair<std::string, const Target*>> m_prefixes;
};

Target continued(const WatchedPage& page) {
  Target target{.kind = Target::Kind::url, .text = page.url, .since = {}};
  if (page.last_look && page.last_capture) {
    // The last capture that is known comes along, so that an empty answer is seen to be wrong.
    target.since = std::min(Timestamp::from_time(page.last_look->time() - k_late), *page.last_capture);
  }
  return target;
}

}  // namespace

std::vector<Target> continued_targets(WatchReader& store, std::string_view archive,
                                      const std::vector<Target>& seeds) {
  const Seeds by_name(seeds);
  const std::vector<std::string> resting = store.resting_targets(archive);
  const auto is_resting = [&resting](const std::string& target) {
    return std::binary_search(resting.begin(), resting.end(), target);
  };
  std::vector<const Target*> known;
  std::vector<Target> pages;
  for (const WatchedPage& page : store.pages(archive)) {
    const auto naming = by_name.naming(page);
    known.insert(known.end(), naming.begin(), naming.end());
    // A live page that may not be fetched, or one that came from elsewhere and that this archive has not.
    if ((archive == k_live_archive || !page.last_look) && is_resting(page.url)) continue;
    if (seeds.empty() || !naming.empty()) pages.push_back(continued(page));
  }
  std::sort(known.begin(), known.end());
  std::vector<Target> targets;
  for (const Target& seed : seeds) {
    const bool is_known = std::binary_search(known.begin(), known.end(), &seed);
    if (!is_known && !is_resting(seed.text)) targets.push_back(seed);
  }
  targets.insert(targets.end(), pages.begin(), pages.end());
  return targets;
}

}  // namespace winnow::cli
