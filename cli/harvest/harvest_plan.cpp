#include "cli/harvest/harvest_plan.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/counted.hpp"
#include "cli/interrupt.hpp"

namespace winnow::cli {
namespace {

double minutes(double requests, double per_minute) {
  return per_minute > 0 ? requests / per_minute : 0;
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
  ArchiveClient client(options.client);
  for (const auto& target : targets) {
    auto& planned = plan.targets.emplace_back();
    planned.report.target = target;
    WantedCounter counter(options.captures);
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
  plan.minutes_of_cdx =
      minutes(static_cast<double>(plan.requests.cdx_requests), options.client.archive.limits.cdx_per_minute);
  const auto replay_minutes = [&](CaptureCount TargetPlan::*member) {
    return minutes(static_cast<double>(sum(plan, member).captures),
                   options.client.archive.limits.replay_per_minute);
  };
  plan.least_minutes_of_replay = replay_minutes(&TargetPlan::least);
  plan.minutes_of_replay = replay_minutes(&TargetPlan::most);
  return plan;
}

nlohmann::json to_json(const HarvestPlan& plan) {
  nlohmann::json targets = nlohmann::json::array();
  for (const auto& target : plan.targets) {
    nlohmann::json json = {{"target", target.report.target.text}, {"rows", target.report.rows},
                           {"left_out", target.report.left_out},  {"pages", target.report.pages},
                           {"captures", target.captures},         {"wanted_least", target.least.captures},
                           {"wanted", target.most.captures},      {"bytes_least", target.least.bytes},
                           {"bytes", target.most.bytes}};
    if (!target.report.failure.empty()) json["failure"] = target.report.failure;
    targets.push_back(std::move(json));
  }
  const CaptureCount least = sum(plan, &TargetPlan::least);
  const CaptureCount most = sum(plan, &TargetPlan::most);
  return {
      {"targets", targets},
      {"requests",
       {{"cdx", plan.requests.cdx_requests}, {"replay_least", least.captures}, {"replay", most.captures}}},
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
    text += fmt::format("{}: {} of {}, {} to fetch", target.report.target.text,
                        counted(target.captures, "capture"), counted(target.report.pages, "page"),
                        between(target.least.captures, target.most.captures));
    if (target.report.left_out > 0)
      text += "; " + counted(target.report.left_out, "row") + " of other pages left out";
    if (!target.report.failure.empty()) text += "; " + target.report.failure;
    text += '\n';
  }
  const CaptureCount least = sum(plan, &TargetPlan::least);
  const CaptureCount most = sum(plan, &TargetPlan::most);
  text += fmt::format(
      "requests    {} to the index, {} for captures, about {} MB compressed\n", plan.requests.cdx_requests,
      between(least.captures, most.captures),
      between(static_cast<double>(least.bytes) / 1e6, static_cast<double>(most.bytes) / 1e6, "{:.1f}"));
  const auto whole = [&](double replay) {
    return static_cast<std::uint64_t>(std::llround(std::max(plan.minutes_of_cdx, replay)));
  };
  const std::uint64_t longest = whole(plan.minutes_of_replay);
  text +=
      fmt::format("time        about {} {} at the chosen rates\n",
                  between(whole(plan.least_minutes_of_replay), longest), longest == 1 ? "minute" : "minutes");
  if (least.captures != most.captures) {
    text +=
        "            the least if every page says the same at both ends, the most if every capture says "
        "something else;\n"
        "            n captures that change k times cost about k*log2(n/k) + k\n";
  }
  return text;
}

}  // namespace winnow::cli
