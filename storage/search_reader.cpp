#include "storage/search_reader.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include <SQLiteCpp/Transaction.h>

#include "storage/content_chain.hpp"
#include "storage/database.hpp"
#include "storage/statement.hpp"

namespace winnow {

using storage::guarded;
using storage::Statement;

class SearchReader::Queries {
public:
  explicit Queries(const std::filesystem::path& path)
      : database(path, storage::Access::read),
        ids(database, "SELECT rowid FROM text_words WHERE text_words MATCH ? LIMIT ?"),
        // Ordered outside of FTS5, whose own sorter would carry all positions along.
        ranked(database,
               "SELECT rowid, bm25(text_words) AS rank FROM text_words WHERE text_words MATCH ? "
               "ORDER BY rank, +rowid"),
        has(database, "SELECT 1 FROM text_words WHERE text_words MATCH ? AND rowid = ?"),
        series_of_text(database,
                       "SELECT DISTINCT v.series_id FROM captures c CROSS JOIN versions v "
                       "ON v.first_capture_id = c.id WHERE c.text_id = ?"),
        series_of_site(database,
                       "SELECT e.id FROM sites s JOIN series e ON e.site_id = s.id WHERE s.name = ? "
                       "AND EXISTS (SELECT 1 FROM versions v WHERE v.series_id = e.id) ORDER BY e.id"),
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
  Statement ids, ranked, has, series_of_text, series_of_site, versions, series, unread, title;
  storage::ContentChain markdown;
  Statement is_at_work, unsearched;
};

namespace {

struct Version {
  std::uint32_t number = 0;
  Timestamp first_seen;
  Timestamp last_seen;
  std::int64_t text = 0;
  std::optional<std::string> language;  ///< nothing: its words are not known yet
  bool has_words = false;
};

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

bool speaks(const Version& version, const std::string& language) {
  const std::string& own = *version.language;
  return language.empty() || own == language ||
         (own.size() > language.size() && own.starts_with(language) && own[language.size()] == '-');
}

bool is_within(const SearchQuery& query, Timestamp first, Timestamp last) {
  return (!query.since || last >= *query.since) && (!query.until || first <= *query.until);
}

}  // namespace

/// One search: which texts have the words, then which series show those.
class SearchReader::Search {
public:
  Search(Queries& queries, const SearchQuery& query) : m_queries(queries), m_query(query) {}

  SearchResult run() {
    find_texts();
    std::vector<Found> found = m_query.site.empty() ? series_of_texts() : series_of_site();
    order(found);
    SearchResult result;
    result.is_unranked = m_query.order == SearchOrder::best && !m_is_ranked;
    result.are_more = found.size() > m_query.limit;
    found.resize(std::min(found.size(), m_query.limit), Found{});
    for (const Found& one : found)
      result.hits.push_back(hit(one));
    return result;
  }

private:
  void find_texts() {
    const bool has_prefix = m_query.match.find('*') != std::string::npos;  // folded words hold no star
    const bool has_filters = m_query.since || m_query.until || !m_query.language.empty();
    const bool needs_all =
        has_prefix || (m_query.site.empty() && (has_filters || m_query.order != SearchOrder::best));
    const auto most =
        needs_all ? std::numeric_limits<std::int64_t>::max() : static_cast<std::int64_t>(k_most_ranked) + 1;
    Statement& ids = m_queries.ids.bind(m_query.match, most);
    while (ids.step())
      m_texts.push_back(ids.integer(0));
    m_are_all = needs_all || m_texts.size() <= k_most_ranked;
    m_is_ranked = m_query.order == SearchOrder::best && m_texts.size() <= k_most_ranked;
    if (!m_is_ranked) return;  // ascending, as FTS5 gives them
    m_texts.clear();
    Statement& ranked = m_queries.ranked.bind(m_query.match);
    while (ranked.step()) {
      m_ranks.emplace(ranked.integer(0), m_texts.size());
      m_texts.push_back(ranked.integer(0));
    }
  }

  [[nodiscard]] bool has_words(std::int64_t text) {
    if (m_is_ranked) return m_ranks.contains(text);
    if (m_are_all) return std::binary_search(m_texts.begin(), m_texts.end(), text);
    const bool found = m_queries.has.bind(m_query.match, text).step();
    m_queries.has.done();
    return found;
  }

  [[nodiscard]] std::vector<Found> series_of_texts() {
    std::vector<Found> found;
    std::unordered_set<std::int64_t> known;
    // By their best text: the search ends with the one behind those that are asked for.
    const bool are_ordered = m_query.order == SearchOrder::best;
    std::vector<SeriesId> candidates;
    for (const std::int64_t text : m_texts) {
      candidates.clear();
      Statement& rows = m_queries.series_of_text.bind(text);
      while (rows.step())
        candidates.push_back(rows.id<SeriesId>(0));
      for (const SeriesId series : candidates) {
        if (known.contains(static_cast<std::int64_t>(series))) continue;
        auto one = look_at(series);
        // Its best text is not this one when this one is out of what is asked for.
        if (m_is_ranked && one && one->version().text != text) continue;
        known.insert(static_cast<std::int64_t>(series));
        if (one) found.push_back(std::move(*one));
        if (are_ordered && found.size() > m_query.limit) return found;
        if (found.size() / 2 > m_query.limit) keep_first(found);
      }
    }
    return found;
  }

  /// As many as are asked for, and one to know that there are more.
  void keep_first(std::vector<Found>& found) const {
    order(found);
    found.resize(std::min(found.size(), m_query.limit + 1), Found{});
  }

  [[nodiscard]] std::vector<Found> series_of_site() {
    std::vector<SeriesId> all;
    Statement& rows = m_queries.series_of_site.bind(m_query.site);
    while (rows.step())
      all.push_back(rows.id<SeriesId>(0));
    std::vector<Found> found;
    for (const SeriesId series : all) {
      if (auto one = look_at(series)) found.push_back(std::move(*one));
    }
    return found;
  }

  /// Nothing when the series has no version that is asked for.
  [[nodiscard]] std::optional<Found> look_at(SeriesId series) {
    Found found{.series = series, .versions = {}, .shown = 0};
    Statement& row = m_queries.versions.bind(series);
    while (row.step()) {
      found.versions.push_back({.number = static_cast<std::uint32_t>(row.integer(0)),
                                .first_seen = row.timestamp(1),
                                .last_seen = row.timestamp(2),
                                .text = row.integer(3),
                                .language = {},
                                .has_words = false});
      if (!row.is_null(4)) found.versions.back().language = row.text(4);
    }
    for (Version& version : found.versions)
      version.has_words = version.language && has_words(version.text);
    return choose(found) ? std::optional(std::move(found)) : std::nullopt;
  }

  /// The version to be shown; whether there is one.
  [[nodiscard]] bool choose(Found& found) const {
    const auto is_meant = [&](const Version& version) {
      return version.has_words && speaks(version, m_query.language);
    };
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

  [[nodiscard]] std::size_t rank(const Version& version) const {
    return m_is_ranked ? m_ranks.at(version.text) : 0;
  }

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

  Queries& m_queries;
  const SearchQuery& m_query;
  std::vector<std::int64_t> m_texts;  ///< by rank, else ascending
  std::unordered_map<std::int64_t, std::size_t> m_ranks;
  bool m_is_ranked = false;
  bool m_are_all = false;  ///< m_texts are all that have the words
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
