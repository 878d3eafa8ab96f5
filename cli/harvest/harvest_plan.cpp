#include "cli/harvest/harvest_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <numeric>
#include <unordered_set>
#include <utility>

#include "cli/interrupt.hpp"
#include "model/error.hpp"

namespace winnow::cli {
namespace {

/// Counts what a strategy wants of index rows that come page by page, as CDX sorts them.
class WantedCounter {
 public:
  explicit WantedCounter(Strategy strategy) : m_strategy(strategy) {}

  void add(const Capture& row, TargetPlan& plan) {
    ++plan.captures;
    if (row.urlkey != m_urlkey) {
      m_urlkey = row.urlkey;
      m_digests.clear();
      ++plan.report.pages;
    }
    if (m_strategy == Strategy::unique && row.digest && !is_new(*row.digest)) return;
    ++plan.wanted;
    plan.bytes += row.length.value_or(0);
  }

 private:
  /// The first eight bytes of a SHA-1 tell a page's bodies apart: a plan may be wrong by one in 10^13.
  bool is_new(const Sha1& digest) {
    std::uint64_t key = 0;
    std::memcpy(&key, digest.bytes.data(), sizeof key);
    return m_digests.insert(key).second;
  }

  Strategy m_strategy;
  std::string m_urlkey;
  std::unordered_set<std::uint64_t> m_digests;
};

double minutes(double requests, double per_minute) { return per_minute > 0 ? requests / per_minute : 0; }

std::uint64_t sum(const HarvestPlan& plan, std::uint64_t TargetPlan::*member) {
  return std::accumulate(plan.targets.begin(), plan.targets.end(), std::uint64_t{0},
                         [member](std::uint64_t total, const TargetPlan& target) { return total + target.*member; });
}

}  // namespace

HarvestPlan plan_harvest(const HarvestOptions& options, const std::vector<Target>& targets) {
  HarvestPlan plan;
  ArchiveClient client(options.client);
  for (const auto& target : targets) {
    auto& planned = plan.targets.emplace_back();
    planned.report.target = target;
    WantedCounter counter(options.captures);
    bool listing = true;
    client.list(
        query_for(target, options),
        [&](std::vector<Capture>&& rows) {
          for (const auto& row : rows) {
            if (score_for(target, row) > 0) counter.add(row, planned);
          }
        },
        [&](ListResult result) {
          listing = false;
          planned.report.rows = result.rows;
          planned.report.left_out = result.rows - planned.captures;
          plan.oddities += result.oddities;
          if (result.failure) {
            planned.report.failure = fmt::format("{}: {}", describe(result.failure->reason), result.failure->detail);
          }
        });
    while (listing) {
      if (interrupted()) throw error("stopped; nothing was written");
      client.run(std::chrono::milliseconds(200));
    }
  }
  plan.requests = client.counters();
  plan.minutes_of_cdx = minutes(static_cast<double>(plan.requests.cdx_requests), options.client.cdx_per_minute);
  plan.minutes_of_replay =
      minutes(static_cast<double>(sum(plan, &TargetPlan::wanted)), options.client.replay_per_minute);
  return plan;
}

nlohmann::json to_json(const HarvestPlan& plan) {
  nlohmann::json targets = nlohmann::json::array();
  for (const auto& target : plan.targets) {
    nlohmann::json json = {{"target", target.report.target.text}, {"rows", target.report.rows},
                           {"left_out", target.report.left_out},  {"pages", target.report.pages},
                           {"captures", target.captures},         {"wanted", target.wanted},
                           {"bytes", target.bytes}};
    if (!target.report.failure.empty()) json["failure"] = target.report.failure;
    targets.push_back(std::move(json));
  }
  return {{"targets", targets},
          {"requests",
           {{"cdx", plan.requests.cdx_requests}, {"replay", sum(plan, &TargetPlan::wanted)}}},
          {"bytes", sum(plan, &TargetPlan::bytes)},
          {"minutes", {{"cdx", plan.minutes_of_cdx}, {"replay", plan.minutes_of_replay}}}};
}

std::string to_text(const HarvestPlan& plan) {
  std::string text;
  for (const auto& target : plan.targets) {
    text += fmt::format("{}: {} captures of {} pages, {} to fetch", target.report.target.text, target.captures,
                        target.report.pages, target.wanted);
    if (target.report.left_out > 0) text += fmt::format("; {} rows of other pages left out", target.report.left_out);
    if (!target.report.failure.empty()) text += "; " + target.report.failure;
    text += '\n';
  }
  text += fmt::format("requests    {} to the index, {} for captures, about {:.1f} MB compressed\n",
                      plan.requests.cdx_requests, sum(plan, &TargetPlan::wanted),
                      static_cast<double>(sum(plan, &TargetPlan::bytes)) / 1e6);
  text += fmt::format("time        about {:.0f} minutes at the chosen rates\n",
                      std::max(plan.minutes_of_cdx, plan.minutes_of_replay));
  return text;
}

}  // namespace winnow::cli
