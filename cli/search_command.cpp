#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/command.hpp"
#include "cli/counted.hpp"
#include "cli/date_option.hpp"
#include "cli/output.hpp"
#include "cli/page_target.hpp"
#include "cli/search/search_view.hpp"
#include "cli/store_option.hpp"
#include "cli/terminal.hpp"
#include "extract/plain_text.hpp"
#include "model/error.hpp"
#include "storage/search_words.hpp"

namespace winnow::cli {
namespace {

struct Options {
  std::vector<std::string> words;
  std::string store;
  std::string site;
  std::string language;
  DateOptions dates;
  std::size_t limit = 20;
  bool first = false;
  bool last = false;
  bool json = false;
};

SearchOrder order_of(const Options& options) {
  if (options.first) return SearchOrder::first;
  return options.last ? SearchOrder::last : SearchOrder::best;
}

/// A shell takes the quotes off `"personal data"`: several words in one argument are the phrase that they
/// were, unless they are a query themselves.
std::string query_of(const std::vector<std::string>& words) {
  std::string query;
  for (const std::string& word : words) {
    const bool is_query =
        word.find('"') != std::string::npos || word.starts_with('-') || word.find(" -") != std::string::npos;
    const bool is_phrase = word.find(' ') != std::string::npos && !is_query;
    query += is_phrase ? "\"" + word + "\" " : word + " ";
  }
  return query;
}

/// The site's name in the store.
std::string site_of(StoreReader& store, const std::string& site) {
  return site.empty() ? site : require_series(store, site).front().site;
}

ExitCode run(const Options& options) {
  const std::string words = query_of(options.words);
  const auto match = match_expression(words);
  if (!match) throw usage_error("there is no word to look for");
  const auto [since, until] = parse_dates(options.dates);
  const auto path = store_path(options.store);
  StoreReader store(path);
  SearchReader reader(path);
  const SearchQuery query{
      .match = *match,
      .site = site_of(store, options.site),
      .language = options.language,
      .since = since,
      .until = until,
      .order = order_of(options),
      .limit = options.limit > 0 ? options.limit : std::numeric_limits<std::int32_t>::max()};
  SearchResult result = reader.search(query);
  Snippets snippets;
  const std::string marked = mark_expression(words);
  std::vector<ShownHit> hits;
  for (SearchHit& hit : result.hits) {
    Snippet snippet = snippets.snippet(hit.title, plain_text(hit.markdown), marked);
    hit.markdown = {};
    hits.push_back({std::move(hit), std::move(snippet)});
  }
  if (options.json) {
    print(render_search_json(hits));
  } else {
    print(render_search(hits, query.order, stdout_wants_colours() ? HitMarks::bold : HitMarks::none));
  }
  if (hits.empty()) spdlog::info("no version has these words");
  if (result.is_unranked) {
    spdlog::info(
        "more than {} texts have these words: they are not ranked; more words, a phrase or --site tell more",
        SearchReader::k_most_ranked);
  }
  if (result.are_more)
    spdlog::info("more than these {} series have them: --limit 0 shows all", options.limit);
  if (const auto unsearched = reader.unsearched_versions(); unsearched > 0) {
    spdlog::info(
        "{} not searched: a run has not ended yet, or was killed; the end of the next one adds what is "
        "missing",
        counted(unsearched, "version is", "versions are"));
  }
  return ExitCode::done;
}

}  // namespace

void add_search_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = app.add_subcommand(
      "search", "Find words and phrases in all versions, and since and until when they were there");
  sub->add_option("WORDS", options->words,
                  "Words that a version must have; 'a phrase'; -word that it must not have; begin*")
      ->required();
  add_store_option(*sub, options->store);
  sub->add_option("--site", options->site, "Only this site's series")->type_name("SITE");
  sub->add_option("--since", options->dates.since,
                  "Only versions seen from this date on; with --first or --last: first or last seen then")
      ->type_name("DATE");
  sub->add_option("--until", options->dates.until, "Only up to this date")->type_name("DATE");
  sub->add_option("--language", options->language, "Only versions in this language (en, zh-Hant)")
      ->type_name("CODE");
  auto* first = sub->add_flag("--first", options->first,
                              "The first version that has the words, the earliest series first");
  sub->add_flag("--last", options->last,
                "The last version that has them, and when they had gone; the latest loss first")
      ->excludes(first);
  sub->add_option("--limit", options->limit, "At most so many series; 0: all")
      ->check(CLI::Range(0, 1'000'000'000))
      ->capture_default_str();
  sub->add_flag("--json", options->json, "Print JSON");
  sub->footer(
      "Example:\n"
      "  winnow search 'legitimate interest'            one argument: a phrase\n"
      "  winnow search --first 'do not sell' share*     who had them first\n"
      "  winnow search --last 'safe harbor' --since 2015\n"
      "  winnow search '\"personal data\" -cookies'\n"
      "Case and accents don't matter. Series come with the runs of versions that have the words; what is\n"
      "before `not yet` or behind `gone` is the capture next to them.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
