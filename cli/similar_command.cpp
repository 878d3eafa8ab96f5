#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "cli/command.hpp"
#include "cli/json_text.hpp"
#include "cli/output.hpp"
#include "cli/page_target.hpp"
#include "cli/store_option.hpp"
#include "model/error.hpp"
#include "model/printable.hpp"
#include "storage/similar_reader.hpp"

namespace winnow::cli {
namespace {

struct Options {
  std::string target;
  std::string store;
  int max_distance = k_most_simhash_distance;
  bool json = false;
};

std::string table(const std::vector<SimilarVersion>& versions) {
  if (versions.empty()) return {};
  std::string out = fmt::format("{:<8}  {:<10}  {:<10}  {:>6}  {}\n", "distance", "first seen", "last seen",
                                "words", "version");
  for (const SimilarVersion& version : versions) {
    out += fmt::format("{:<8}  {:<10}  {:<10}  {:>6}  {}#{}\n",
                       version.has_same_words ? "same" : std::to_string(version.distance),
                       version.first_seen.date(), version.last_seen.date(), version.word_count,
                       printable_line(version.url), version.number);
  }
  return out;
}

nlohmann::ordered_json json(const std::vector<SimilarVersion>& versions) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const SimilarVersion& version : versions) {
    list.push_back({{"site", version.site},
                    {"url", version.url},
                    {"version", version.number},
                    {"first_seen", version.first_seen.digits()},
                    {"last_seen", version.last_seen.digits()},
                    {"distance", version.distance},
                    {"same_words", version.has_same_words},
                    {"words", version.word_count},
                    {"title", version.title}});
  }
  return list;
}

ExitCode run(const Options& options) {
  const PageTarget target = parse_page_target(options.target);
  const auto path = store_path(options.store);
  StoreReader store(path);
  const SeriesSummary series = choose_series(store, target);
  const VersionSummary version = choose_version(store.versions(series.id), target.version);
  if (version.word_count < k_least_compared_words) {
    throw error("version {} of {} has {} words: texts of fewer than {} are not compared", version.number,
                target.page, version.word_count, k_least_compared_words);
  }
  const auto record = store.version(series.id, version.number);
  if (!record)
    throw error("version {} of {} is being changed by another process; try again", version.number,
                series.name);
  const auto found = SimilarReader(path).similar(record->text.simhash, version.words_sha256, series.site,
                                                 options.max_distance);
  print(options.json ? json_text(json(found)) : table(found));
  if (found.empty()) {
    spdlog::info("no other site has a version like version {} of {}, {} words, {}", version.number,
                 printable(series.pages.back().url), version.word_count, version.first_seen.date());
  }
  return ExitCode::done;
}

}  // namespace

void add_similar_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = app.add_subcommand("similar", "List other sites' versions that have nearly the same text");
  sub->add_option("TARGET", options->target,
                  "A version: soompi.com#3, soompi.com@2015, or a page for its last one")
      ->required();
  add_store_option(*sub, options->store);
  sub->add_option("--max-distance", options->max_distance,
                  "Bits in which the SimHashes of the texts may differ")
      ->check(CLI::Range(0, k_most_simhash_distance))
      ->capture_default_str();
  sub->add_flag("--json", options->json, "Print JSON");
  sub->footer(
      "Example:\n  winnow similar soompi.com@2015\n"
      "Texts with the same words come first, then the nearest, of these the earliest: who may have had it "
      "from\n"
      "whom. Texts of fewer than 20 words are not compared. A distance says how alike texts are as wholes:\n"
      "winnow diff A B shows what differs.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
