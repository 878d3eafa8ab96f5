#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "cli/archive_options.hpp"
#include "cli/command.hpp"
#include "cli/counted.hpp"
#include "cli/date_option.hpp"
#include "cli/discover/discover_report.hpp"
#include "cli/discover/discovery.hpp"
#include "cli/discover/keep_discovery.hpp"
#include "cli/discover/page_files.hpp"
#include "cli/harvest/conclude.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "crawler/dialect.hpp"
#include "model/error.hpp"
#include "seeds/target.hpp"

namespace winnow::cli {
namespace {

struct Options {
  std::vector<std::string> sites;
  ArchiveOptions archive;
  DateOptions dates;
  std::string store;  ///< empty: nothing is kept
  bool all = false;
  bool json = false;
  std::vector<std::string> html;
  std::vector<std::string> urls;
};

std::vector<Target> parse_sites(const std::vector<std::string>& arguments) {
  auto targets = parse_targets(arguments);
  for (const Target& target : targets) {
    if (target.kind != Target::Kind::site)
      throw usage_error("{}: discover looks through whole sites; name one, as soompi.com", target.text);
  }
  return targets;
}

ExitCode discover(const Options& options) {
  const auto sites = parse_sites(options.sites);
  const DateRange dates = parse_dates(options.dates);
  catch_interrupts();
  ClientOptions client = client_options(options.archive);
  if (const auto closed = settle_dialect(client, sites.front().text).closed)
    return conclude(end_of(*closed), closed->detail, closed->retry_after, false);
  if (!lists_sites(*client.archive.dialect)) {
    throw usage_error(
        "{} is asked by TimeMaps, which list the captures of single pages: no site can be looked through "
        "there",
        client.archive.name);
  }
  ArchiveRounds archive(client);
  std::optional<Store> store;
  if (!options.store.empty()) store.emplace(options.store);
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  bool complete = true;
  for (std::size_t i = 0; i < sites.size() && archive.open(); ++i) {
    const SiteDiscovery found = discover_site(archive, sites[i].text, dates);
    if (!archive.open()) break;
    for (const std::string& failure : found.failures)
      spdlog::warn("{}: {}", found.site, failure);
    complete &= found.failures.empty();
    if (store) keep_discovery(*store, client.archive, found, dates);
    if (options.json) {
      all.push_back(to_json(found));
    } else {
      write_stdout((i > 0 ? "\n" : "") + to_text(found, options.all));
      flush_stdout();
    }
  }
  if (options.json) {
    write_stdout(all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    flush_stdout();
  }
  spdlog::info("{} to the index, {} for captures", counted(archive.counters().cdx_requests, "request"),
               archive.counters().replay_requests);
  if (const auto& closed = archive.closed())
    return conclude(end_of(*closed), closed->detail, closed->retry_after, complete);
  return conclude(interrupted() ? HarvestEnd::interrupted : HarvestEnd::done, {}, {}, complete);
}

ExitCode run(const Options& options) {
  if (options.html.empty()) {
    if (options.sites.empty()) throw usage_error("name a site, or a page with --html FILE");
    if (!options.urls.empty()) throw usage_error("--url goes with --html");
    return discover(options);
  }
  if (!options.store.empty())
    throw usage_error("--store keeps what an archive says; leave it away with --html");
  if (!options.sites.empty()) throw usage_error("--html reads files; leave {} away", options.sites.front());
  print_policy_links(parse_page_files(options.html, options.urls), options.json);
  return ExitCode::done;
}

}  // namespace

void add_discover_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = app.add_subcommand("discover", "Find where a site's privacy policy lived, and when");
  sub->add_option("SITE", options->sites, "A site (soompi.com), or @FILE with one a line");
  add_archive_options(*sub, options->archive);
  add_date_options(*sub, options->dates);
  sub->add_option("--store", options->store,
                  "Tell this store which page took over from which: versions then run along the series")
      ->type_name("FILE");
  sub->add_flag("--all", options->all, "Also the pages that were refused, each with the reason");
  sub->add_flag("--json", options->json, "Print JSON, always with the refused pages");
  sub->add_option(
         "--html", options->html,
         "Ask no archive: which links of this page lead to its site's policy; of several pages, or @LIST "
         "with FILE<TAB>URL lines, `id<TAB>URL` of the best link each")
      ->type_name("FILE...");
  sub->add_option("--url", options->urls, "The URL of the page that --html names, one for each")
      ->type_name("URL...");
  sub->footer(
      "Example:\n  winnow discover soompi.com\n"
      "Asks the index a few times and reads at most some hundred captures: of the homepage a "
      "few a\n"
      "decade, of each page that may be the policy the first and the last.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
