#include <memory>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "cli/json_text.hpp"
#include "cli/output.hpp"
#include "cli/store_option.hpp"
#include "model/printable.hpp"
#include "storage/site_reader.hpp"

namespace winnow::cli {
namespace {

struct Options {
  std::string store;
  bool json = false;
};

std::string date(const std::optional<Timestamp>& moment) {
  return moment ? moment->date() : "-";
}

nlohmann::ordered_json digits(const std::optional<Timestamp>& moment) {
  return moment ? nlohmann::ordered_json(moment->digits()) : nlohmann::ordered_json();
}

std::string line(const SiteSummary& site) {
  return fmt::format("{:<30} {:>6} {:>8} {:>9}  {:<10}  {:<10}  {:<10} {:>8}\n", printable_line(site.name),
                     site.series, site.versions, site.captures, date(site.first_seen), date(site.last_seen),
                     date(site.last_look), site.waiting);
}

nlohmann::ordered_json json(const SiteSummary& site) {
  return {{"site", site.name},
          {"series", site.series},
          {"versions", site.versions},
          {"captures", site.captures},
          {"first_seen", digits(site.first_seen)},
          {"last_seen", digits(site.last_seen)},
          {"last_look", digits(site.last_look)},
          {"waiting", site.waiting}};
}

ExitCode run(const Options& options) {
  SiteReader reader(store_path(options.store));
  if (!options.json) {
    write_stdout(fmt::format("{:<30} {:>6} {:>8} {:>9}  {:<10}  {:<10}  {:<10} {:>8}\n", "site", "series",
                             "versions", "captures", "first seen", "last seen", "last look", "waiting"));
  }
  reader.for_each_site([&](const SiteSummary& site) {
    write_stdout(options.json ? json_line(json(site)) + "\n" : line(site));
  });
  flush_stdout();
  return ExitCode::done;
}

}  // namespace

void add_sites_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = app.add_subcommand("sites", "List the sites of the store");
  add_store_option(*sub, options->store);
  sub->add_flag("--json", options->json, "Print a JSON object a line");
  sub->footer(
      "Example:\n  winnow sites\n"
      "`last look` is until when an archive's index is known, `waiting` captures are on the ledger and will "
      "be\n"
      "asked for again; series are those that have versions.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
