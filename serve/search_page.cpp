#include "serve/search_page.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "extract/plain_text.hpp"
#include "model/printable.hpp"
#include "serve/history.hpp"
#include "serve/page.hpp"
#include "serve/words.hpp"
#include "serve/year_chart.hpp"
#include "storage/search_words.hpp"

namespace winnow::serve {
namespace {

constexpr std::size_t k_hits = 40;
constexpr std::size_t k_shown_runs = 6;

struct Search {
  SearchQuery query;
  std::string marked;   ///< what snippets mark
  std::string problem;  ///< why nothing can be looked for; else empty
};

SearchOrder order_of(const std::string& name) {
  return name == "first" ? SearchOrder::first : name == "last" ? SearchOrder::last : SearchOrder::best;
}

Search search_of(const Asked& asked) {
  const std::string words = asked.value("q");
  Search search;
  for (const char* const name : {"since", "until"}) {
    const std::string date = asked.value(name);
    const bool is_since = name == std::string_view("since");
    auto& moment = is_since ? search.query.since : search.query.until;
    moment = Timestamp::parse_partial(date, is_since ? Timestamp::Round::down : Timestamp::Round::up);
    if (!moment && !date.empty())
      search.problem = fmt::format("“{}” is no date: write 2015, 2015-03 or 2015-03-01.", printable(date));
  }
  const auto match = match_expression(words);
  if (!match) search.problem = "There is no word to look for.";
  search.query.match = match.value_or("");
  search.query.site = asked.value("site");
  search.query.order = order_of(asked.value("order"));
  search.query.limit = k_hits;
  search.marked = mark_expression(words);
  return search;
}

std::string version_address(const SearchHit& hit) {
  return fmt::format("{}/version/{}", series_path(hit.series), hit.first_seen.digits());
}

/// "2014-03-01 to 2018-05-20 (not yet 2013-12-01, gone by 2018-06-02)"
std::string run_words(const VersionRun& run) {
  std::string words = fmt::format("{} to {}", run.first_seen.date(), run.last_seen.date());
  if (run.absent_until) words += fmt::format(", not yet {}", run.absent_until->date());
  if (run.absent_from) words += fmt::format(", gone by {}", run.absent_from->date());
  return words;
}

View hit_rows(Readers& readers, const SearchResult& result, const std::string& marked) {
  View rows = view_list();
  for (const SearchHit& hit : result.hits) {
    View row = view_object();
    row.set("href", version_address(hit));
    row.set("site", hit.site);
    row.set("title", heading(hit.title, hit.site));
    row.set("version", fmt::format("version {} of {}", hit.version, hit.versions));
    row.set("history", series_path(hit.series));
    row.set("page", printable(hit.url));
    row.set("lang", hit.language.empty() ? View(View::type::bool_false) : View(hit.language));
    View runs = view_list();
    for (std::size_t i = 0; i < std::min(hit.runs.size(), k_shown_runs); ++i) {
      View run = view_object();
      run.set("when", run_words(hit.runs[i]));
      runs << run;
    }
    row.set("runs", runs);
    const Snippet snippet = readers.snippets.snippet(hit.title, plain_text(hit.markdown), marked);
    View pieces = view_list();
    for (const SnippetPiece& piece : snippet.pieces) {
      std::string text = piece.text;
      std::replace(text.begin(), text.end(), '\n', ' ');
      View part = view_object();
      part.set("hit", piece.is_hit);
      part.set("text", printable_line(text));
      pieces << part;
    }
    row.set("pieces", pieces);
    row.set("before", !snippet.is_start && !snippet.pieces.empty());
    row.set("after", !snippet.is_end && !snippet.pieces.empty());
    rows << row;
  }
  return rows;
}

void set_orders(View& view, const std::string& chosen) {
  view.set("by_first", chosen == "first");
  view.set("by_last", chosen == "last");
  view.set("by_best", chosen != "first" && chosen != "last");
}

}  // namespace

HttpAnswer search_page(Readers& readers, const Asked& asked) {
  View view = view_object();
  for (const char* name : {"q", "site", "since", "until"})
    view.set(name, printable(asked.value(name)));
  set_orders(view, asked.value("order"));
  Search search = search_of(asked);
  view.set("searched", !asked.value("q").empty());
  view.set("summary", search.problem);
  view.set("has_hits", false);
  if (search.problem.empty()) {
    search.query.by_year = true;
    const SearchResult result = readers.search.search(search.query);
    view.set("has_hits", !result.hits.empty());
    view.set("hits", hit_rows(readers, result, search.marked));
    std::string summary = result.hits.empty() ? std::string("No version has these words.")
                          : result.are_more
                              ? fmt::format("The first {} policies of more.", result.hits.size())
                              : counted(result.hits.size(), "policy") + ".";
    if (result.is_unranked) summary += " So many texts have these words that they are not ranked.";
    if (const auto unsearched = readers.search.unsearched_versions(); unsearched > 0)
      summary +=
          fmt::format(" {} of a run that has not ended cannot be found yet.", counted(unsearched, "version"));
    view.set("summary", summary);
    if (const std::string chart = year_chart(result); !chart.empty()) view.set("chart", chart);
    view.set("estimated", result.are_years_estimated);
  }
  const std::string title = asked.value("q").empty() ? "Search" : "Search: " + printable(asked.value("q"));
  return page({.title = title, .section = Section::search}, render("search.html", view));
}

HttpAnswer search_api(Readers& readers, const Asked& asked, const std::string& base) {
  using Json = nlohmann::ordered_json;
  const auto dump = [](const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  };
  const Search search = search_of(asked);
  if (!search.problem.empty()) return {400, "application/json", {}, dump({{"error", search.problem}})};
  const SearchResult result = readers.search.search(search.query);
  const auto digits = [](const std::optional<Timestamp>& moment) {
    return moment ? Json(moment->digits()) : Json(nullptr);
  };
  Json hits = Json::array();
  for (const SearchHit& hit : result.hits) {
    Json runs = Json::array();
    for (const VersionRun& run : hit.runs) {
      runs.push_back({{"first", run.first},
                      {"last", run.last},
                      {"first_seen", run.first_seen.digits()},
                      {"last_seen", run.last_seen.digits()},
                      {"absent_until", digits(run.absent_until)},
                      {"absent_from", digits(run.absent_from)}});
    }
    Json pieces = Json::array();
    const Snippet snippet = readers.snippets.snippet(hit.title, plain_text(hit.markdown), search.marked);
    for (const SnippetPiece& piece : snippet.pieces)
      pieces.push_back({{"text", piece.text}, {"hit", piece.is_hit}});
    hits.push_back({{"site", hit.site},
                    {"series_id", static_cast<std::int64_t>(hit.series)},
                    {"series", hit.name},
                    {"page", hit.url},
                    {"version", hit.version},
                    {"first_seen", hit.first_seen.digits()},
                    {"last_seen", hit.last_seen.digits()},
                    {"title", hit.title},
                    {"runs", std::move(runs)},
                    {"snippet", std::move(pieces)},
                    {"url", base + version_address(hit)}});
  }
  return {200,
          "application/json",
          {},
          dump({{"more", result.are_more}, {"ranked", !result.is_unranked}, {"hits", std::move(hits)}})};
}

}  // namespace winnow::serve
