#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "cli/analyse_versions.hpp"
#include "cli/command.hpp"
#include "cli/duration_option.hpp"
#include "cli/harvest/conclude.hpp"
#include "cli/harvest/continued_targets.hpp"
#include "cli/harvest/harvest.hpp"
#include "cli/harvest/harvest_command_options.hpp"
#include "cli/harvest/new_versions.hpp"
#include "cli/harvest/progress_line.hpp"
#include "cli/harvest/several_archives.hpp"
#include "cli/interrupt.hpp"
#include "cli/json_text.hpp"
#include "cli/output.hpp"
#include "cli/reextract.hpp"
#include "model/error.hpp"
#include "model/version.hpp"

namespace winnow::cli {
namespace {

struct Options : HarvestCommandOptions {
  std::string max_time;
  std::uint64_t max_requests = 0;  ///< 0: as many as it takes
  bool report = false;
};

/// For each archive.
std::vector<HarvestOptions> harvest_options(const Options& options) {
  HarvestOptions harvest;
  if (!options.max_time.empty()) {
    harvest.deadline =
        std::chrono::steady_clock::now() + parse_duration_option("--max-time", options.max_time);
  }
  if (options.max_requests > 0) harvest.max_requests = options.max_requests;
  return of_each_archive(options, std::move(harvest));
}

/// What makes two harvests the same.
std::string whole_command(const Options& options) {
  std::string line = command_line("winnow harvest", options);
  for (const auto& archive : options.archive.from)
    line += " --from " + archive;
  return line;
}

ExitCode run(const Options& options) {
  const auto seeds = parse_targets(options.targets);
  auto settings = harvest_options(options);
  const auto path = settings.front().store;
  if (seeds.empty() && !std::filesystem::exists(path)) {
    throw error("there is no store {} to continue: name sites or a seed list, or backfill some first",
                path.string());
  }
  catch_interrupts();
  Store store(path);
  WatchReader watched(path);
  const auto archives = settle_archives(std::move(settings), [&](const Archive& archive) {
    return continued_targets(watched, archive.base_url, seeds);
  });
  if (archives.empty()) {
    if (seeds.empty() && watched.versions().empty())
      throw error("the store {} has nothing to continue: name sites or a seed list, or backfill some first",
                  path.string());
    spdlog::debug("all that is to be continued is on the ledger, and not to be asked for yet");
    if (options.json) {
      auto json = to_json(HarvestReport());
      json["news"] = to_json(std::vector<SeriesNews>());
      print(json_text(json));
    }
    return ExitCode::done;
  }
  reextract_if_outdated(path);
  if (!store.begin_run_once(whole_command(options), k_program)) {
    spdlog::debug("the same harvest is running already, and is left to do the work");
    return ExitCode::done;
  }
  const auto before = watched.told_versions();
  ProgressLine line(archives.front().options.client);
  const auto report =
      harvest_each(store, archives, [&line](const HarvestProgress& progress) { line.show(progress); });
  analyse_versions(store, path);
  const auto last_arrival = store.note_arrivals();
  StoreReader reader(path);
  const auto added = news(reader, added_versions(before, watched.versions()));
  const bool complete = report.missing_by_reason.empty() && report.looked_through;
  const auto code = conclude(report.end, report.end_detail, report.resume_after, complete);
  auto json = to_json(report);
  store.end_run(static_cast<int>(code), json_line(json));
  if (options.json) {
    json["news"] = to_json(added);
    print(json_text(json));
  } else {
    print(to_text(added) + (options.report ? to_text(report) : std::string()));
  }
  store.note_told(last_arrival);
  return code;
}

}  // namespace

void add_harvest_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = app.add_subcommand("harvest", "Fetch what is new since the last time; made for cron");
  add_harvest_command_options(
      *sub, *options,
      {.targets = "SEEDS",
       .about_targets =
           "Sites, URLs, prefixes or @FILE with one a line; the whole history of those that are new to the "
           "store. Without any, all series of the store",
       .about_json = "Print the report and the new versions as JSON"});
  sub->add_option("--max-time", options->max_time, "Stop after this time (30m, 2h); the next run goes on")
      ->type_name("TIME");
  sub->add_option("--max-requests", options->max_requests,
                  "Stop after so many requests; the next run goes on")
      ->type_name("N")
      // One to look and one to fetch: less would only look.
      ->check(CLI::Range(2, 1'000'000'000));
  auto* report = sub->add_flag("--report", options->report, "Print what was done, also when nothing is new");
  sub->get_option("--json")->excludes(report);
  sub->footer(
      "Example:\n  winnow harvest\n  winnow harvest @seeds.txt --max-time 2h\n"
      "Prints the new versions, and nothing when there is none (docs/cron.md).");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
