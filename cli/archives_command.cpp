#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/archive_config.hpp"
#include "cli/command.hpp"
#include "cli/folders.hpp"
#include "cli/json_text.hpp"
#include "cli/output.hpp"
#include "crawler/budget_file.hpp"
#include "model/printable.hpp"
#include "model/timestamp.hpp"

namespace winnow::cli {
namespace {

/// How it stands between an archive and us.
struct Standing {
  std::string_view state = "ready";  // ready, slowed, waiting, refused, trial
  std::optional<Timestamp> until;    // of waiting and refused
  Rates rates;                       // at present
  int refusals = 0;
};

Standing standing(const BudgetState& budget, const Rates& limits) {
  const Moment now = BootClock::now();
  Standing result;
  result.rates = {limits.cdx_per_minute * share_at(budget.lanes[0], now),
                  limits.replay_per_minute * share_at(budget.lanes[1], now)};
  result.refusals = budget.refusing ? budget.refusals : 0;
  const Moment until = ready_at(budget, RequestKind::replay, 0);
  const bool stopped = budget.refusing && now < budget.refused_until;
  const bool slowed = share_at(budget.lanes[0], now) < 1 || share_at(budget.lanes[1], now) < 1;
  if (stopped || (until > now && !budget.refusing)) {
    result.state = stopped ? "refused" : "waiting";
    result.until =
        Timestamp::from_time(Timestamp::now().time() + std::chrono::ceil<std::chrono::seconds>(until - now));
  } else if (budget.refusing) {
    result.state = "trial";
  } else if (slowed) {
    result.state = "slowed";
  }
  return result;
}

struct Listed {
  Archive archive;
  Standing standing;
};

/// The named archives, then those that were given by URL and have something to tell.
std::vector<Listed> listed_archives() {
  const auto folder = budgets_folder();
  std::vector<Listed> all;
  std::set<std::string> files;
  for (auto& archive : configured_archives()) {
    if (is_live(archive)) {
      const Standing each_host{.rates = archive.limits};
      all.push_back({std::move(archive), each_host});
      continue;
    }
    const auto file = budget_file(folder, archive);
    files.insert(file.filename());
    const auto present = standing(BudgetFile(file).read(), archive.limits);
    all.push_back({std::move(archive), present});
  }
  std::error_code none;
  std::set<std::filesystem::path> others;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    if (entry.path().extension() == ".json" && !files.contains(entry.path().filename()))
      others.insert(entry.path());
  }
  for (const auto& file : others) {
    Archive archive{.name = file.stem()};
    const auto present = standing(BudgetFile(file).read(), archive.limits);
    if (present.state != "ready") all.push_back({std::move(archive), present});
  }
  return all;
}

std::string rate(double now, double limit) {
  if (limit <= 0) return "unlimited";
  return now < limit ? fmt::format("{:.3g} of {:g}", now, limit) : fmt::format("{:g}", limit);
}

std::string words(const Standing& standing) {
  if (standing.state == "waiting") return fmt::format("asked us to wait until {}", standing.until->iso());
  if (standing.state == "refused") return fmt::format("refuses us until {}", standing.until->iso());
  if (standing.state == "trial") return "refused us; the next request is a trial";
  if (standing.state == "slowed") return "asked us to slow down";
  return "ready";
}

std::string table(const std::vector<Listed>& all) {
  std::string out = fmt::format("{:<18}  {:<8}  {:<46}  {:>11}  {:>12}  {}\n", "name", "dialect", "address",
                                "index/min", "captures/min", "state");
  for (const auto& [archive, standing] : all) {
    if (is_live(archive)) {
      out +=
          fmt::format("{:<18}  {:<8}  {:<46}  {:>11}  {:>12}  {}\n", archive.name, "-",
                      "each page's own site, as it is now", "-",
                      rate(standing.rates.replay_per_minute, archive.limits.replay_per_minute), "each host");
      continue;
    }
    const bool by_url = archive.base_url.empty();
    out +=
        fmt::format("{:<18}  {:<8}  {:<46}  {:>11}  {:>12}  {}\n", printable(archive.name),
                    archive.dialect ? name(*archive.dialect)
                    : by_url        ? "-"
                                    : "asked",
                    by_url ? "-" : printable(archive.base_url),
                    by_url ? "-" : rate(standing.rates.cdx_per_minute, archive.limits.cdx_per_minute),
                    by_url ? "-" : rate(standing.rates.replay_per_minute, archive.limits.replay_per_minute),
                    words(standing));
  }
  return out;
}

nlohmann::ordered_json json(const Rates& rates) {
  return {{"cdx", rates.cdx_per_minute}, {"replay", rates.replay_per_minute}};
}

nlohmann::ordered_json json(const std::vector<Listed>& all) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const auto& [archive, standing] : all) {
    nlohmann::ordered_json entry = {{"name", archive.name}};
    if (is_live(archive)) {
      entry["limits_per_minute"] = {{"replay", archive.limits.replay_per_minute}};  // of each host
      list.push_back(std::move(entry));
      continue;
    }
    if (!archive.base_url.empty()) {
      entry["url"] = archive.base_url;
      if (archive.dialect) entry["dialect"] = name(*archive.dialect);
      entry["limits_per_minute"] = json(archive.limits);
      entry["now_per_minute"] = json(standing.rates);
    }
    entry["state"] = standing.state;
    if (standing.until) entry["until"] = standing.until->digits();
    if (standing.refusals > 0) entry["refusals"] = standing.refusals;
    list.push_back(std::move(entry));
  }
  return list;
}

ExitCode run(bool as_json) {
  const auto all = listed_archives();
  write_stdout(as_json ? json_text(json(all)) : table(all));
  flush_stdout();
  return ExitCode::done;
}

}  // namespace

void add_archives_command(CLI::App& app, Action& action) {
  auto as_json = std::make_shared<bool>(false);
  auto* sub = app.add_subcommand("archives", "List the archives, their limits, and how they stand to us");
  sub->add_flag("--json", *as_json, "Print JSON");
  sub->footer(
      "Example:\n  winnow archives\n"
      "More archives and other limits: $XDG_CONFIG_HOME/winnow/config.toml (see docs/archives.md).");
  sub->callback([as_json, &action] { action = [as_json] { return run(*as_json); }; });
}

}  // namespace winnow::cli
