#include <memory>
#include <string>
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

namespace winnow::cli {
namespace {

struct Options {
  std::string target;
  std::string store;
  bool json = false;
};

std::string table(const PageSummary& page, const std::vector<VersionSummary>& versions) {
  std::string out = fmt::format("{}  {}, {}\n", printable(page.url), counted(page.captures, "capture"),
                                counted(versions.size(), "version"));
  if (versions.empty()) return out;
  out += fmt::format("{:>4}  {:<10}  {:<10}  {:<24}  {:>7}  {:>8}\n", "no", "first seen", "last seen",
                     "changed between", "words", "captures");
  for (const VersionSummary& version : versions) {
    const std::string changed = version.changed_after ? fmt::format("{}, {}", version.changed_after->date(),
                                                                    version.first_seen.date())
                                                      : "-";
    out += fmt::format("{:>4}  {:<10}  {:<10}  {:<24}  {:>7}  {:>8}\n", version.number,
                       version.first_seen.date(), version.last_seen.date(), changed, version.word_count,
                       version.captures);
  }
  return out;
}

nlohmann::ordered_json json(const PageSummary& page, const std::vector<VersionSummary>& versions) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const VersionSummary& version : versions) {
    nlohmann::ordered_json entry = {{"version", version.number},
                                    {"first_seen", version.first_seen.digits()},
                                    {"last_seen", version.last_seen.digits()},
                                    {"changed_after", nullptr},
                                    {"words", version.word_count},
                                    {"captures", version.captures},
                                    {"title", version.title},
                                    {"text_sha256", version.text_sha256.hex()},
                                    {"words_sha256", version.words_sha256.hex()}};
    if (version.changed_after) entry["changed_after"] = version.changed_after->digits();
    list.push_back(std::move(entry));
  }
  return {{"site", page.site},   {"urlkey", page.urlkey},     {"url", page.url},
          {"score", page.score}, {"captures", page.captures}, {"versions", std::move(list)}};
}

ExitCode run(const Options& options) {
  StoreReader store(store_path(options.store));
  const auto pages = require_pages(store, options.target);
  if (options.json) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const PageSummary& page : pages)
      all.push_back(json(page, store.versions(page.id)));
    write_stdout(json_text(all));
  } else {
    std::size_t without = 0;
    bool first = true;
    for (const PageSummary& page : pages) {
      // A site's index lists many pages that were never fetched or never had a text; named alone, one is
      // shown.
      if (page.versions == 0 && pages.size() > 1) {
        ++without;
        continue;
      }
      write_stdout((first ? "" : "\n") + table(page, store.versions(page.id)));
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
  auto* sub = app.add_subcommand("log", "List the versions of a site's pages or of one page");
  sub->add_option("TARGET", options->target, "A site (soompi.com) or a URL")->required();
  add_store_option(*sub, options->store);
  sub->add_flag("--json", options->json, "Print JSON, also of pages without a version");
  sub->footer(
      "Example:\n  winnow log soompi.com\n"
      "A version began between the two captures under `changed between`; `captures` confirm it.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
