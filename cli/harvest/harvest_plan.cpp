#include "cli/harvest/harvest_plan.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/counted.hpp"
#include "cli/interrupt.hpp"

namespace winnow::cli {
namespace {

/// Counts what a strategy wants of index rows that come page by page, as CDX sorts them. Memory is bounded: a
/// page with more distinct digests than k_most is counted by adaptive sampling (Flajolet 1990), within about
/// one percent.
class WantedCounter {
public:
  WantedCounter(Strategy strategy, TargetPlan& plan) : m_strategy(strategy), m_plan(plan) {}

  void add(const Capture& row) {
    ++m_plan.captures;
    if (row.urlkey != m_urlkey) {
      end_page();
      m_urlkey = row.urlkey;
      ++m_plan.report.pages;
    }
    if (m_strategy == Strategy::unique && row.digest) {
      add_digest(*row.digest, row.length.value_or(0));
    } else {
      ++m_plan.wanted;
      m_plan.bytes += row.length.value_or(0);
    }
  }

  void end_page() {
    const auto sampled =
        std::accumulate(m_lengths.begin(), m_lengths.end(), std::uint64_t{0},
                        [](std::uint64_t sum, const auto& entry) { return sum + entry.second; });
    m_plan.wanted += m_lengths.size() << m_halvings;
    m_plan.bytes += sampled << m_halvings;
    m_lengths.clear();
    m_halvings = 0;
  }

private:
  static constexpr std::size_t k_most = 8'192;

  [[nodiscard]] bool in_sample(std::uint64_t key) const { return (key & ((1ULL << m_halvings) - 1)) == 0; }

  void add_digest(const Sha1& digest, std::uint64_t length) {
    std::uint64_t key = 0;  // eight bytes of a SHA-1 tell a page's bodies apart
    std::memcpy(&key, digest.bytes.data(), sizeof key);
    if (!in_sample(key)) return;
    m_lengths.try_emplace(key, length);
    while (m_lengths.size() > k_most) {
      ++m_halvings;
      std::erase_if(m_lengths, [this](const auto& entry) { return !in_sample(entry.first); });
    }
  }

  Strategy m_strategy;
  TargetPlan& m_plan;
  std::string m_urlkey;
  std::unordered_map<std::uint64_t, std::uint64_t> m_lengths;  ///< of the page's digests in the sample
  unsigned m_halvings = 0;
};

double minutes(double requests, double per_minute) {
  return per_minute > 0 ? requests / per_minute : 0;
}

std::uint64_t sum(const HarvestPlan& plan, std::uint64_t TargetPlan::*member) {
  return std::accumulate(
      plan.targets.begin(), plan.targets.end(), std::uint64_t{0},
      [member](std::uint64_t total, const TargetPlan& target) { return total + target.*member; });
}

}  // namespace

HarvestPlan plan_harvest(const HarvestOptions& options, const std::vector<Target>& targets) {
  HarvestPlan plan;
  ArchiveClient client(options.client);
  for (const auto& target : targets) {
    auto& planned = plan.targets.emplace_back();
    planned.report.target = target;
    WantedCounter counter(options.captures, planned);
    PageScorer scorer(target);
    bool listing = true;
    client.list(
        query_for(target, options),
        [&](std::vector<Capture>&& rows) {
          for (const auto& row : rows) {
            if (scorer.score(row) > 0) {
              counter.add(row);
            } else {
              ++planned.report.left_out;
            }
          }
        },
        [&](ListResult result) {
          listing = false;
          counter.end_page();
          planned.report.rows = result.rows;
          plan.oddities += result.oddities;
          if (result.failure) {
            planned.report.failure =
                fmt::format("{}: {}", describe(result.failure->reason), result.failure->detail);
          }
        });
    while (listing && !interrupted())
      client.run(std::chrono::milliseconds(200));
    if (interrupted()) {
      plan.end = HarvestEnd::interrupted;
      break;
    }
    if (const auto& closed = client.closed()) {
      plan.end = end_of(*closed);
      plan.end_detail = closed->detail;
      plan.resume_after = closed->retry_after;
    }
    if (plan.end != HarvestEnd::done) break;
  }
  plan.requests = client.counters();
  plan.minutes_of_cdx =
      minutes(static_cast<double>(plan.requests.cdx_requests), options.client.archive.limits.cdx_per_minute);
  plan.minutes_of_replay = minutes(static_cast<double>(sum(plan, &TargetPlan::wanted)),
                                   options.client.archive.limits.replay_per_minute);
  return plan;
}

nlohmann::json to_json(const HarvestPlan& plan) {
  nlohmann::json targets = nlohmann::json::array();
  for (const auto& target : plan.targets) {
    nlohmann::json json = {{"target", target.report.target.text},
                           {"rows", target.report.rows},
                           {"left_out", target.report.left_out},
                           {"pages", target.report.pages},
                           {"captures", target.captures},
                           {"wanted", target.wanted},
                           {"bytes", target.bytes}};
    if (!target.report.failure.empty()) json["failure"] = target.report.failure;
    targets.push_back(std::move(json));
  }
  return {{"targets", targets},
          {"requests", {{"cdx", plan.requests.cdx_requests}, {"replay", sum(plan, &TargetPlan::wanted)}}},
          {"bytes", sum(plan, &TargetPlan::bytes)},
          {"minutes", {{"cdx", plan.minutes_of_cdx}, {"replay", plan.minutes_of_replay}}}};
}

std::string to_text(const HarvestPlan& plan) {
  std::string text;
  for (const auto& target : plan.targets) {
    text +=
        fmt::format("{}: {} of {}, {} to fetch", target.report.target.text,
                    counted(target.captures, "capture"), counted(target.report.pages, "page"), target.wanted);
    if (target.report.left_out > 0)
      text += "; " + counted(target.report.left_out, "row") + " of other pages left out";
    if (!target.report.failure.empty()) text += "; " + target.report.failure;
    text += '\n';
  }
  text += fmt::format("requests    {} to the index, {} for captures, about {:.1f} MB compressed\n",
                      plan.requests.cdx_requests, sum(plan, &TargetPlan::wanted),
                      static_cast<double>(sum(plan, &TargetPlan::bytes)) / 1e6);
  const auto longest =
      static_cast<std::uint64_t>(std::llround(std::max(plan.minutes_of_cdx, plan.minutes_of_replay)));
  text += fmt::format("time        about {} at the chosen rates\n", counted(longest, "minute"));
  return text;
}

}  // namespace winnow::cli
