#include "serve/search_page.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "extract/plain_text.hpp"
#include "model/printable.hpp"
#include "serve/history.hpp"
#include "serve/page.hpp"
#include "serve/words.hpp"
#include "storage/search_words.hpp"

namespace winnow::serve {
namespace {

constexpr std::size_t k_hits = 40;
constexpr std::size_t k_shown_runs = 6;

struct Search {
  std::string words;
  SearchResult result;
  std::string marked;  ///< what snippets mark
};

SearchOrder order_of(const std::string& name) {
  return name == "first" ? SearchOrder::first : name == "last" ? SearchOrder::last : SearchOrder::best;
}

/// Nothing when there is no word to look for.
std::optional<Search> search(Readers& readers, const Asked& asked) {
  Search search{.words = asked.value("q"), .result = {}, .marked = {}};
  const auto match = match_expression(search.words);
  if (!match) return std::nullopt;
  search.marked = mark_expression(search.words);
  search.result =
      readers.search.search({.match = *match,
                             .site = asked.value("site"),
                             .language = {},
                             .since = Timestamp::parse_partial(asked.value("since"), Timestamp::Round::down),
                             .until = Timestamp::parse_partial(asked.value("until"), Timestamp::Round::up),
                             .order = order_of(asked.value("order")),
                             .limit = k_hits});
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

View hit_rows(Readers& readers, Search& search) {
  View rows = view_list();
  for (const SearchHit& hit : search.result.hits) {
    View row = view_object();
    row.set("href", version_address(hit));
    row.set("site", hit.site);
    row.set("title", heading(hit.title, hit.site));
    row.set("version", fmt::format("version {} of {}", hit.version, hit.versions));
    row.set("history", series_path(hit.series));
    View runs = view_list();
    for (std::size_t i = 0; i < std::min(hit.runs.size(), k_shown_runs); ++i) {
      View run = view_object();
      run.set("when", run_words(hit.runs[i]));
      runs << run;
    }
    row.set("runs", runs);
    const Snippet snippet = readers.snippets.snippet(hit.title, plain_text(hit.markdown), search.marked);
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

/// How many of the series found have the words in each year.
std::string year_chart(const std::vector<SearchHit>& hits) {
  std::map<std::uint64_t, std::size_t> years;
  for (const SearchHit& hit : hits) {
    std::uint64_t last = 0;
    for (const VersionRun& run : hit.runs) {
      const std::uint64_t to = run.last_seen.value() / 10'000'000'000U;
      for (std::uint64_t year = std::max(last + 1, run.first_seen.value() / 10'000'000'000U); year <= to;
           ++year)
        ++years[year];
      last = std::max(last, to);
    }
  }
  if (years.size() < 2) return {};
  const std::uint64_t first = years.begin()->first;
  const auto span = static_cast<double>(years.rbegin()->first - first + 1);
  std::size_t most = 1;
  for (const auto& [year, series] : years)
    most = std::max(most, series);
  std::string svg = "<svg class=\"bars\" role=\"img\" aria-label=\"Series that have the words, by year\">";
  for (const auto& [year, series] : years) {
    const double x = 100 * static_cast<double>(year - first) / span;
    const auto height = static_cast<int>(56 * series / most);
    svg +=
        fmt::format(R"(<rect x="{:.2f}%" width="{:.2f}%" y="{}" height="{}"><title>{}: {}</title></rect>)"
                    R"(<text x="{:.2f}%" y="88">{}</text><text class="value" x="{:.2f}%" y="{}">{}</text>)",
                    x, 88 / span, 72 - height, height, year, series, x, year, x, 68 - height, series);
  }
  return svg + "</svg>";
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
  auto found = search(readers, asked);
  view.set("searched", found.has_value());
  if (found) {
    const SearchResult& result = found->result;
    view.set("has_hits", !result.hits.empty());
    view.set("hits", hit_rows(readers, *found));
    std::string summary = result.hits.empty() ? std::string("No version has these words.")
                                              : counted(result.hits.size(), "series") +
                                                    (result.are_more ? ", and there are more." : ".");
    if (result.is_unranked) summary += " So many texts have these words that they are not ranked.";
    if (const auto unsearched = readers.search.unsearched_versions(); unsearched > 0)
      summary +=
          fmt::format(" {} of a run that has not ended cannot be found yet.", counted(unsearched, "version"));
    view.set("summary", summary);
    view.set("chart", year_chart(result.hits));
  }
  const std::string title = asked.value("q").empty() ? "Search" : "Search: " + printable(asked.value("q"));
  return page({.title = title, .section = Section::search}, render("search.html", view));
}

HttpAnswer search_api(Readers& readers, const Asked& asked, const std::string& base) {
  using Json = nlohmann::ordered_json;
  const auto dump = [](const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  };
  auto found = search(readers, asked);
  if (!found)
    return {400, "application/json", {}, dump({{"error", "there is no word to look for: write ?q="}})};
  const auto digits = [](const std::optional<Timestamp>& moment) {
    return moment ? Json(moment->digits()) : Json(nullptr);
  };
  Json hits = Json::array();
  for (const SearchHit& hit : found->result.hits) {
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
    const Snippet snippet = readers.snippets.snippet(hit.title, plain_text(hit.markdown), found->marked);
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
          dump({{"more", found->result.are_more},
                {"ranked", !found->result.is_unranked},
                {"hits", std::move(hits)}})};
}

}  // namespace winnow::serve
