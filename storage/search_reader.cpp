#include "storage/search_reader.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include <SQLiteCpp/Transaction.h>

#include "storage/content_chain.hpp"
#include "storage/database.hpp"
#include "storage/end_of_time.hpp"
#include "storage/search_texts.hpp"
#include "storage/search_version.hpp"
#include "storage/search_years.hpp"
#include "storage/statement.hpp"

namespace winnow {

using storage::guarded;
using storage::SearchTexts;
using storage::YearCounter;
using Version = storage::SearchedVersion;
using storage::Statement;

class SearchReader::Queries {
public:
  explicit Queries(const std::filesystem::path& path)
      : database(path, storage::Access::read),
        texts(database),
        series_of_text(database,
                       "SELECT DISTINCT v.series_id FROM captures c CROSS JOIN versions v "
                       "ON v.first_capture_id = c.id WHERE c.text_id = ?"),
        series_of_site(database,
                       "SELECT e.id FROM sites s JOIN series e ON e.site_id = s.id WHERE s.name = ? "
                       "AND EXISTS (SELECT 1 FROM versions v WHERE v.series_id = e.id) ORDER BY e.id"),
        all_series(database, "SELECT id FROM series"),
        from_oldest(database,
                    "SELECT v.series_id, v.first_seen, c.text_id FROM versions v "
                    "CROSS JOIN captures c ON c.id = v.first_capture_id WHERE v.first_seen BETWEEN ? AND ? "
                    "ORDER BY v.first_seen"),
        versions(database,
                 "SELECT v.number, v.first_seen, v.last_seen, c.text_id, y.language FROM versions v "
                 "CROSS JOIN captures c ON c.id = v.first_capture_id "
                 "LEFT JOIN analyses y ON y.text_id = c.text_id WHERE v.series_id = ? "
                 "ORDER BY v.first_seen, v.words_sha256"),
        series(database,
               "SELECT s.name, m.name, (SELECT p.url FROM tenures n JOIN pages p ON p.id = n.page_id "
               "WHERE n.series_id = e.id ORDER BY n.since DESC LIMIT 1) FROM series e "
               "JOIN sites s ON s.id = e.site_id JOIN series_names m ON m.series_id = e.id WHERE e.id = ?"),
        unread(
            database,
            "SELECT count(*) FROM tenures n CROSS JOIN unread_captures u ON u.page_id = n.page_id "
            "AND u.timestamp BETWEEN max(n.since, 1 + ?2) AND min(n.until, ?3) - 1 WHERE n.series_id = ?1"),
        title(database, "SELECT title FROM texts WHERE id = ?"),
        markdown(database, storage::Shelf::texts),
        is_at_work(database,
                   "SELECT coalesce((SELECT ended IS NULL FROM runs ORDER BY id DESC LIMIT 1), 0) "
                   "OR NOT EXISTS (SELECT 1 FROM analyses)"),
        unsearched(database,
                   "SELECT count(*) FROM versions v CROSS JOIN captures c ON c.id = v.first_capture_id "
                   "WHERE NOT EXISTS (SELECT 1 FROM analyses y WHERE y.text_id = c.text_id)") {}

  storage::Database database;
  storage::SearchTexts texts;
  Statement series_of_text, series_of_site, all_series, from_oldest, versions, series, unread, title;
  storage::ContentChain markdown;
  Statement is_at_work, unsearched;
};

namespace {

/// What is found of a series before its text is read.
struct Found {
  SeriesId series{};
  std::vector<Version> versions;
  std::size_t shown = 0;  ///< index in versions

  [[nodiscard]] const Version& version() const { return versions[shown]; }
  /// Whether the words are known to be gone.
  [[nodiscard]] bool are_gone() const {
    return shown + 1 < versions.size() && versions[shown + 1].language.has_value();
  }
};

bool is_within(const SearchQuery& query, Timestamp first, Timestamp last) {
  return (!query.since || last >= *query.since) && (!query.until || first <= *query.until);
}

}  // namespace

/// One search: which texts have the words, then which series show those.
class SearchReader::Search {
public:
  Search(Queries& queries, const SearchQuery& query)
      : m_queries(queries), m_texts(queries.texts), m_query(query) {}

  SearchResult run() {
    find_texts();
    std::vector<Found> found = find_series();
    order(found);
    SearchResult result;
    result.is_unranked = m_query.order == SearchOrder::best && !m_texts.are_ranked();
    result.are_more = found.size() > m_query.limit;
    found.resize(std::min(found.size(), m_query.limit), Found{});
    for (const Found& one : found)
      result.hits.push_back(hit(one));
    if (m_query.by_year) count_years(result);
    return result;
  }

private:
  void find_texts() {
    const bool has_prefix = m_query.match.find('*') != std::string::npos;  // folded words hold no star
    const bool has_filters = m_query.since || m_query.until || !m_query.language.empty();
    const bool needs_all = m_query.by_year || has_prefix ||
                           (m_query.site.empty() && (has_filters || m_query.order != SearchOrder::best));
    m_texts.find(m_query.match, m_query.order,
                 needs_all ? SearchTexts::Common::all : SearchTexts::Common::some);
  }

  [[nodiscard]] bool are_common() const { return m_texts.ids().size() > k_most_ranked; }

  [[nodiscard]] std::vector<Found> find_series() {
    if (!m_query.site.empty()) return series_of_site();
    const bool are_oldest_soon_met = m_query.order == SearchOrder::first && are_common();
    return are_oldest_soon_met ? series_from_oldest() : series_of_texts();
  }

  [[nodiscard]] std::vector<Found> series_of_texts() {
    std::vector<Found> found;
    std::unordered_set<std::int64_t> known;
    // By their best text: the search ends with the one behind those that are asked for.
    const bool are_ordered = m_query.order == SearchOrder::best;
    std::vector<SeriesId> candidates;
    for (const std::int64_t text : m_texts.ids()) {
      candidates.clear();
      read_ids(m_queries.series_of_text.bind(text), candidates);
      for (const SeriesId series : candidates) {
        if (known.contains(static_cast<std::int64_t>(series))) continue;
        auto one = look_at(series);
        // Its best text is not this one when this one is out of what is asked for.
        if (m_texts.are_ranked() && one && one->version().text != text) continue;
        known.insert(static_cast<std::int64_t>(series));
        if (one) found.push_back(std::move(*one));
        if (are_ordered && found.size() > m_query.limit) return found;
        if (found.size() / 2 > m_query.limit) keep_first(found);
      }
    }
    return found;
  }

  /// Of words that many texts have, the first versions with them are among the oldest ones.
  [[nodiscard]] std::vector<Found> series_from_oldest() {
    std::vector<Found> found;
    std::unordered_set<std::int64_t> known;
    Statement& rows = m_queries.from_oldest.bind(
        m_query.since ? static_cast<std::int64_t>(m_query.since->value()) : 0,
        m_query.until ? static_cast<std::int64_t>(m_query.until->value()) : storage::k_end_of_time);
    while (found.size() <= m_query.limit && rows.step()) {
      const std::int64_t series = rows.integer(0);
      if (known.contains(series) || !m_texts.has_words(rows.integer(2))) continue;
      auto one = look_at(SeriesId{series});
      // Its first one in the language that is asked for comes later.
      if (one && one->version().first_seen != rows.timestamp(1)) continue;
      known.insert(series);
      if (one) found.push_back(std::move(*one));
    }
    rows.done();
    return found;
  }

  static void read_ids(Statement& rows, std::vector<SeriesId>& ids) {
    while (rows.step())
      ids.push_back(rows.id<SeriesId>(0));
  }

  /// As many as are asked for, and one to know that there are more.
  void keep_first(std::vector<Found>& found) const {
    order(found);
    found.resize(std::min(found.size(), m_query.limit + 1), Found{});
  }

  [[nodiscard]] std::vector<Found> series_of_site() {
    std::vector<SeriesId> all;
    read_ids(m_queries.series_of_site.bind(m_query.site), all);
    std::vector<Found> found;
    for (const SeriesId series : all) {
      if (auto one = look_at(series)) found.push_back(std::move(*one));
    }
    return found;
  }

  /// Nothing when the series has no version that is asked for.
  [[nodiscard]] std::optional<Found> look_at(SeriesId series) {
    Found found{.series = series, .versions = versions(series), .shown = 0};
    return choose(found) ? std::optional(std::move(found)) : std::nullopt;
  }

  [[nodiscard]] std::vector<Version> versions(SeriesId series) {
    std::vector<Version> versions;
    Statement& row = m_queries.versions.bind(series);
    while (row.step()) {
      versions.push_back({.number = static_cast<std::uint32_t>(row.integer(0)),
                          .first_seen = row.timestamp(1),
                          .last_seen = row.timestamp(2),
                          .text = row.integer(3),
                          .language = {},
                          .has_words = false});
      if (!row.is_null(4)) versions.back().language = row.text(4);
    }
    for (Version& version : versions)
      version.has_words = version.language && m_texts.has_words(version.text);
    return versions;
  }

  /// The version to be shown; whether there is one.
  [[nodiscard]] bool choose(Found& found) const {
    const auto is_meant = [&](const Version& version) { return version.is_meant(m_query.language); };
    const auto begin = found.versions.begin();
    const auto end = found.versions.end();
    if (m_query.order == SearchOrder::first) {
      const auto first = std::find_if(begin, end, is_meant);
      found.shown = static_cast<std::size_t>(first - begin);
      return first != end && is_within(m_query, first->first_seen, first->first_seen);
    }
    if (m_query.order == SearchOrder::last) {
      const auto last = std::find_if(found.versions.rbegin(), found.versions.rend(), is_meant);
      if (last == found.versions.rend()) return false;
      found.shown = static_cast<std::size_t>(last.base() - begin) - 1;
      return is_within(m_query, last->last_seen, last->last_seen);
    }
    bool is_found = false;
    for (std::size_t i = 0; i < found.versions.size(); ++i) {
      const Version& version = found.versions[i];
      if (!is_meant(version) || !is_within(m_query, version.first_seen, version.last_seen)) continue;
      // Of equal ones the latest.
      if (!is_found || rank(version) <= rank(found.version())) found.shown = i;
      is_found = true;
    }
    return is_found;
  }

  [[nodiscard]] std::size_t rank(const Version& version) const { return m_texts.rank(version.text); }

  void order(std::vector<Found>& found) const {
    const auto key = [&](const Found& one) -> std::tuple<std::uint64_t, std::uint64_t> {
      const std::uint64_t latest_first = ~one.version().last_seen.value();
      switch (m_query.order) {
        case SearchOrder::best:
          return {rank(one.version()), 0};
        case SearchOrder::first:
          return {one.version().first_seen.value(), 0};
        case SearchOrder::last:
          return {one.are_gone() ? 0 : 1, latest_first};
      }
      return {};
    };
    std::stable_sort(found.begin(), found.end(),
                     [&](const Found& a, const Found& b) { return key(a) < key(b); });
  }

  [[nodiscard]] std::uint64_t unread(SeriesId series, Timestamp after, Timestamp before) {
    m_queries.unread.bind(series, after, before).step();
    const auto count = static_cast<std::uint64_t>(m_queries.unread.integer(0));
    m_queries.unread.done();
    return count;
  }

  [[nodiscard]] std::vector<VersionRun> runs(const Found& found) {
    std::vector<VersionRun> runs;
    const auto& versions = found.versions;
    for (std::size_t begin = 0; begin < versions.size();) {
      if (!versions[begin].has_words) {
        ++begin;
        continue;
      }
      std::size_t end = begin + 1;
      while (end < versions.size() && versions[end].has_words)
        ++end;
      VersionRun run{.first = versions[begin].number,
                     .last = versions[end - 1].number,
                     .first_seen = versions[begin].first_seen,
                     .last_seen = versions[end - 1].last_seen,
                     .absent_until = {},
                     .absent_from = {}};
      if (begin > 0 && versions[begin - 1].language) {
        run.absent_until = versions[begin - 1].last_seen;
        run.unread_before = unread(found.series, *run.absent_until, run.first_seen);
      }
      if (end < versions.size() && versions[end].language) {
        run.absent_from = versions[end].first_seen;
        run.unread_after = unread(found.series, run.last_seen, *run.absent_from);
      }
      runs.push_back(run);
      begin = end;
    }
    return runs;
  }

  [[nodiscard]] SearchHit hit(const Found& found) {
    const Version& shown = found.version();
    SearchHit hit{.series = found.series,
                  .site = {},
                  .name = {},
                  .url = {},
                  .versions = static_cast<std::uint32_t>(found.versions.size()),
                  .runs = runs(found),
                  .run = 0,
                  .version = shown.number,
                  .first_seen = shown.first_seen,
                  .last_seen = shown.last_seen,
                  .title = {},
                  .language = *shown.language,
                  .markdown = m_queries.markdown.read(shown.text).bytes};
    while (hit.runs[hit.run].last < shown.number)
      ++hit.run;
    if (m_queries.series.bind(found.series).step()) {
      hit.site = m_queries.series.text(0);
      hit.name = m_queries.series.text(1);
      hit.url = m_queries.series.text(2);
    }
    m_queries.series.done();
    if (m_queries.title.bind(shown.text).step()) hit.title = m_queries.title.text(0);
    m_queries.title.done();
    return hit;
  }

  /// Those that may have the words.
  [[nodiscard]] std::vector<SeriesId> candidates() {
    std::vector<SeriesId> all;
    if (!m_query.site.empty()) {
      read_ids(m_queries.series_of_site.bind(m_query.site), all);
    } else if (are_common()) {
      read_ids(m_queries.all_series.bind(), all);
    } else {
      for (const std::int64_t text : m_texts.ids())
        read_ids(m_queries.series_of_text.bind(text), all);
      std::sort(all.begin(), all.end());
      all.erase(std::unique(all.begin(), all.end()), all.end());
    }
    return all;
  }

  void count_years(SearchResult& result) {
    YearCounter counter(m_query);
    for (const SeriesId series : counter.sample(candidates()))
      counter.add(versions(series));
    result.years = counter.years();
    result.are_years_estimated = counter.is_estimate();
  }

  Queries& m_queries;
  SearchTexts& m_texts;
  const SearchQuery& m_query;
};

SearchReader::SearchReader(const std::filesystem::path& path)
    : m_queries(guarded(path.string(), [&] { return std::make_unique<Queries>(path); })) {}

SearchReader::~SearchReader() = default;

SearchResult SearchReader::search(const SearchQuery& query) {
  return guarded(m_queries->database.path(), [&] {
    const SQLite::Transaction one_moment(m_queries->database.handle());
    return Search(*m_queries, query).run();
  });
}

std::uint64_t SearchReader::unsearched_versions() {
  return guarded(m_queries->database.path(), [&]() -> std::uint64_t {
    const bool is_at_work = m_queries->is_at_work.bind().step() && m_queries->is_at_work.integer(0) != 0;
    m_queries->is_at_work.done();
    if (!is_at_work) return 0;
    m_queries->unsearched.bind().step();
    const auto count = static_cast<std::uint64_t>(m_queries->unsearched.integer(0));
    m_queries->unsearched.done();
    return count;
  });
}

}  // namespace winnow
