#include <algorithm>
#include <list>
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
#include "cli/discover/merged_discovery.hpp"
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

/// An archive that sites are looked through in.
struct LookedThrough {
  LookedThrough(const ClientOptions& options, SettledDialect settled)
      : client(options), requests(settled.requests), closed(std::move(settled.closed)) {
    if (!closed) rounds.emplace(client);
  }

  [[nodiscard]] bool open() const { return rounds && rounds->open(); }
  [[nodiscard]] std::optional<Failure> why_closed() const { return rounds ? rounds->closed() : closed; }
  [[nodiscard]] RequestCounters all_requests() const {
    RequestCounters all = requests;
    if (rounds) all += rounds->counters();
    return all;
  }

  ClientOptions client;
  RequestCounters requests;       ///< before the rounds
  std::optional<Failure> closed;  ///< from the start
  std::optional<ArchiveRounds> rounds;
};

std::list<LookedThrough> open_archives(const Options& options, const std::string& site) {
  std::list<LookedThrough> archives;
  for (ClientOptions& client : past_client_options(options.archive)) {
    auto settled = settle_dialect(client, site);
    if (!settled.closed && !lists_sites(*client.archive.dialect)) {
      throw usage_error(
          "{} is asked by TimeMaps, which list the captures of single pages: no site can be looked through "
          "there",
          client.archive.name);
    }
    archives.emplace_back(client, std::move(settled));
  }
  return archives;
}

/// What those archives know of it that can be asked; nothing when none can.
std::optional<SiteDiscovery> look_through(const Options& options, const std::string& site,
                                          std::list<LookedThrough>& archives, const DateRange& dates,
                                          std::optional<Store>& store) {
  std::vector<ArchiveDiscovery> parts;
  for (LookedThrough& archive : archives) {
    if (!archive.open()) continue;
    SiteDiscovery found = discover_site(*archive.rounds, site, dates);
    if (!archive.open()) continue;
    if (store) keep_discovery(*store, options.store, archive.client.archive, found, dates);
    parts.push_back({archive.client.archive.name, std::move(found)});
  }
  if (parts.empty() || interrupted()) return std::nullopt;
  if (archives.size() == 1) return std::move(parts.front().found);
  SiteDiscovery merged = merge(std::move(parts));
  if (store) store->join(merged.takeovers);
  return merged;
}

ExitCode discover(const Options& options) {
  const auto sites = parse_sites(options.sites);
  const DateRange dates = parse_dates(options.dates);
  catch_interrupts();
  auto archives = open_archives(options, sites.front().text);
  std::optional<Store> store;
  if (!options.store.empty()) store.emplace(options.store);
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  bool complete = true;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const auto found = look_through(options, sites[i].text, archives, dates, store);
    if (!found) break;
    for (const std::string& failure : found->failures)
      spdlog::warn("{}: {}", found->site, failure);
    complete &= found->failures.empty();
    if (options.json) {
      all.push_back(to_json(*found));
    } else {
      write_stdout((i > 0 ? "\n" : "") + to_text(*found, options.all));
      flush_stdout();
    }
  }
  const bool asked = std::any_of(archives.begin(), archives.end(),
                                 [](const LookedThrough& archive) { return archive.rounds.has_value(); });
  if (options.json && asked) {
    write_stdout(all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    flush_stdout();
  }
  RequestCounters requests;
  for (const LookedThrough& archive : archives)
    requests += archive.all_requests();
  spdlog::info("{} to the index, {} for captures", counted(requests.cdx_requests, "request"),
               requests.replay_requests);
  for (const LookedThrough& archive : archives) {
    const auto closed = archive.why_closed();
    if (!closed) continue;
    const std::string which = archives.size() > 1 ? archive.client.archive.name + ": " : "";
    return conclude(end_of(*closed), which + closed->detail, closed->retry_after, complete);
  }
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
  sub->add_option(
         "--store", options->store,
         "Tell this store which page took over from which, so that versions run along the series, and keep "
         "what was read of them")
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
