#include "storage/store_reader.hpp"

#include <nlohmann/json.hpp>

#include "model/error.hpp"
#include "model/provenance_json.hpp"
#include "model/url.hpp"
#include "storage/body_chain.hpp"
#include "storage/capture_state.hpp"
#include "storage/codec.hpp"
#include "storage/database.hpp"
#include "storage/statement.hpp"

namespace winnow {

using storage::guarded;
using storage::Statement;

namespace {

constexpr const char* k_pages =
    "SELECT p.id, s.name, p.urlkey, p.url, p.score, (SELECT count(*) FROM captures c WHERE c.page_id = "
    "p.id), "
    "(SELECT count(*) FROM versions v WHERE v.page_id = p.id) AS versions "
    "FROM pages p JOIN sites s ON s.id = p.site_id WHERE ";

constexpr const char* k_page_order = " ORDER BY versions = 0, p.score DESC, p.urlkey";

// Columns 0 to 10: read by summary().
constexpr const char* k_summary =
    "SELECT v.number, v.first_seen, v.last_seen, v.captures, t.title, t.word_count, t.sha256, "
    "t.words_sha256, "
    "(SELECT w.last_seen FROM versions w WHERE w.page_id = v.page_id AND (w.first_seen, w.words_sha256) < "
    "(v.first_seen, v.words_sha256) ORDER BY w.first_seen DESC, w.words_sha256 DESC LIMIT 1)";

// Columns from 9 on: read by record(). An inferred capture has no provenance of its own; that of the held
// capture with the same digest stands for it.
constexpr const char* k_record =
    ", s.name, p.urlkey, c.original, c.mimetype, c.statuscode, c.digest, c.length, a.url, c.state, "
    "CASE c.state WHEN 2 THEN c.replayed_statuscode END, b.sha1, b.sha256, b.size, t.charset, t.simhash, "
    "t.marks, "
    "t.extractor, t.encoding, t.markdown, t.size, coalesce((SELECT record FROM provenance WHERE capture_id = "
    "c.id), "
    "(SELECT r.record FROM captures h JOIN provenance r ON r.capture_id = h.id WHERE h.page_id = c.page_id "
    "AND h.digest = c.digest AND h.state = 2 AND h.body_id = c.body_id ORDER BY h.timestamp, h.original "
    "LIMIT 1))";

constexpr const char* k_from =
    " FROM versions v JOIN captures c ON c.id = v.first_capture_id LEFT JOIN bodies b ON b.id = c.body_id "
    "JOIN texts t ON t.id = c.text_id ";

constexpr const char* k_from_all =
    "JOIN pages p ON p.id = v.page_id JOIN sites s ON s.id = p.site_id JOIN archives a ON a.id = "
    "c.archive_id ";

std::string join(std::initializer_list<const char*> parts) {
  std::string sql;
  for (const char* const part : parts)
    sql += part;
  return sql;
}

VersionSummary summary(Statement& row) {
  return {.number = static_cast<std::uint32_t>(row.integer(0)),
          .first_seen = row.timestamp(1),
          .last_seen = row.timestamp(2),
          .changed_after = row.optional<Timestamp>(8),
          .captures = static_cast<std::uint64_t>(row.integer(3)),
          .title = row.text(4),
          .word_count = static_cast<std::uint32_t>(row.integer(5)),
          .text_sha256 = row.digest<32>(6),
          .words_sha256 = row.digest<32>(7)};
}

std::vector<Mark> parse_marks(const std::string& json) {
  std::vector<Mark> marks;
  for (const auto& word : nlohmann::json::parse(json, nullptr, false)) {
    if (!word.is_string()) continue;
    if (const auto mark = parse_mark(word.get<std::string>())) marks.push_back(*mark);
  }
  return marks;
}

VersionRecord record(Statement& row) {
  // One that was inferred and is now wanted for itself is inferred until it is held.
  const auto state =
      row.id<CaptureState>(17) == CaptureState::held ? CaptureState::held : CaptureState::inferred;
  VersionRecord record{.site = row.text(9),
                       .version = summary(row),
                       .capture = {.urlkey = row.text(10),
                                   .timestamp = row.timestamp(1),
                                   .original = row.text(11),
                                   .mimetype = row.text(12),
                                   .statuscode = row.optional<int>(13),
                                   .digest = {},
                                   .length = row.optional<std::uint64_t>(15)},
                       .archive = row.text(16),
                       .state = std::string(name(state)),
                       .replayed_statuscode = row.optional<int>(18),
                       .provenance = {},
                       .body_sha1 = {},
                       .body_sha256 = {},
                       .body_size = 0,
                       .text = {}};
  if (!row.is_null(14)) record.capture.digest = parse_cdx_digest(row.text(14));
  if (!row.is_null(19)) {
    record.body_sha1 = row.digest<20>(19);
    record.body_sha256 = row.digest<32>(20);
    record.body_size = static_cast<std::uint64_t>(row.integer(21));
  }
  record.text = Text{.title = record.version.title,
                     .markdown = unpack(Encoding{static_cast<int>(row.integer(26))}, row.blob(27),
                                        static_cast<std::size_t>(row.integer(28))),
                     .word_count = record.version.word_count,
                     .words_sha256 = record.version.words_sha256,
                     .simhash = static_cast<std::uint64_t>(row.integer(23)),
                     .charset = row.text(22),
                     .marks = parse_marks(row.text(24)),
                     .extractor = static_cast<int>(row.integer(25))};
  if (!row.is_null(29)) record.provenance = parse_provenance(row.text(29));
  return record;
}

}  // namespace

class StoreReader::Queries {
public:
  explicit Queries(const std::filesystem::path& path)
      : database(path, storage::Access::read),
        pages_of_site(database, join({k_pages, "s.name = ?", k_page_order}).c_str()),
        page(database, join({k_pages, "p.urlkey = ?", k_page_order}).c_str()),
        versions(database, join({k_summary, k_from, "WHERE v.page_id = ? ORDER BY v.number"}).c_str()),
        version(
            database,
            join({k_summary, k_record, k_from, k_from_all, "WHERE v.page_id = ? AND v.number = ?"}).c_str()),
        pages_with_versions(
            database,
            "SELECT p.id FROM sites s CROSS JOIN pages p ON p.site_id = s.id WHERE EXISTS (SELECT 1 "
            "FROM versions v WHERE v.page_id = p.id) ORDER BY s.name, p.urlkey"),
        all_versions(database, join({k_summary, k_record, k_from, k_from_all,
                                     "WHERE v.page_id = ? ORDER BY v.first_seen, v.words_sha256"})
                                   .c_str()),
        last_capture(database,
                     // Where a redirect leads is no capture before it is held (Found::redirect).
                     "SELECT timestamp, coalesce(replayed_statuscode, statuscode) AS status FROM captures "
                     "WHERE page_id = ? AND timestamp <= ? AND (found <> 1 OR state = 2) "
                     "ORDER BY timestamp DESC, coalesce(status, 200) LIMIT 1"),
        bodies(database) {}

  storage::Database database;
  Statement pages_of_site, page, versions, version, pages_with_versions, all_versions, last_capture;
  storage::BodyChain bodies;
};

StoreReader::StoreReader(const std::filesystem::path& path)
    : m_queries(guarded(path.string(), [&] { return std::make_unique<Queries>(path); })) {}

StoreReader::~StoreReader() = default;

std::vector<PageSummary> StoreReader::find_pages(std::string_view target) {
  return guarded(m_queries->database.path(), [&] {
    std::vector<PageSummary> pages;
    const auto collect = [&pages](Statement& rows) {
      while (rows.step()) {
        pages.push_back({rows.id<PageId>(0), rows.text(1), rows.text(2), rows.text(3), rows.real(4),
                         static_cast<std::uint64_t>(rows.integer(5)),
                         static_cast<std::uint32_t>(rows.integer(6))});
      }
    };
    const std::string site = ascii_lower(target);
    collect(m_queries->pages_of_site.bind(site));
    const std::string as_given(target);
    if (pages.empty()) collect(m_queries->page.bind(as_given));
    const std::string key = urlkey(target);
    if (pages.empty()) collect(m_queries->page.bind(key));
    return pages;
  });
}

std::vector<VersionSummary> StoreReader::versions(PageId page) {
  return guarded(m_queries->database.path(), [&] {
    std::vector<VersionSummary> versions;
    m_queries->versions.bind(page);
    while (m_queries->versions.step())
      versions.push_back(summary(m_queries->versions));
    return versions;
  });
}

std::optional<VersionRecord> StoreReader::version(PageId page, std::uint32_t number) {
  return guarded(m_queries->database.path(), [&]() -> std::optional<VersionRecord> {
    if (!m_queries->version.bind(page, number).step()) return std::nullopt;
    auto found = record(m_queries->version);
    m_queries->version.done();
    return found;
  });
}

std::optional<DatedStatus> StoreReader::last_capture(PageId page, Timestamp until) {
  return guarded(m_queries->database.path(), [&]() -> std::optional<DatedStatus> {
    Statement& query = m_queries->last_capture;
    if (!query.bind(page, until).step()) return std::nullopt;
    const DatedStatus last{query.timestamp(0), query.optional<int>(1)};
    query.done();
    return last;
  });
}

void StoreReader::for_each_version(const std::function<void(const VersionRecord&)>& visit) {
  guarded(m_queries->database.path(), [&] {
    // The outer query stays open to the end, and with it the moment that is read.
    m_queries->pages_with_versions.bind();
    while (m_queries->pages_with_versions.step()) {
      m_queries->all_versions.bind(m_queries->pages_with_versions.integer(0));
      while (m_queries->all_versions.step())
        visit(record(m_queries->all_versions));
    }
  });
}

std::optional<std::string> StoreReader::body(const Sha256& sha256) {
  return guarded(m_queries->database.path(), [&] { return m_queries->bodies.read(sha256); });
}

}  // namespace winnow
