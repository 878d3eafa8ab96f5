#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "model/printable.hpp"
#include "model/url.hpp"
#include "serve/history.hpp"
#include "serve/pages.hpp"
#include "serve/time_axis.hpp"
#include "serve/words.hpp"

namespace winnow::serve {
namespace {

constexpr std::uint64_t k_most_captures = 100'000;
constexpr std::size_t k_most_candidates = 16;  // series that are looked at for a site's policy

std::string when(const PageTenure& page) {
  if (page.since && page.until) return fmt::format("{} to {}", page.since->date(), page.until->date());
  if (page.since) return "from " + page.since->date();
  if (page.until) return "until " + page.until->date();
  return {};
}

/// `others` are the site's pages that have versions as well.
std::string summary(const History& history, std::size_t others) {
  const std::string captures = counted(history.series.captures, "capture");
  std::string sentence = captures + ", none with a text.";
  if (!history.versions.empty())
    sentence =
        fmt::format("{} in {}, seen from {} to {}.", counted(history.versions.size(), "version"), captures,
                    history.versions.front().first_seen.date(), history.versions.back().last_seen.date());
  if (others > 0)
    sentence += fmt::format(" This is one page of the site; {} with versions {} at the foot.",
                            counted(others, "other page"), others == 1 ? "is" : "are");
  return sentence;
}

View places(const SeriesSummary& series) {
  View rows = view_list();
  for (const PageTenure& page : series.pages) {
    View row = view_object();
    row.set("url", printable(page.url));
    if (const std::string time = when(page); !time.empty()) row.set("when", time);
    rows << row;
  }
  return rows;
}

View version_rows(const History& history) {
  View rows = view_list();
  for (std::size_t i = history.versions.size(); i-- > 0;) {
    const VersionSummary& version = history.versions[i];
    View row = view_object();
    row.set("href", version_path(history, i));
    row.set("number", std::to_string(version.number));
    row.set("first", version.first_seen.date());
    row.set("last", version.last_seen.date());
    if (version.changed_after) row.set("between", between(version));
    row.set("share", View(View::type::bool_false));
    if (version.change) {
      row.set("share", fmt::format("{:.1f}", std::max(100 * version.change->share, 1.0)));
      row.set("change", change_words(*version.change));
    }
    row.set("minor", version.change && version.change->is_minor);
    row.set("words", grouped(version.word_count));
    row.set("claimed", version.claimed_date.value_or(""));
    row.set("returns", View(View::type::bool_false));
    if (version.returns_to) row.set("returns", std::to_string(*version.returns_to));
    row.set("unread", View(View::type::bool_false));
    if (version.unread_before > 0) row.set("unread", grouped(version.unread_before));
    row.set("kind", View(View::type::bool_false));
    if (const std::string kind = kind_words(version.kind); !kind.empty()) row.set("kind", kind);
    row.set("compare", View(View::type::bool_false));
    if (i > 0) row.set("compare", diff_path(history, i - 1, i));
    rows << row;
  }
  return rows;
}

/// Neighbouring gaps of one version in which nothing was archived are one row: it was seldom captured.
View gap_rows(const History& history, const std::vector<Gap>& gaps) {
  View rows = view_list();
  for (std::size_t i = 0; i < gaps.size();) {
    const VersionSummary* const around = version_around(history.versions, gaps[i]);
    Gap joined = gaps[i];
    std::size_t end = i + 1;
    while (around != nullptr && joined.index_read && end < gaps.size() && gaps[end].from == joined.to &&
           version_around(history.versions, gaps[end]) == around && joined.captures == 0 &&
           gaps[end].captures == 0 && gaps[end].index_read == joined.index_read) {
      joined.to = gaps[end].to;
      ++end;
    }
    View row = view_object();
    row.set("sentence", around == nullptr ? gap_sentence(joined)
                                          : gap_within_sentence(joined, around->number, end - i - 1));
    rows << row;
    i = end;
  }
  return rows;
}

View other_rows(const std::vector<SeriesSummary>& all, SeriesId shown) {
  View rows = view_list();
  for (const SeriesSummary& other : all) {
    if (other.id == shown) continue;
    View row = view_object();
    row.set("other_href", series_path(other.id));
    row.set("other_url", printable(other.pages.back().url));
    row.set("other_facts", counted(other.versions, "version") + ", " + counted(other.captures, "capture"));
    rows << row;
  }
  return rows;
}

HttpAnswer history_page(Readers& readers, const History& history, const std::vector<SeriesSummary>& all,
                        bool is_site) {
  const SeriesSummary& series = history.series;
  View view = view_object();
  view.set("site", series.site);
  if (!is_site) view.set("site_href", site_path(series.site));
  view.set("heading", series.site);
  const auto others = std::count_if(all.begin(), all.end(), [&](const SeriesSummary& other) {
    return other.id != series.id && other.versions > 0;
  });
  view.set("summary", summary(history, static_cast<std::size_t>(others)));
  view.set("places", places(series));
  view.set("has_versions", !history.versions.empty());
  const auto gaps = readers.ledger.gaps(series.id, k_default_gap);
  if (!history.versions.empty()) {
    std::vector<std::string> links;
    for (std::size_t i = 0; i < history.versions.size(); ++i)
      links.push_back(version_path(history, i));
    const auto captures = readers.captures.series_captures(series.id, 0, k_most_captures);
    view.set("timeline", timeline({series, history.versions, links, captures, gaps}));
    view.set("versions", version_rows(history));
    view.set("compare", compare_form(history, 0, history.versions.size() - 1, false));
  }
  const auto is_any = [&](auto is_so) {
    return std::any_of(history.versions.begin(), history.versions.end(), is_so);
  };
  view.set("any_minor",
           is_any([](const auto& version) { return version.change && version.change->is_minor; }));
  view.set("any_returns", is_any([](const auto& version) { return version.returns_to.has_value(); }));
  view.set("any_odd", is_any([](const auto& version) { return !kind_words(version.kind).empty(); }));
  view.set("any_move", series.pages.size() > 1);
  view.set("has_gaps", !gaps.empty());
  view.set("gaps", gap_rows(history, gaps));
  view.set("has_others", is_site && all.size() > 1);
  view.set("others", other_rows(all, series.id));
  view.set("ledger", "/ledger?site=" + quote_query_value(series.site));
  const std::string feed = site_path(series.site) + "/feed.atom";
  view.set("feed_href", feed);
  view.set("api", "/api/v1" + series_path(series.id) + "/versions");
  return page({.title = series.site, .section = Section::sites, .feed = feed}, render("series.html", view));
}

/// The series that a site's page shows: of equally good ones (as of all that were imported) a policy before
/// other texts, then that with the most versions.
History policy_of(Readers& readers, const std::vector<SeriesSummary>& all) {
  std::vector<const SeriesSummary*> best;
  for (const SeriesSummary& series : all) {
    if (!best.empty() && series.score < best.front()->score) continue;
    if (!best.empty() && series.score > best.front()->score) best.clear();
    best.push_back(&series);
  }
  std::stable_sort(best.begin(), best.end(),
                   [](const auto* a, const auto* b) { return a->versions > b->versions; });
  for (std::size_t i = 0; i < std::min(best.size(), k_most_candidates); ++i) {
    History history = history_of(readers, *best[i]);
    if (!history.versions.empty() && history.versions.back().kind == "policy") return history;
  }
  return history_of(readers, *best.front());
}

HttpAnswer nothing_of(Readers& readers, const std::string& site) {
  const std::string sentence = "The store has nothing of " + printable(site) + ".";
  if (readers.overview.ledger_reasons(site).empty()) return message_page(404, "Not in the store", sentence);
  return message_page(404, "Not in the store", sentence + " The ledger says why.",
                      {"/ledger?site=" + quote_query_value(site), "Ledger of " + printable(site)});
}

}  // namespace

HttpAnswer site_page(Readers& readers, const std::string& site) {
  const auto all = readers.store.find_series(site);
  if (all.empty() || all.front().site != site) return nothing_of(readers, site);
  return history_page(readers, policy_of(readers, all), all, true);
}

HttpAnswer series_page(Readers& readers, const std::string& series) {
  const auto history = read_history(readers, series);
  if (!history) return message_page(404, "Not in the store", "The store has no such series of pages.");
  return history_page(readers, *history, {}, false);
}

}  // namespace winnow::serve
