#include "cli/harvest/harvest_plan.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/counted.hpp"
#include "cli/harvest/progress_line.hpp"
#include "cli/interrupt.hpp"
#include "crawler/budget_file.hpp"
#include "crawler/budget_state.hpp"
#include "storage/known_captures.hpp"

namespace winnow::cli {
namespace {

/// As the archive's budget stands: after a 429 it is slower, or waits.
class PresentBudget {
public:
  explicit PresentBudget(const ClientOptions& client)
      : m_limits(client.archive.limits), m_now(client.clocks.now()) {
    if (!client.budgets.empty())
      m_state = BudgetFile(budget_file(client.budgets, client.archive), client.clocks).read();
  }

  [[nodiscard]] double minutes(RequestKind kind, std::uint64_t requests) const {
    const double rate = kind == RequestKind::cdx ? m_limits.cdx_per_minute : m_limits.replay_per_minute;
    const std::chrono::duration<double, std::ratio<60>> time = time_for(m_state, kind, rate, requests, m_now);
    return time.count();
  }

private:
  Rates m_limits;
  Moment m_now;
  BudgetState m_state;
};

std::optional<KnownCaptures> known_captures(const HarvestOptions& options) {
  std::error_code none;
  if (!std::filesystem::exists(options.store, none)) return {};
  return std::optional<KnownCaptures>(std::in_place, options.store, options.client.archive.base_url);
}

CaptureCount sum(const HarvestPlan& plan, CaptureCount TargetPlan::*member) {
  CaptureCount sum;
  for (const auto& target : plan.targets) {
    sum.captures += (target.*member).captures;
    sum.bytes += (target.*member).bytes;
  }
  return sum;
}

/// `12`, or `2 to 12`
template <class Number>
std::string between(Number least, Number most, fmt::format_string<Number&> one = "{}") {
  const std::string text = fmt::format(one, most);
  const std::string from = fmt::format(one, least);
  return from == text ? text : from + " to " + text;
}

}  // namespace

HarvestPlan plan_harvest(const HarvestOptions& options, const std::vector<Target>& targets) {
  HarvestPlan plan;
  auto store = known_captures(options);
  ArchiveClient client(options.client);
  for (const auto& target : targets) {
    auto& planned = plan.targets.emplace_back();
    planned.report.target = target;
    WantedCounter counter(options.captures);
    PageScorer scorer(target, options);
    bool listing = true;
    client.list(
        query_for(target, options),
        [&](std::vector<Capture>&& rows) {
          for (const auto& row : rows) {
            if (scorer.score(row) <= 0) {
              ++planned.report.left_out;
              continue;
            }
            const auto known = store ? store->look(row, options.captures) : KnownCaptures::Known::no;
            planned.held += known == KnownCaptures::Known::held ? 1 : 0;
            planned.on_ledger += known == KnownCaptures::Known::on_ledger ? 1 : 0;
            counter.add(row, known != KnownCaptures::Known::no);
          }
        },
        [&](ListResult result) {
          listing = false;
          counter.end_page();
          planned.report.pages = counter.pages();
          planned.captures = counter.listed().captures;
          planned.least = counter.least();
          planned.most = counter.most();
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
  const PresentBudget budget(options.client);
  plan.minutes_of_cdx = budget.minutes(RequestKind::cdx, plan.requests.cdx_requests);
  plan.least_minutes_of_replay = budget.minutes(RequestKind::replay, sum(plan, &TargetPlan::least).captures);
  plan.minutes_of_replay = budget.minutes(RequestKind::replay, sum(plan, &TargetPlan::most).captures);
  return plan;
}

nlohmann::json to_json(const HarvestPlan& plan) {
  nlohmann::json targets = nlohmann::json::array();
  for (const auto& target : plan.targets) {
    nlohmann::json json = {{"target", target.report.target.text}, {"rows", target.report.rows},
                           {"left_out", target.report.left_out},  {"pages", target.report.pages},
                           {"captures", target.captures},         {"held", target.held},
                           {"on_ledger", target.on_ledger},       {"wanted_least", target.least.captures},
                           {"wanted", target.most.captures},      {"bytes_least", target.least.bytes},
                           {"bytes", target.most.bytes}};
    if (!target.report.archive.empty()) json["archive"] = target.report.archive;
    if (!target.report.note.empty()) json["note"] = target.report.note;
    if (!target.report.failure.empty()) json["failure"] = target.report.failure;
    targets.push_back(std::move(json));
  }
  const CaptureCount least = sum(plan, &TargetPlan::least);
  const CaptureCount most = sum(plan, &TargetPlan::most);
  return {{"targets", targets},
          {"requests",
           {{"cdx", plan.requests.cdx_requests},
            {"replay_least", least.captures + plan.other_requests},
            {"replay", most.captures + plan.other_requests}}},
          {"bytes_least", least.bytes},
          {"bytes", most.bytes},
          {"minutes",
           {{"cdx", plan.minutes_of_cdx},
            {"replay_least", plan.least_minutes_of_replay},
            {"replay", plan.minutes_of_replay}}}};
}

std::string to_text(const HarvestPlan& plan) {
  std::string text;
  for (const auto& target : plan.targets) {
    text += fmt::format("{}: {} of {}, {} to fetch", label(target.report),
                        counted(target.captures, "capture"), counted(target.report.pages, "page"),
                        between(target.least.captures, target.most.captures));
    if (target.held > 0) text += fmt::format(", {} held", target.held);
    if (target.on_ledger > 0) text += fmt::format(", {} on the ledger", target.on_ledger);
    if (target.report.left_out > 0)
      text += "; " + counted(target.report.left_out, "row") + " of other pages left out";
    if (!target.report.note.empty()) text += "; " + target.report.note;
    if (!target.report.failure.empty()) text += "; " + target.report.failure;
    text += '\n';
  }
  const CaptureCount least = sum(plan, &TargetPlan::least);
  const CaptureCount most = sum(plan, &TargetPlan::most);
  const std::string others =
      plan.other_requests > 0 ? fmt::format(", {} for robots.txt and homepages", plan.other_requests) : "";
  text += fmt::format(
      "requests    {} to the index, {} for captures{}, about {} MB compressed\n", plan.requests.cdx_requests,
      between(least.captures, most.captures), others,
      between(static_cast<double>(least.bytes) / 1e6, static_cast<double>(most.bytes) / 1e6, "{:.1f}"));
  const auto time = [&](double replay) { return duration_words(60 * std::max(plan.minutes_of_cdx, replay)); };
  text += fmt::format("time        about {} at the present budget\n",
                      between(time(plan.least_minutes_of_replay), time(plan.minutes_of_replay)));
  if (least.captures != most.captures) {
    text +=
        "            the least if every page says the same at both ends, the most if every capture says "
        "something else;\n"
        "            n captures that change k times cost about k*log2(n/k) + k\n";
  }
  return text;
}

}  // namespace winnow::cli
