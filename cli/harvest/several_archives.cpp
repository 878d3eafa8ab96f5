#include "cli/harvest/several_archives.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "cli/discover/discovery.hpp"
#include "cli/discover/site_pages.hpp"
#include "cli/harvest/live_harvest.hpp"
#include "cli/interrupt.hpp"
#include "crawler/dialect.hpp"
#include "model/error.hpp"

namespace winnow::cli {
namespace {

/// Takes over how a part ended, unless one before it did not come to its end.
template <class Result>
void take_end(Result& total, Result& part, const std::string& archive) {
  if (total.end != HarvestEnd::done || part.end == HarvestEnd::done) return;
  total.end = part.end;
  total.end_detail = archive.empty() ? part.end_detail : fmt::format("{}: {}", archive, part.end_detail);
  total.resume_after = part.resume_after;
}

/// Ends a part because the archive is not to be asked any more.
template <class Result>
void take_end(Result& part, const Failure& closed) {
  part.end = end_of(closed);
  part.end_detail = closed.detail;
  part.resume_after = closed.retry_after;
}

void add(HarvestReport& total, HarvestReport&& part, const std::string& archive) {
  take_end(total, part, archive);
  std::move(part.targets.begin(), part.targets.end(), std::back_inserter(total.targets));
  total.looked_through &= part.looked_through;
  total.oddities += part.oddities;
  total.asked += part.asked;
  total.already_held += part.already_held;
  total.missing_before += part.missing_before;
  total.left += part.left;
  total.elsewhere.captures += part.elsewhere.captures;
  if (total.elsewhere.holder.empty()) total.elsewhere.holder = part.elsewhere.holder;
  total.recorded += part.recorded;
  total.unread += part.unread;
  for (const auto& [reason, count] : part.missing_by_reason)
    total.missing_by_reason[reason] += count;
  total.requests += part.requests;
  total.seconds += part.seconds;
  total.extraction_seconds += part.extraction_seconds;
}

void add(HarvestPlan& total, HarvestPlan&& part, const std::string& archive) {
  take_end(total, part, archive);
  std::move(part.targets.begin(), part.targets.end(), std::back_inserter(total.targets));
  total.oddities += part.oddities;
  total.requests += part.requests;
  total.other_requests += part.other_requests;
  total.minutes_of_cdx += part.minutes_of_cdx;
  total.least_minutes_of_replay += part.least_minutes_of_replay;
  total.minutes_of_replay += part.minutes_of_replay;
}

/// Throws UsageError when a target is no page and the archive can't list others.
void check_targets(const Archive& archive, const std::vector<Target>& targets) {
  if (lists_sites(archive.dialect.value())) return;
  const auto other = std::find_if(targets.begin(), targets.end(),
                                  [](const Target& target) { return target.kind != Target::Kind::url; });
  if (other == targets.end()) return;
  throw usage_error("{}: {} is asked by TimeMaps, which list the captures of single pages: give URLs",
                    other->text, archive.name);
}

TargetReport& report_of(TargetReport& target) {
  return target;
}
TargetReport& report_of(TargetPlan& target) {
  return target.report;
}

/// `ask` does the work for one archive.
template <class Result, class Ask>
Result for_each_archive(const std::vector<AskedArchive>& archives, Ask ask) {
  Result total;
  for (const AskedArchive& asked : archives) {
    const auto& [options, targets, settled] = asked;
    const std::string archive = archives.size() > 1 ? options.client.archive.name : std::string();
    Result part;
    if (const auto& closed = settled.closed) {
      take_end(part, *closed);
    } else {
      part = ask(asked);
    }
    if (interrupted()) part.end = HarvestEnd::interrupted;
    for (auto& target : part.targets)
      report_of(target).archive = archive;
    part.requests += settled.requests;
    const bool stopped = part.end == HarvestEnd::interrupted;
    add(total, std::move(part), archive);
    if (stopped) break;
  }
  return total;
}

/// Looks for the pages of its sites first.
HarvestReport harvest_sites(Store& store, HarvestOptions options, const std::vector<Target>& targets,
                            const std::function<void(const HarvestProgress&)>& show) {
  SitePages pages = find_site_pages(store, options, targets, show);
  const auto spent = pages.requests.cdx_requests + pages.requests.replay_requests;
  if (options.max_requests) *options.max_requests -= std::min(spent, *options.max_requests);
  options.refused = std::move(pages.refused);
  options.found = std::move(pages.found);
  HarvestReport report;
  if (pages.closed) {
    take_end(report, *pages.closed);
  } else {
    report = harvest(store, options, pages.targets, show);
  }
  report.looked_through = pages.answered;
  report.requests += pages.requests;
  // What was read while looking is held by this run, not from before it.
  const std::uint64_t kept = pages.recorded.held + pages.recorded.inferred;
  report.asked += pages.recorded.held;
  report.already_held -= std::min(kept, report.already_held);
  report.recorded += pages.recorded;
  return report;
}

HarvestPlan plan_sites(HarvestOptions options, const std::vector<Target>& targets) {
  SitePages pages = known_site_pages(options, targets);
  options.refused = std::move(pages.refused);
  HarvestPlan plan = plan_harvest(options, pages.targets);
  for (TargetPlan& target : plan.targets) {
    if (pages.unknown.contains(target.report.target.text)) {
      target.report.note =
          fmt::format("its pages are looked for first, by {} requests at most", k_most_discovery_requests);
    }
  }
  return plan;
}

}  // namespace

std::vector<HarvestOptions> of_each(std::vector<ClientOptions> archives, const HarvestOptions& harvest) {
  std::vector<HarvestOptions> all(archives.size(), harvest);
  for (std::size_t i = 0; i < archives.size(); ++i)
    all[i].client = std::move(archives[i]);
  return all;
}

std::vector<AskedArchive> settle_archives(
    std::vector<HarvestOptions> archives,
    const std::function<std::vector<Target>(const Archive&)>& targets_of) {
  std::vector<AskedArchive> asked;
  for (auto& options : archives) {
    auto targets = targets_of(options.client.archive);
    if (targets.empty()) continue;
    SettledDialect settled;
    if (!is_live(options.client.archive)) settled = settle_dialect(options.client, targets.front().text);
    if (options.client.archive.dialect) check_targets(options.client.archive, targets);
    asked.push_back({std::move(options), std::move(targets), std::move(settled)});
  }
  return asked;
}

HarvestReport harvest_each(Store& store, const std::vector<AskedArchive>& archives,
                           const std::function<void(const HarvestProgress&)>& show) {
  std::uint64_t sent = 0;
  return for_each_archive<HarvestReport>(archives, [&](const AskedArchive& asked) {
    HarvestOptions options = asked.options;
    sent += asked.settled.requests.cdx_requests + asked.settled.requests.replay_requests;
    if (options.max_requests) *options.max_requests -= std::min(sent, *options.max_requests);
    HarvestReport part = is_live(options.client.archive) ? harvest_live(store, options, asked.targets, show)
                                                         : harvest_sites(store, options, asked.targets, show);
    sent += part.requests.cdx_requests + part.requests.replay_requests;
    return part;
  });
}

HarvestPlan plan_each(const std::vector<AskedArchive>& archives) {
  return for_each_archive<HarvestPlan>(archives, [](const AskedArchive& asked) {
    return is_live(asked.options.client.archive) ? plan_live(asked.options, asked.targets)
                                                 : plan_sites(asked.options, asked.targets);
  });
}

}  // namespace winnow::cli
