#include "cli/discover/site_pages.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include <spdlog/spdlog.h>

#include "cli/discover/discovery.hpp"
#include "cli/discover/keep_discovery.hpp"
#include "model/url.hpp"
#include "storage/watch_reader.hpp"

namespace winnow::cli {
namespace {

/// A policy moves to another page once in some years; redirects to it are followed whenever they come.
constexpr std::chrono::days k_discovery_lasts{180};

std::uint64_t sent(const RequestCounters& requests) {
  return requests.cdx_requests + requests.replay_requests;
}

bool may_look(const HarvestOptions& options, const RequestCounters& so_far) {
  return !options.max_requests || *options.max_requests >= sent(so_far) + k_most_discovery_requests;
}

/// Targets, but no page twice.
class Targets {
public:
  void add(const Target& target) {
    if (target.kind == Target::Kind::url && !m_pages.insert(urlkey(target.text)).second) return;
    m_targets.push_back(target);
  }
  [[nodiscard]] std::vector<Target> take() { return std::move(m_targets); }

private:
  std::vector<Target> m_targets;
  std::set<std::string> m_pages;
};

}  // namespace

SitePages known_site_pages(const HarvestOptions& options, const std::vector<Target>& targets) {
  SitePages known;
  std::optional<WatchReader> store;
  const bool has_sites = std::any_of(targets.begin(), targets.end(),
                                     [](const Target& target) { return target.kind == Target::Kind::site; });
  if (has_sites && std::filesystem::exists(options.store)) store.emplace(options.store);
  const std::string& archive = options.client.archive.base_url;
  const auto recent = Timestamp::from_time(Timestamp::now().time() - k_discovery_lasts);
  Targets all;
  for (const Target& target : targets) {
    all.add(target);
    if (target.kind != Target::Kind::site) continue;
    const Discovery wanted{target.text, options.since, options.until, {}};
    const auto pages = store ? store->discovered_pages(archive, wanted, recent) : std::nullopt;
    if (!pages) {
      known.unknown.insert(target.text);
      continue;
    }
    if (!pages->empty()) known.found.insert(target.text);
    for (const auto& url : *pages)
      all.add({.kind = Target::Kind::url, .text = url, .since = {}});
  }
  known.targets = all.take();
  if (!store) return known;
  for (const auto& url : store->refused_pages(archive))
    known.refused.insert(urlkey(url));
  return known;
}

SitePages find_site_pages(Store& store, const HarvestOptions& options, const std::vector<Target>& targets,
                          const std::function<void(const HarvestProgress&)>& show) {
  SitePages known = known_site_pages(options, targets);
  if (known.unknown.empty() || !may_look(options, {})) return known;
  const DateRange dates{options.since, options.until};
  ArchiveRounds rounds(options.client, {options.deadline, options.max_requests});
  bool answered = true;
  Recorded recorded;
  for (const std::string& site : known.unknown) {
    if (!rounds.open() || !may_look(options, rounds.counters())) break;
    show({.looking_through = site});
    const SiteDiscovery found = discover_site(rounds, site, dates);
    if (!rounds.open()) break;
    for (const std::string& failure : found.failures)
      spdlog::warn("{}: {}", site, failure);
    answered &= found.failures.empty();
    recorded += keep_discovery(store, options.store, options.client.archive, found, dates);
  }
  SitePages pages = known_site_pages(options, targets);
  pages.answered = answered;
  pages.requests = rounds.counters();
  pages.recorded = recorded;
  pages.closed = rounds.closed();
  return pages;
}

}  // namespace winnow::cli
