#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "cli/counted.hpp"
#include "cli/json_text.hpp"
#include "cli/output.hpp"
#include "cli/page_target.hpp"
#include "cli/store_option.hpp"
#include "model/printable.hpp"
#include "storage/stats_reader.hpp"

namespace winnow::cli {
namespace {

struct Options {
  std::string site;
  std::string store;
  bool json = false;
};

std::string year_line(int year, const YearStats& stats) {
  const bool has_texts = stats.series > 0;
  return fmt::format("{:>4} {:>8} {:>9} {:>8} {:>8} {:>9} {:>7} {:>7} {:>7} {:>6}\n", year, stats.held,
                     stats.inferred, stats.missing, stats.listed, stats.versions, stats.sites, stats.series,
                     has_texts ? std::to_string(stats.median_words) : "-",
                     stats.mean_grade ? fmt::format("{:.1f}", *stats.mean_grade) : "-");
}

/// The most frequent first.
std::string counts(std::string_view what, const std::map<std::string, std::uint64_t>& named) {
  std::vector<std::pair<std::string, std::uint64_t>> sorted(named.begin(), named.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string out = fmt::format("{}:", what);
  for (const auto& [name, count] : sorted)
    out += fmt::format("{} {} {}", &name == &sorted.front().first ? "" : ",",
                       name.empty() ? "unknown" : printable_line(name), count);
  return out + "\n";
}

std::string table(const StoreStats& stats) {
  std::string out =
      fmt::format("{}, {}, {}; of a series {} in the median, {} at most\n\n", counted(stats.sites, "site"),
                  counted(stats.series, "series", "series"), counted(stats.versions, "version"),
                  stats.median_versions, stats.most_versions);
  out += fmt::format("{:>4} {:>8} {:>9} {:>8} {:>8} {:>9} {:>7} {:>7} {:>7} {:>6}\n", "year", "held",
                     "inferred", "missing", "listed", "versions", "sites", "series", "words", "grade");
  for (const auto& [year, of_year] : stats.years)
    out += year_line(year, of_year);
  out += "\n" + counts("languages", stats.languages) + counts("kinds", stats.kinds);
  return out;
}

nlohmann::ordered_json json(const StoreStats& stats) {
  nlohmann::ordered_json years = nlohmann::ordered_json::array();
  for (const auto& [year, of_year] : stats.years) {
    nlohmann::ordered_json entry = {{"year", year},
                                    {"held", of_year.held},
                                    {"inferred", of_year.inferred},
                                    {"missing", of_year.missing},
                                    {"listed", of_year.listed},
                                    {"versions", of_year.versions},
                                    {"sites", of_year.sites},
                                    {"series", of_year.series},
                                    {"median_words", nullptr},
                                    {"mean_reading_grade", nullptr}};
    if (of_year.series > 0) entry["median_words"] = of_year.median_words;
    if (of_year.mean_grade) entry["mean_reading_grade"] = *of_year.mean_grade;
    years.push_back(std::move(entry));
  }
  return {{"sites", stats.sites},
          {"series", stats.series},
          {"versions", stats.versions},
          {"median_versions", stats.median_versions},
          {"most_versions", stats.most_versions},
          {"years", std::move(years)},
          {"languages", stats.languages},
          {"kinds", stats.kinds}};
}

ExitCode run(const Options& options) {
  const auto path = store_path(options.store);
  std::string site;
  if (!options.site.empty()) {
    StoreReader store(path);
    site = require_series(store, options.site).front().site;
  }
  const StoreStats stats = StatsReader(path).stats(site);
  print(options.json ? json_text(json(stats)) : table(stats));
  return ExitCode::done;
}

}  // namespace

void add_stats_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub =
      app.add_subcommand("stats", "Count what the store has of each year, and what its texts are like");
  sub->add_option("SITE", options->site, "Of this site only");
  add_store_option(*sub, options->store);
  sub->add_flag("--json", options->json, "Print JSON");
  sub->footer(
      "Example:\n  winnow stats soompi.com\n"
      "By the year of the captures: those held, inferred from a held one with the same digest, missing (on "
      "the\n"
      "ledger) and listed only; versions that began; sites and series with a version; the median of words "
      "and\n"
      "the mean reading grade (English) of each series' last version of the year. Languages and kinds are\n"
      "those of each series' last version.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
