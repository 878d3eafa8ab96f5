#include "storage/store_reader.hpp"

#include <nlohmann/json.hpp>

#include "model/error.hpp"
#include "model/provenance_json.hpp"
#include "model/url.hpp"
#include "storage/capture_state.hpp"
#include "storage/codec.hpp"
#include "storage/content_chain.hpp"
#include "storage/database.hpp"
#include "storage/statement.hpp"

namespace winnow {

using storage::guarded;
using storage::Statement;

namespace {

constexpr const char* k_series =
    "SELECT e.id, s.name, m.name, "
    "(SELECT max(p.score) FROM tenures n JOIN pages p ON p.id = n.page_id WHERE n.series_id = e.id) AS "
    "score, "
    "(SELECT count(*) FROM tenures n CROSS JOIN captures c ON c.page_id = n.page_id AND c.timestamp >= "
    "n.since "
    "AND c.timestamp < n.until WHERE n.series_id = e.id) AS captures, "
    "(SELECT count(*) FROM versions v WHERE v.series_id = e.id) AS versions "
    "FROM series e JOIN sites s ON s.id = e.site_id JOIN series_names m ON m.series_id = e.id WHERE ";

// What a joined page showed beside its tenures is mostly nothing.
constexpr const char* k_series_order =
    " AND (captures > 0 OR e.page_id IS NULL) ORDER BY versions = 0, score DESC, m.name";

// Columns 0 to 19: read by summary(). 9 and 10 are captures in between that nobody has read.
constexpr const char* k_summary =
    "SELECT v.number, v.first_seen, v.last_seen, v.captures, t.title, t.word_count, t.sha256, "
    "t.words_sha256, v.changed_after, "
    "(SELECT count(*) FROM tenures n CROSS JOIN unread_captures u ON u.page_id = n.page_id AND u.timestamp "
    "BETWEEN max(n.since, 1 + coalesce(v.changed_after, 0)) AND min(n.until, v.first_seen) - 1 "
    "WHERE n.series_id = v.series_id), "
    "(SELECT count(*) FROM tenures n CROSS JOIN unread_captures u ON u.page_id = n.page_id AND u.timestamp "
    "BETWEEN max(n.since, v.first_seen + 1) AND min(n.until, v.last_seen) - 1 WHERE n.series_id = "
    "v.series_id), "
    "d.words_removed, d.words_added, d.share, d.simhash_distance, d.minor, "
    "(SELECT max(w.number) FROM versions w WHERE w.series_id = v.series_id AND w.number < v.number "
    "AND w.words_sha256 = v.words_sha256), "
    "y.claimed_date, coalesce(y.language, ''), coalesce(y.kind, '')";

// Columns from 20 on: read by record(). An inferred capture has no provenance of its own; that of the held
// capture with the same digest stands for it.
constexpr const char* k_record =
    ", s.name, p.urlkey, c.original, c.mimetype, c.statuscode, c.digest, c.length, a.url, c.state, "
    "CASE c.state WHEN 2 THEN c.replayed_statuscode END, b.sha1, b.sha256, b.size, t.charset, t.simhash, "
    "t.marks, "
    "t.extractor, t.id, coalesce((SELECT record FROM provenance WHERE capture_id = "
    "c.id), "
    "(SELECT r.record FROM captures h JOIN provenance r ON r.capture_id = h.id WHERE h.page_id = c.page_id "
    "AND h.digest = c.digest AND h.state = 2 AND h.body_id = c.body_id ORDER BY h.timestamp, h.original "
    "LIMIT 1))";

constexpr const char* k_from =
    " FROM version_texts v JOIN captures c ON c.id = v.first_capture_id LEFT JOIN bodies b ON b.id = "
    "c.body_id JOIN texts t ON t.id = c.text_id LEFT JOIN analyses y ON y.text_id = v.text_id "
    "LEFT JOIN changes d ON d.from_text_id = v.text_id_before AND d.to_text_id = v.text_id ";

constexpr const char* k_from_all =
    "JOIN series e ON e.id = v.series_id JOIN sites s ON s.id = e.site_id JOIN pages p ON p.id = c.page_id "
    "JOIN archives a ON a.id = c.archive_id ";

std::string join(std::initializer_list<const char*> parts) {
  std::string sql;
  for (const char* const part : parts)
    sql += part;
  return sql;
}

VersionSummary summary(Statement& row) {
  VersionSummary version{.number = static_cast<std::uint32_t>(row.integer(0)),
                         .first_seen = row.timestamp(1),
                         .last_seen = row.timestamp(2),
                         .changed_after = row.optional<Timestamp>(8),
                         .unread_before = static_cast<std::uint64_t>(row.integer(9)),
                         .captures = static_cast<std::uint64_t>(row.integer(3)),
                         .unread = static_cast<std::uint64_t>(row.integer(10)),
                         .title = row.text(4),
                         .word_count = static_cast<std::uint32_t>(row.integer(5)),
                         .text_sha256 = row.digest<32>(6),
                         .words_sha256 = row.digest<32>(7),
                         .change = {},
                         .returns_to = {},
                         .claimed_date = {},
                         .language = row.text(18),
                         .kind = row.text(19)};
  if (!row.is_null(11)) {
    version.change = TextChange{.words_removed = static_cast<std::uint64_t>(row.integer(11)),
                                .words_added = static_cast<std::uint64_t>(row.integer(12)),
                                .share = row.real(13),
                                .simhash_distance = static_cast<int>(row.integer(14)),
                                .is_minor = row.integer(15) != 0};
  }
  if (!row.is_null(16)) version.returns_to = static_cast<std::uint32_t>(row.integer(16));
  if (!row.is_null(17)) version.claimed_date = row.text(17);
  return version;
}

std::vector<Mark> parse_marks(const std::string& json) {
  std::vector<Mark> marks;
  for (const auto& word : nlohmann::json::parse(json, nullptr, false)) {
    if (!word.is_string()) continue;
    if (const auto mark = parse_mark(word.get<std::string>())) marks.push_back(*mark);
  }
  return marks;
}

VersionRecord record(Statement& row, storage::ContentChain& texts) {
  // One that was inferred and is now wanted for itself is inferred until it is held.
  const auto state =
      row.id<CaptureState>(28) == CaptureState::held ? CaptureState::held : CaptureState::inferred;
  VersionRecord record{.site = row.text(20),
                       .version = summary(row),
                       .capture = {.urlkey = row.text(21),
                                   .timestamp = row.timestamp(1),
                                   .original = row.text(22),
                                   .mimetype = row.text(23),
                                   .statuscode = row.optional<int>(24),
                                   .digest = {},
                                   .length = row.optional<std::uint64_t>(26)},
                       .archive = row.text(27),
                       .state = std::string(name(state)),
                       .replayed_statuscode = row.optional<int>(29),
                       .provenance = {},
                       .body_sha1 = {},
                       .body_sha256 = {},
                       .body_size = 0,
                       .text = {}};
  if (!row.is_null(25)) record.capture.digest = parse_cdx_digest(row.text(25));
  if (!row.is_null(30)) {
    record.body_sha1 = row.digest<20>(30);
    record.body_sha256 = row.digest<32>(31);
    record.body_size = static_cast<std::uint64_t>(row.integer(32));
  }
  record.text = Text{.title = record.version.title,
                     .markdown = texts.read(row.integer(37)).bytes,
                     .word_count = record.version.word_count,
                     .words_sha256 = record.version.words_sha256,
                     .simhash = static_cast<std::uint64_t>(row.integer(34)),
                     .charset = row.text(33),
                     .marks = parse_marks(row.text(35)),
                     .extractor = static_cast<int>(row.integer(36))};
  if (!row.is_null(38)) record.provenance = parse_provenance(row.text(38));
  return record;
}

}  // namespace

class StoreReader::Queries {
public:
  explicit Queries(const std::filesystem::path& path)
      : database(path, storage::Access::read),
        series_of_site(database, join({k_series, "s.name = ?", k_series_order}).c_str()),
        series_of_page(database, join({k_series,
                                       "e.id IN (SELECT n.series_id FROM tenures n JOIN pages p ON p.id = "
                                       "n.page_id WHERE p.urlkey = ?)",
                                       k_series_order})
                                     .c_str()),
        all_series(database, join({k_series, "versions > 0 ORDER BY s.name, score DESC, m.name"}).c_str()),
        tenures(database,
                "SELECT p.urlkey, p.url, nullif(n.since, 0), nullif(n.until, 99999999999999) FROM tenures n "
                "JOIN pages p ON p.id = n.page_id WHERE n.series_id = ? ORDER BY n.since, p.urlkey"),
        versions(database, join({k_summary, k_from, "WHERE v.series_id = ? ORDER BY v.number"}).c_str()),
        version(database,
                join({k_summary, k_record, k_from, k_from_all, "WHERE v.series_id = ? AND v.number = ?"})
                    .c_str()),
        series_with_versions(
            database,
            "SELECT e.id FROM sites s CROSS JOIN series e ON e.site_id = s.id JOIN series_names m "
            "ON m.series_id = e.id WHERE EXISTS (SELECT 1 FROM versions v WHERE v.series_id = e.id) "
            "ORDER BY s.name, m.name"),
        all_versions(database, join({k_summary, k_record, k_from, k_from_all,
                                     "WHERE v.series_id = ? ORDER BY v.first_seen, v.words_sha256"})
                                   .c_str()),
        last_capture(
            database,
            // Where a redirect leads is no capture before it is held (Found::redirect).
            "SELECT c.timestamp, coalesce(c.replayed_statuscode, c.statuscode) AS status "
            "FROM tenures n CROSS JOIN captures c ON c.page_id = n.page_id AND c.timestamp >= n.since "
            "AND c.timestamp < n.until WHERE n.series_id = ?1 AND n.since <= ?2 AND c.timestamp <= ?2 "
            "AND (c.found <> 1 OR c.state = 2) ORDER BY c.timestamp DESC, coalesce(status, 200) LIMIT 1"),
        find_body(database, "SELECT id FROM bodies WHERE sha256 = ?"),
        bodies(database, storage::Shelf::bodies),
        texts(database, storage::Shelf::texts) {}

  std::vector<SeriesSummary> summaries(Statement& rows) {
    std::vector<SeriesSummary> found;
    while (rows.step()) {
      found.push_back({rows.id<SeriesId>(0),
                       rows.text(1),
                       rows.text(2),
                       {},
                       rows.real(3),
                       static_cast<std::uint64_t>(rows.integer(4)),
                       static_cast<std::uint32_t>(rows.integer(5))});
    }
    for (SeriesSummary& series : found) {
      tenures.bind(series.id);
      while (tenures.step()) {
        series.pages.push_back({tenures.text(0), tenures.text(1), tenures.optional<Timestamp>(2),
                                tenures.optional<Timestamp>(3)});
      }
    }
    return found;
  }

  storage::Database database;
  Statement series_of_site, series_of_page, all_series, tenures, versions, version, series_with_versions,
      all_versions, last_capture, find_body;
  storage::ContentChain bodies, texts;
};

StoreReader::StoreReader(const std::filesystem::path& path)
    : m_queries(guarded(path.string(), [&] { return std::make_unique<Queries>(path); })) {}

StoreReader::~StoreReader() = default;

std::vector<SeriesSummary> StoreReader::find_series(std::string_view target) {
  return guarded(m_queries->database.path(), [&] {
    const std::string site = ascii_lower(target);
    auto found = m_queries->summaries(m_queries->series_of_site.bind(site));
    const std::string as_given(target);
    if (found.empty()) found = m_queries->summaries(m_queries->series_of_page.bind(as_given));
    const std::string key = urlkey(target);
    if (found.empty()) found = m_queries->summaries(m_queries->series_of_page.bind(key));
    return found;
  });
}

std::vector<SeriesSummary> StoreReader::series_with_versions() {
  return guarded(m_queries->database.path(),
                 [&] { return m_queries->summaries(m_queries->all_series.bind()); });
}

std::vector<VersionSummary> StoreReader::versions(SeriesId series) {
  return guarded(m_queries->database.path(), [&] {
    std::vector<VersionSummary> versions;
    m_queries->versions.bind(series);
    while (m_queries->versions.step())
      versions.push_back(summary(m_queries->versions));
    return versions;
  });
}

std::optional<VersionRecord> StoreReader::version(SeriesId series, std::uint32_t number) {
  return guarded(m_queries->database.path(), [&]() -> std::optional<VersionRecord> {
    if (!m_queries->version.bind(series, number).step()) return std::nullopt;
    auto found = record(m_queries->version, m_queries->texts);
    m_queries->version.done();
    return found;
  });
}

std::optional<DatedStatus> StoreReader::last_capture(SeriesId series, Timestamp until) {
  return guarded(m_queries->database.path(), [&]() -> std::optional<DatedStatus> {
    Statement& query = m_queries->last_capture;
    if (!query.bind(series, until).step()) return std::nullopt;
    const DatedStatus last{query.timestamp(0), query.optional<int>(1)};
    query.done();
    return last;
  });
}

void StoreReader::for_each_version(const std::function<void(const VersionRecord&)>& visit) {
  guarded(m_queries->database.path(), [&] {
    // The outer query stays open to the end, and with it the moment that is read.
    m_queries->series_with_versions.bind();
    while (m_queries->series_with_versions.step()) {
      m_queries->all_versions.bind(m_queries->series_with_versions.integer(0));
      while (m_queries->all_versions.step())
        visit(record(m_queries->all_versions, m_queries->texts));
    }
  });
}

std::optional<std::string> StoreReader::body(const Sha256& sha256) {
  return guarded(m_queries->database.path(), [&]() -> std::optional<std::string> {
    if (!m_queries->find_body.bind(sha256).step()) return std::nullopt;
    const std::int64_t id = m_queries->find_body.integer(0);
    m_queries->find_body.done();
    return m_queries->bodies.read(id).bytes;
  });
}

}  // namespace winnow
