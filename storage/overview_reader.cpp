#include "storage/overview_reader.hpp"

#include "storage/database.hpp"
#include "storage/statement.hpp"
#include "storage/version_rows.hpp"

namespace winnow {

using storage::guarded;
using storage::join;
using storage::Statement;

namespace {

constexpr const char* k_totals =
    "SELECT (SELECT count(*) FROM sites), (SELECT count(*) FROM versions), (SELECT count(*) FROM captures), "
    "(SELECT count(*) FROM bodies), (SELECT count(*) FROM ledger)";

constexpr const char* k_news =
    "SELECT n.cursor, v.series_id, s.name, c.original, v.number, v.first_seen, v.changed_after, t.title, "
    "t.word_count, d.words_removed, d.words_added, d.share, d.simhash_distance, d.minor, "
    "(SELECT max(w.number) FROM versions w WHERE w.series_id = v.series_id AND w.number < v.number "
    "AND w.words_sha256 = v.words_sha256), "
    "coalesce((SELECT json_extract(record, '$.fetched_at') FROM provenance WHERE capture_id = c.id), "
    "(SELECT json_extract(r.record, '$.fetched_at') FROM captures h CROSS JOIN provenance r "
    "ON r.capture_id = h.id WHERE h.page_id = c.page_id AND h.digest = c.digest AND h.state = 2 LIMIT 1)), "
    "coalesce((SELECT kind FROM analyses WHERE text_id = t.id), '') "
    "FROM news n CROSS JOIN version_texts v ON v.series_id = n.series_id AND v.first_seen = n.first_seen "
    "AND v.words_sha256 = n.words_sha256 "
    "JOIN captures c ON c.id = v.first_capture_id JOIN series e ON e.id = v.series_id "
    "JOIN sites s ON s.id = e.site_id JOIN texts t ON t.id = v.text_id "
    "LEFT JOIN changes d ON d.from_text_id = v.text_id_before AND d.to_text_id = v.text_id ";

constexpr const char* k_latest =
    "WITH news AS MATERIALIZED (SELECT 0 AS cursor, w.series_id, w.first_seen, w.words_sha256 FROM versions "
    "w WHERE w.number > 1 ORDER BY w.first_seen DESC LIMIT ?1) ";

// A version that is no more (an older one was found within it) is no news.
constexpr const char* k_arrivals =
    "WITH news AS MATERIALIZED (SELECT o.id AS cursor, w.series_id, w.first_seen, w.words_sha256 "
    "FROM arrivals o CROSS JOIN series e ON e.site_id = o.site_id CROSS JOIN versions w "
    "ON w.series_id = e.id AND w.first_seen = o.first_seen AND w.words_sha256 = o.words_sha256 WHERE ";
constexpr const char* k_of_site = "o.site_id = (SELECT id FROM sites WHERE name = ?2) ";
constexpr const char* k_after =
    "o.id > ?1 AND (?2 = '' OR o.site_id = (SELECT id FROM sites WHERE name = ?2)) ORDER BY o.id LIMIT ?3) ";
constexpr const char* k_last_changes = "AND w.number > 1 ORDER BY o.id DESC LIMIT ?1) ";
// No index tells changes from first versions: after many of these the changes before them are not found.
constexpr const char* k_lately = "o.id > (SELECT max(id) FROM arrivals) - 20000 ";

constexpr const char* k_ledger_from =
    "FROM ledger l JOIN archives a ON a.id = l.archive_id LEFT JOIN captures c ON c.id = l.capture_id "
    "LEFT JOIN pages p ON p.id = c.page_id LEFT JOIN sites s ON s.id = p.site_id "
    "WHERE (?1 = '' OR s.name = ?1 OR instr(l.target, ?1) > 0) ";

VersionNews news(Statement& row) {
  VersionNews found{.cursor = row.integer(0),
                    .series = row.id<SeriesId>(1),
                    .site = row.text(2),
                    .page = row.text(3),
                    .number = static_cast<std::uint32_t>(row.integer(4)),
                    .first_seen = row.timestamp(5),
                    .changed_after = row.optional<Timestamp>(6),
                    .title = row.text(7),
                    .word_count = static_cast<std::uint32_t>(row.integer(8)),
                    .change = {},
                    .returns_to = row.optional<std::uint32_t>(14),
                    .kind = row.text(16),
                    .learnt = row.timestamp(5)};
  if (!row.is_null(9)) {
    found.change = TextChange{.words_removed = static_cast<std::uint64_t>(row.integer(9)),
                              .words_added = static_cast<std::uint64_t>(row.integer(10)),
                              .share = row.real(11),
                              .simhash_distance = static_cast<int>(row.integer(12)),
                              .is_minor = row.integer(13) != 0};
  }
  if (!row.is_null(15)) {
    if (const auto learnt = Timestamp::parse(row.text(15))) found.learnt = *learnt;
  }
  return found;
}

std::vector<VersionNews> all_news(Statement& rows) {
  std::vector<VersionNews> found;
  while (rows.step())
    found.push_back(news(rows));
  return found;
}

}  // namespace

class OverviewReader::Queries {
public:
  explicit Queries(const std::filesystem::path& path)
      : database(path, storage::Access::read),
        totals(database, k_totals),
        latest(database,
               join({k_latest, k_news, "ORDER BY v.first_seen DESC, v.series_id, v.number DESC"}).c_str()),
        arrivals(database, join({k_arrivals, k_after, k_news, "ORDER BY n.cursor"}).c_str()),
        last_changes(database,
                     join({k_arrivals, k_lately, k_last_changes, k_news, "ORDER BY n.cursor DESC"}).c_str()),
        last_changes_of_site(
            database,
            join({k_arrivals, k_of_site, k_last_changes, k_news, "ORDER BY n.cursor DESC"}).c_str()),
        site_of(database, "SELECT s.name FROM series e JOIN sites s ON s.id = e.site_id WHERE e.id = ?"),
        ledger(
            database,
            (std::string("SELECT a.url, coalesce(s.name, ''), c.timestamp, coalesce(c.original, l.target), "
                         "l.reason, l.status, l.detail, l.attempts, l.noted, l.retry, l.retry_at ") +
             k_ledger_from +
             "AND (?2 = '' OR l.reason = ?2) ORDER BY l.noted DESC, l.id DESC LIMIT ?3 OFFSET ?4")
                .c_str()),
        reasons(database, "SELECT reason, count(*) FROM ledger GROUP BY reason ORDER BY 2 DESC, 1"),
        reasons_of_site(database, (std::string("SELECT l.reason, count(*) ") + k_ledger_from +
                                   "GROUP BY l.reason ORDER BY 2 DESC, 1")
                                      .c_str()),
        runs(database,
             "SELECT id, command, program, started, ended, exit_code, coalesce(report, '') FROM runs "
             "ORDER BY id DESC LIMIT ? OFFSET ?"),
        data_version(database, "PRAGMA data_version") {}

  storage::Database database;
  Statement totals, latest, arrivals, last_changes, last_changes_of_site, site_of, ledger, reasons,
      reasons_of_site, runs, data_version;
};

OverviewReader::OverviewReader(const std::filesystem::path& path)
    : m_queries(guarded(path.string(), [&] { return std::make_unique<Queries>(path); })) {}

OverviewReader::~OverviewReader() = default;

StoreTotals OverviewReader::totals() {
  return guarded(m_queries->database.path(), [&] {
    Statement& row = m_queries->totals.bind();
    StoreTotals totals;
    if (!row.step()) return totals;
    const auto count = [&row](int column) { return static_cast<std::uint64_t>(row.integer(column)); };
    totals = {count(0), count(1), count(2), count(3), count(4)};
    row.done();
    return totals;
  });
}

std::vector<VersionNews> OverviewReader::latest_changes(std::uint64_t limit) {
  return guarded(m_queries->database.path(), [&] { return all_news(m_queries->latest.bind(limit)); });
}

std::vector<VersionNews> OverviewReader::last_arrived_changes(std::string_view site, std::uint64_t limit) {
  return guarded(m_queries->database.path(), [&] {
    return all_news(site.empty() ? m_queries->last_changes.bind(limit)
                                 : m_queries->last_changes_of_site.bind(limit, site));
  });
}

std::vector<VersionNews> OverviewReader::arrivals(std::int64_t after, std::string_view site,
                                                  std::uint64_t limit) {
  return guarded(m_queries->database.path(),
                 [&] { return all_news(m_queries->arrivals.bind(after, site, limit)); });
}

std::optional<std::string> OverviewReader::site_of(SeriesId series) {
  return guarded(m_queries->database.path(), [&]() -> std::optional<std::string> {
    if (!m_queries->site_of.bind(series).step()) return std::nullopt;
    std::string site = m_queries->site_of.text(0);
    m_queries->site_of.done();
    return site;
  });
}

std::vector<LedgerRow> OverviewReader::ledger(const LedgerQuery& query) {
  return guarded(m_queries->database.path(), [&] {
    std::vector<LedgerRow> found;
    Statement& rows = m_queries->ledger.bind(query.site, query.reason, query.limit, query.offset);
    while (rows.step()) {
      found.push_back({.archive = rows.text(0),
                       .site = rows.text(1),
                       .timestamp = rows.optional<Timestamp>(2),
                       .target = rows.text(3),
                       .reason = rows.text(4),
                       .status = rows.optional<int>(5),
                       .detail = rows.text(6),
                       .attempts = static_cast<std::uint64_t>(rows.integer(7)),
                       .noted = rows.timestamp(8),
                       .retry = rows.text(9),
                       .retry_at = rows.optional<Timestamp>(10)});
    }
    return found;
  });
}

std::vector<std::pair<std::string, std::uint64_t>> OverviewReader::ledger_reasons(std::string_view site) {
  return guarded(m_queries->database.path(), [&] {
    std::vector<std::pair<std::string, std::uint64_t>> found;
    Statement& rows = site.empty() ? m_queries->reasons.bind() : m_queries->reasons_of_site.bind(site);
    while (rows.step())
      found.emplace_back(rows.text(0), static_cast<std::uint64_t>(rows.integer(1)));
    return found;
  });
}

std::vector<RunRecord> OverviewReader::runs(std::uint64_t offset, std::uint64_t limit) {
  return guarded(m_queries->database.path(), [&] {
    std::vector<RunRecord> found;
    Statement& rows = m_queries->runs.bind(limit, offset);
    while (rows.step()) {
      found.push_back({.id = rows.id<RunId>(0),
                       .command = rows.text(1),
                       .program = rows.text(2),
                       .started = rows.timestamp(3),
                       .ended = rows.optional<Timestamp>(4),
                       .exit_code = rows.optional<int>(5),
                       .report = rows.text(6)});
    }
    return found;
  });
}

std::int64_t OverviewReader::data_version() {
  return guarded(m_queries->database.path(), [&] {
    Statement& row = m_queries->data_version.bind();
    const std::int64_t version = row.step() ? row.integer(0) : 0;
    row.done();
    return version;
  });
}

}  // namespace winnow
