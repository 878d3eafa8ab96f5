#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "cli/counted.hpp"
#include "cli/digits_or_null.hpp"
#include "cli/json_text.hpp"
#include "cli/output.hpp"
#include "cli/page_target.hpp"
#include "cli/store_option.hpp"
#include "model/printable.hpp"

namespace winnow::cli {
namespace {

struct Options {
  std::string target;
  std::string store;
  bool json = false;
};

/// `2016-02-29, 2018-05-25`, and how many captures between them nobody has read.
std::string changed_between(const VersionSummary& version) {
  const std::string dates =
      version.changed_after ? fmt::format("{}, {}", version.changed_after->date(), version.first_seen.date())
                            : "-";
  return version.unread_before > 0 ? fmt::format("{} ({} unread)", dates, version.unread_before) : dates;
}

std::string confirming(const VersionSummary& version) {
  return version.unread > 0 ? fmt::format("{} ({} unread)", version.captures, version.unread)
                            : std::to_string(version.captures);
}

/// A text of another kind is what the page showed for once: an error, the site's front page.
bool is_document(std::string_view kind) {
  return kind.empty() || kind == "policy" || kind == "cookie-policy" || kind == "legal";
}

/// `-63 +54`, `-1 +1 minor`, `-63 +54, as 2`, `-63 +9 (not-found)`; nothing for most first versions.
std::string changed_words(const VersionSummary& version) {
  std::string out;
  if (const auto& change = version.change)
    out = fmt::format("-{} +{}{}", change->words_removed, change->words_added,
                      change->is_minor ? " minor" : "");
  if (version.returns_to) out += fmt::format("{}as {}", out.empty() ? "" : ", ", *version.returns_to);
  if (!is_document(version.kind)) out += fmt::format("{}({})", out.empty() ? "" : " ", version.kind);
  return out;
}

/// The pages that had the policy before the present one, the latest first.
std::string earlier_pages(const SeriesSummary& series) {
  std::string out;
  for (auto page = series.pages.rbegin() + 1; page != series.pages.rend(); ++page)
    out += fmt::format("  until {}  {}\n", page->until ? page->until->date() : "-", printable(page->url));
  return out;
}

std::string table(const SeriesSummary& series, const std::vector<VersionSummary>& versions) {
  std::string out = fmt::format("{}  {}, {}\n", printable(series.pages.back().url),
                                counted(series.captures, "capture"), counted(versions.size(), "version"));
  out += earlier_pages(series);
  if (versions.empty()) return out;
  std::size_t width = 24;
  std::size_t change_width = 6;
  for (const VersionSummary& version : versions) {
    width = std::max(width, changed_between(version).size());
    change_width = std::max(change_width, changed_words(version).size());
  }
  constexpr const char* k_row = "{:>4}  {:<10}  {:<10}  {:<{}}  {:<10}  {:>6}  {:<{}}  {:>8}\n";
  out += fmt::format(k_row, "no", "first seen", "last seen", "changed between", width, "claims", "words",
                     "change", change_width, "captures");
  for (const VersionSummary& version : versions) {
    out += fmt::format(k_row, version.number, version.first_seen.date(), version.last_seen.date(),
                       changed_between(version), width, version.claimed_date.value_or("-"),
                       version.word_count, changed_words(version), change_width, confirming(version));
  }
  return out;
}

nlohmann::ordered_json json(const SeriesSummary& series, const std::vector<VersionSummary>& versions) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const VersionSummary& version : versions) {
    nlohmann::ordered_json entry = {{"version", version.number},
                                    {"first_seen", version.first_seen.digits()},
                                    {"last_seen", version.last_seen.digits()},
                                    {"changed_after", digits_or_null(version.changed_after)},
                                    {"unread_before", version.unread_before},
                                    {"words", version.word_count},
                                    {"captures", version.captures},
                                    {"unread", version.unread},
                                    {"title", version.title},
                                    {"text_sha256", version.text_sha256.hex()},
                                    {"words_sha256", version.words_sha256.hex()},
                                    {"change", nullptr},
                                    {"returns_to", nullptr},
                                    {"claimed_date", nullptr},
                                    {"claimed_or_date", nullptr},
                                    {"language", nullptr},
                                    {"kind", nullptr}};
    if (const auto& change = version.change) {
      entry["change"] = {{"words_removed", change->words_removed},
                         {"words_added", change->words_added},
                         {"share", std::round(change->share * 1e4) / 1e4},
                         {"simhash_distance", change->simhash_distance},
                         {"minor", change->is_minor}};
    }
    if (version.returns_to) entry["returns_to"] = *version.returns_to;
    if (version.claimed_date) entry["claimed_date"] = *version.claimed_date;
    if (version.claimed_or_date) entry["claimed_or_date"] = *version.claimed_or_date;
    if (!version.language.empty()) entry["language"] = version.language;
    if (!version.kind.empty()) entry["kind"] = version.kind;
    list.push_back(std::move(entry));
  }
  nlohmann::ordered_json pages = nlohmann::ordered_json::array();
  for (const PageTenure& page : series.pages) {
    nlohmann::ordered_json entry = {{"urlkey", page.urlkey},
                                    {"url", page.url},
                                    {"since", digits_or_null(page.since)},
                                    {"until", digits_or_null(page.until)}};
    pages.push_back(std::move(entry));
  }
  const PageTenure& last = series.pages.back();
  return {{"site", series.site},       {"series", series.name},      {"urlkey", last.urlkey},
          {"url", last.url},           {"score", series.score},      {"captures", series.captures},
          {"pages", std::move(pages)}, {"versions", std::move(list)}};
}

ExitCode run(const Options& options) {
  StoreReader store(store_path(options.store));
  const auto all_series = require_series(store, options.target);
  if (options.json) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const SeriesSummary& series : all_series)
      all.push_back(json(series, store.versions(series.id)));
    write_stdout(json_text(all));
  } else {
    std::size_t without = 0;
    bool first = true;
    for (const SeriesSummary& series : all_series) {
      // A site's index lists many pages that were never fetched or never had a text; named alone, one is
      // shown.
      if (series.versions == 0 && all_series.size() > 1) {
        ++without;
        continue;
      }
      write_stdout((first ? "" : "\n") + table(series, store.versions(series.id)));
      first = false;
    }
    if (without > 0)
      write_stdout(fmt::format("{}{} without a version\n", first ? "" : "\n", counted(without, "page")));
  }
  flush_stdout();
  return ExitCode::done;
}

}  // namespace

void add_log_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = app.add_subcommand("log", "List the versions of a site's series or of one page's");
  sub->add_option("TARGET", options->target, "A site (soompi.com) or a URL")->required();
  add_store_option(*sub, options->store);
  sub->add_flag("--json", options->json, "Print JSON, also of pages without a version");
  sub->footer(
      "Example:\n  winnow log soompi.com\n"
      "A version began between the two captures under `changed between`: adjacent ones, unless some between\n"
      "them are unread; `captures` confirm it. `claims` is the date that the text gives for itself; `change` "
      "the\n"
      "words removed and added: `minor` when it is dates, counters, spelling or layout only, `as 2` when "
      "the\n"
      "text of version 2 came back.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
