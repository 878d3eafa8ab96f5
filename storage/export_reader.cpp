#include "storage/export_reader.hpp"

#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "model/ascii.hpp"
#include "model/error.hpp"
#include "storage/content_chain.hpp"
#include "storage/database.hpp"
#include "storage/statement.hpp"
#include "storage/version_rows.hpp"

namespace winnow {

using storage::guarded;
using storage::Statement;

namespace {

// Which versions, with ?1 to ?7 as bind_selection() has them. Rows are small: SQLite sorts millions of them
// on disk. By arrivals is another way through the same tables: few new versions of a large store are found at
// once.
constexpr const char* k_versions =
    "FROM sites s CROSS JOIN series e ON e.site_id = s.id CROSS JOIN version_texts v ON v.series_id = e.id ";
constexpr const char* k_arrived =
    "FROM arrivals o CROSS JOIN sites s ON s.id = o.site_id CROSS JOIN series e ON e.site_id = o.site_id "
    "CROSS JOIN version_texts v ON v.series_id = e.id AND v.first_seen = o.first_seen "
    "AND v.words_sha256 = o.words_sha256 ";
constexpr const char* k_measures =
    "LEFT JOIN analyses y ON y.text_id = v.text_id "
    "LEFT JOIN changes d ON d.from_text_id = v.text_id_before AND d.to_text_id = v.text_id "
    "JOIN series_names m ON m.series_id = e.id ";
constexpr const char* k_which =
    "(?1 IS NULL OR s.name IN (SELECT value FROM json_each(?1))) AND (?2 IS NULL OR e.id = ?2) "
    "AND (?5 OR coalesce(d.minor, 0) = 0) "
    "AND (?6 = '' OR y.language = ?6 COLLATE NOCASE OR y.language LIKE ?6 || '-%') ";
constexpr const char* k_in_force =
    "AND (?4 IS NULL OR v.first_seen <= ?4) "
    "AND (?3 IS NULL OR NOT EXISTS (SELECT 1 FROM versions w WHERE w.series_id = v.series_id "
    "AND (w.first_seen, w.words_sha256) > (v.first_seen, v.words_sha256) AND w.first_seen <= ?3)) ";
constexpr const char* k_taken_between =
    "AND (?3 IS NULL OR c.timestamp >= ?3) AND (?4 IS NULL OR c.timestamp <= ?4) ";
constexpr const char* k_has_content = "AND (c.body_id IS NOT NULL OR c.text_id IS NOT NULL) ";

// Two versions may begin in one second, and a capture in it shows that of its words.
constexpr const char* k_captures =
    "CROSS JOIN tenures n ON n.series_id = e.id CROSS JOIN captures c ON c.page_id = n.page_id "
    "AND c.timestamp >= n.since AND c.timestamp < n.until ";
constexpr const char* k_shows =
    "CROSS JOIN texts t ON t.id = c.text_id AND t.words_sha256 = v.words_sha256 AND t.word_count > 0 "
    "AND coalesce(c.replayed_statuscode, c.statuscode, 200) = 200 "
    "AND c.timestamp BETWEEN v.first_seen AND v.last_seen ";
constexpr const char* k_shows_none =
    "LEFT JOIN texts t ON t.id = c.text_id JOIN series_names m ON m.series_id = e.id "
    "WHERE (?1 IS NULL OR s.name IN (SELECT value FROM json_each(?1))) AND (?2 IS NULL OR e.id = ?2) "
    "AND ?5 AND ?6 = '' AND ?7 IS NULL "
    "AND NOT (c.text_id IS NOT NULL AND t.word_count > 0 AND coalesce(c.replayed_statuscode, c.statuscode, "
    "200) = 200) ";

/// Series, version's number, capture, its time and the series' name; what the order needs comes after.
std::string listing(const ExportSelection& selection, ExportUnit unit, ExportOrder order) {
  const char* const from = selection.after ? k_arrived : k_versions;
  const char* const after = selection.after ? "o.id > ?7 AND " : "?7 IS NULL AND ";
  if (unit == ExportUnit::versions) {
    return fmt::format(
        "SELECT e.id, v.number, v.first_capture_id, v.first_seen, m.name {}{}WHERE {}{}{}ORDER BY {}", from,
        k_measures, after, k_which, k_in_force,
        order == ExportOrder::by_time ? "v.first_seen, s.name, m.name, e.id, v.number"
                                      : "s.name, m.name, e.id, v.number");
  }
  std::string sql = fmt::format(
      "SELECT e.id AS series, v.number, c.id AS capture, c.timestamp AS moment, m.name AS name, s.name AS "
      "site, "
      "c.original AS original {}{}{}{}WHERE {}{}{}",
      from, k_captures, k_shows, k_measures, after, k_which, k_taken_between);
  if (unit == ExportUnit::all_captures) {
    sql += fmt::format(
        "UNION ALL SELECT e.id, 0, c.id, c.timestamp, m.name, s.name, c.original FROM sites s "
        "CROSS JOIN series e ON e.site_id = s.id {}{}{}{}",
        k_captures, k_shows_none, k_taken_between, k_has_content);
  }
  return sql + "ORDER BY site, name, series, moment, original, capture";
}

// Of a capture that shows no version, in place of storage::k_version_summary.
constexpr const char* k_capture_summary =
    "SELECT 0, c.timestamp, c.timestamp, 0, coalesce(t.title, ''), coalesce(t.word_count, 0), "
    "coalesce(t.sha256, zeroblob(32)), coalesce(t.words_sha256, zeroblob(32)), NULL, 0, 0, NULL, NULL, NULL, "
    "NULL, NULL, NULL, NULL, '', '', NULL";

// The version ?2 of the series ?1, with its capture ?3 in place of its first one.
constexpr const char* k_from_capture =
    " FROM version_texts v JOIN captures c ON c.id = ?3 "
    "LEFT JOIN bodies b ON b.id = c.body_id JOIN texts t ON t.id = c.text_id "
    "LEFT JOIN analyses y ON y.text_id = v.text_id LEFT JOIN changes d "
    "ON d.from_text_id = v.text_id_before AND d.to_text_id = v.text_id ";
constexpr const char* k_from_lone_capture =
    " FROM captures c LEFT JOIN bodies b ON b.id = c.body_id "
    "LEFT JOIN texts t ON t.id = c.text_id JOIN pages p ON p.id = c.page_id "
    "JOIN series e ON e.id = ?1 JOIN sites s ON s.id = e.site_id "
    "JOIN archives a ON a.id = c.archive_id WHERE c.id = ?2";

std::optional<std::string> sites_json(const ExportSelection& selection) {
  if (selection.sites.empty()) return std::nullopt;
  return nlohmann::json(selection.sites).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string ExportCursor::str() const {
  return fmt::format("{}-{}", store, number);
}

std::optional<ExportCursor> ExportCursor::parse(std::string_view text) {
  constexpr std::size_t k_id = 16;
  if (text.size() < k_id + 2 || text[k_id] != '-') return std::nullopt;
  for (const char c : text.substr(0, k_id))
    if (!is_digit(c) && (c < 'a' || c > 'f')) return std::nullopt;
  ExportCursor cursor{std::string(text.substr(0, k_id)), 0};
  const std::string_view digits = text.substr(k_id + 1);
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), cursor.number);
  constexpr std::uint64_t k_most = INT64_MAX;
  if (failure != std::errc{} || end != digits.data() + digits.size() || cursor.number > k_most)
    return std::nullopt;
  return cursor;
}

class ExportReader::Queries {
public:
  explicit Queries(const std::filesystem::path& path)
      : database(path, storage::Access::read),
        moment(database),
        version(database, storage::join({storage::k_version_summary, storage::k_version_record,
                                         storage::k_from_versions, storage::k_from_version_record,
                                         "WHERE v.series_id = ? AND v.number = ?"})
                              .c_str()),
        capture(database,
                storage::join({storage::k_version_summary, storage::k_version_record, k_from_capture,
                               storage::k_from_version_record, "WHERE v.series_id = ?1 AND v.number = ?2"})
                    .c_str()),
        lone_capture(
            database,
            storage::join({k_capture_summary, storage::k_version_record, k_from_lone_capture}).c_str()),
        find_body(database, "SELECT id FROM bodies WHERE sha256 = ?"),
        bodies(database, storage::Shelf::bodies),
        texts(database, storage::Shelf::texts) {}

  VersionRecord read(ExportUnit unit, SeriesId series, std::int64_t number, std::int64_t id) {
    Statement& row = unit == ExportUnit::versions ? version.bind(series, number)
                     : number != 0                ? capture.bind(series, number, id)
                                                  : lone_capture.bind(series, id);
    if (!row.step()) throw SQLite::Exception("a listed version has no record", 11 /* SQLITE_CORRUPT */);
    VersionRecord found = storage::version_record(row, texts);
    row.done();
    return found;
  }

  /// The snapshot that all statements read, until the connection closes.
  struct Moment {
    explicit Moment(storage::Database& database) {
      database.handle().exec("BEGIN");
      Statement(database, "SELECT count(*) FROM identity").step();
    }
  };

  storage::Database database;
  Moment moment;
  Statement version, capture, lone_capture, find_body;
  storage::ContentChain bodies, texts;
};

ExportReader::ExportReader(const std::filesystem::path& path)
    : m_queries(guarded(path.string(), [&] { return std::make_unique<Queries>(path); })) {}

ExportReader::~ExportReader() = default;

ExportCursor ExportReader::cursor() {
  return guarded(m_queries->database.path(), [&] {
    // The counter, not the last row: one whose site is gone was handed out as well.
    Statement row(
        m_queries->database,
        "SELECT id, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'arrivals'), 0) FROM identity");
    if (!row.step()) throw SQLite::Exception("the store has no id", 11 /* SQLITE_CORRUPT */);
    return ExportCursor{row.text(0), static_cast<std::uint64_t>(row.integer(1))};
  });
}

Timestamp ExportReader::last_written() {
  return guarded(m_queries->database.path(), [&] {
    Statement row(m_queries->database, "SELECT coalesce(max(started), 19700101000000) FROM runs");
    row.step();
    return row.timestamp(0);
  });
}

bool ExportReader::has_site(const std::string& name) {
  return guarded(m_queries->database.path(), [&] {
    return Statement(m_queries->database, "SELECT 1 FROM sites WHERE name = ?").bind(name).step();
  });
}

void ExportReader::for_each(const ExportSelection& selection, ExportUnit unit, ExportOrder order,
                            const std::function<void(const ExportedRecord&)>& visit) {
  guarded(m_queries->database.path(), [&] {
    const auto sites = sites_json(selection);
    Statement rows(m_queries->database, listing(selection, unit, order).c_str());
    rows.bind(sites, selection.series, selection.since, selection.until, selection.with_minor,
              selection.language, selection.after);
    while (rows.step()) {
      VersionRecord record = m_queries->read(unit, rows.id<SeriesId>(0), rows.integer(1), rows.integer(2));
      record.capture.timestamp = rows.timestamp(3);
      std::string series = rows.text(4);
      visit({.unit =
                 unit == ExportUnit::versions ? ExportedRecord::Unit::version : ExportedRecord::Unit::capture,
             .record = std::move(record),
             .series = std::move(series)});
    }
  });
}

std::vector<Takeover> ExportReader::takeovers(const ExportSelection& selection) {
  return guarded(m_queries->database.path(), [&] {
    const auto sites = sites_json(selection);
    Statement rows(
        m_queries->database,
        "SELECT f.urlkey, t.urlkey, k.moment, k.evidence, k.confidence FROM takeovers k "
        "JOIN pages f ON f.id = k.from_page_id JOIN pages t ON t.id = k.to_page_id "
        "JOIN sites s ON s.id = t.site_id "
        "WHERE (?1 IS NULL OR s.name IN (SELECT value FROM json_each(?1))) AND (?2 IS NULL OR EXISTS "
        "(SELECT 1 FROM tenures n WHERE n.page_id = k.to_page_id AND n.series_id = ?2)) "
        "ORDER BY 1, 2, 3");
    rows.bind(sites, selection.series);
    std::vector<Takeover> takeovers;
    while (rows.step()) {
      const auto evidence = parse_evidence(rows.text(3));
      if (!evidence) continue;  // of a newer winnow
      takeovers.push_back({rows.text(0), rows.text(1), rows.timestamp(2), *evidence, rows.real(4)});
    }
    return takeovers;
  });
}

std::string ExportReader::body(const Sha256& sha256) {
  return guarded(m_queries->database.path(), [&] {
    if (!m_queries->find_body.bind(sha256).step()) throw error("the store lacks the body {}", sha256.hex());
    const std::int64_t id = m_queries->find_body.integer(0);
    m_queries->find_body.done();
    return m_queries->bodies.read(id).bytes;
  });
}

}  // namespace winnow
