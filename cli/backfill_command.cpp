#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "cli/analyse_versions.hpp"
#include "cli/captures_option.hpp"
#include "cli/command.hpp"
#include "cli/counted.hpp"
#include "cli/date_option.hpp"
#include "cli/harvest/conclude.hpp"
#include "cli/harvest/harvest.hpp"
#include "cli/harvest/harvest_command_options.hpp"
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
  DateOptions dates;
  std::string captures = "unique";
  bool captures_given = false;
  bool dry_run = false;
};

/// For each archive.
std::vector<HarvestOptions> harvest_options(const Options& options) {
  HarvestOptions harvest;
  harvest.captures = parse_captures(options.captures);
  const DateRange dates = parse_dates(options.dates);
  harvest.since = dates.since;
  harvest.until = dates.until;
  return of_each_archive(options, std::move(harvest));
}

/// What chooses among captures says nothing to a site as it is now. Beside an archive it is the archive's.
void check_choice(const Options& options, const std::vector<HarvestOptions>& archives) {
  const bool chooses = !options.dates.since.empty() || !options.dates.until.empty() || options.captures_given;
  const bool all_live = std::all_of(archives.begin(), archives.end(), [](const HarvestOptions& archive) {
    return is_live(archive.client.archive);
  });
  if (chooses && all_live)
    throw usage_error(
        "--since, --until and --captures choose among an archive's captures; a live page is fetched as it is "
        "now");
}

ExitCode dry_run(const std::vector<AskedArchive>& archives, bool json) {
  const auto plan = plan_each(archives);
  const bool complete = std::all_of(plan.targets.begin(), plan.targets.end(),
                                    [](const TargetPlan& target) { return target.report.failure.empty(); });
  if (json || plan.end == HarvestEnd::done) print(json ? json_text(to_json(plan)) : to_text(plan));
  return conclude(plan.end, plan.end_detail, plan.resume_after, complete);
}

ExitCode run(const Options& options) {
  auto targets = parse_targets(options.targets);
  auto settings = harvest_options(options);
  check_choice(options, settings);
  catch_interrupts();
  const auto archives = settle_archives(std::move(settings), [&](const Archive&) { return targets; });
  if (options.dry_run) return dry_run(archives, options.json);

  Store store(archives.front().options.store);
  reextract_if_outdated(archives.front().options.store);
  store.begin_run(command_line("winnow backfill", options), k_program);
  ProgressLine line(archives.front().options.client);
  const auto report =
      harvest_each(store, archives, [&line](const HarvestProgress& progress) { line.show(progress); });
  const auto json = to_json(report);
  const bool complete =
      report.missing_by_reason.empty() && report.looked_through && report.elsewhere.captures == 0;
  const auto code = conclude(report.end, report.end_detail, report.resume_after, complete);
  if (report.elsewhere.captures > 0) {
    spdlog::warn("{} being fetched by {}; run the same command again when it has ended",
                 counted(report.elsewhere.captures, "capture is", "captures are"), report.elsewhere.holder);
  }
  analyse_versions(store, archives.front().options.store);
  const auto last_arrival = store.note_arrivals();
  store.end_run(static_cast<int>(code), json_line(json));
  const bool never_reached = report.end == HarvestEnd::unreachable && report.asked == 0;
  if (options.json) {
    print(json_text(json));
  } else if (spdlog::should_log(spdlog::level::info) && !never_reached) {  // not with -q
    print(to_text(report));
  }
  store.note_told(last_arrival);
  return code;
}

}  // namespace

void add_backfill_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = app.add_subcommand("backfill", "Fetch the whole history of sites or pages into the store");
  add_harvest_command_options(
      *sub, *options,
      {.targets = "TARGET",
       .about_targets = "A site (soompi.com), a URL, a prefix (soompi.com/legal/*), or @FILE with one a line",
       .about_json = "Print the report as JSON"})
      ->required();
  add_date_options(*sub, options->dates);
  add_captures_option(*sub, options->captures);
  sub->add_flag("--dry-run", options->dry_run,
                "Ask the index only; print the requests, bytes and time it would take");
  sub->footer(
      "Example:\n  winnow backfill soompi.com --since 2010 --contact you@example.org\n"
      "A site is looked through for its policy first, once in half a year: mostly 20 to 50 requests\n"
      "(docs/discovery.md). A second run goes on where the first was stopped, however it was stopped.");
  sub->callback([options, sub, &action] {
    options->captures_given = sub->count("--captures") > 0;
    action = [options] { return run(*options); };
  });
}

}  // namespace winnow::cli
