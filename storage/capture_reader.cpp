#include "storage/capture_reader.hpp"

#include "model/provenance_json.hpp"
#include "storage/capture_state.hpp"
#include "storage/content_chain.hpp"
#include "storage/database.hpp"
#include "storage/statement.hpp"

namespace winnow {

using storage::guarded;
using storage::Statement;

namespace {

constexpr const char* k_series_captures =
    "SELECT c.timestamp, c.state, coalesce(c.replayed_statuscode, c.statuscode), c.text_id IS NOT NULL, "
    "c.original FROM tenures n CROSS JOIN captures c ON c.page_id = n.page_id AND c.timestamp >= n.since "
    "AND c.timestamp < n.until WHERE n.series_id = ?1 AND (c.found <> 1 OR c.state = 2) "
    "ORDER BY c.timestamp, c.id LIMIT ?3 OFFSET ?2";

constexpr const char* k_playable =
    "SELECT c.id, p.urlkey, c.timestamp, c.original, "
    "CASE WHEN c.mimetype = 'warc/revisit' THEN coalesce((SELECT h.mimetype FROM captures h WHERE h.page_id "
    "= "
    "c.page_id AND h.body_id = c.body_id AND h.mimetype <> 'warc/revisit' LIMIT 1), 'unk') ELSE c.mimetype "
    "END, coalesce(c.replayed_statuscode, c.statuscode, 200), b.sha1 "
    "FROM pages p CROSS JOIN captures c ON c.page_id = p.id JOIN bodies b ON b.id = c.body_id "
    "WHERE c.state IN (2, 3) AND ";

constexpr const char* k_play =
    "SELECT a.url, c.body_id, coalesce((SELECT record FROM provenance WHERE capture_id = c.id), "
    "(SELECT r.record FROM captures h JOIN provenance r ON r.capture_id = h.id WHERE h.page_id = c.page_id "
    "AND h.digest = c.digest AND h.state = 2 AND h.body_id = c.body_id ORDER BY h.timestamp, h.original "
    "LIMIT 1)) FROM captures c JOIN archives a ON a.id = c.archive_id WHERE c.id = ? AND c.body_id IS NOT "
    "NULL";

PlayableCapture playable(Statement& row) {
  return {.id = row.id<CaptureId>(0),
          .capture = {.urlkey = row.text(1),
                      .timestamp = row.timestamp(2),
                      .original = row.text(3),
                      .mimetype = row.text(4),
                      .statuscode = row.optional<int>(5),
                      .digest = row.digest<20>(6),
                      .length = {}}};
}

/// The smallest string that is greater than all that begin with `prefix`; urlkeys are UTF-8 at most, which
/// has no byte 0xff.
std::string behind(std::string_view prefix) {
  return std::string(prefix) + '\xff';
}

}  // namespace

class CaptureReader::Queries {
public:
  explicit Queries(const std::filesystem::path& path)
      : database(path, storage::Access::read),
        series_captures(database, k_series_captures),
        of_page(database, (std::string(k_playable) + "p.urlkey = ? ORDER BY c.timestamp, c.id").c_str()),
        with_prefix(database, (std::string(k_playable) +
                               "p.urlkey >= ?1 AND p.urlkey < ?2 ORDER BY p.urlkey, c.timestamp, c.id")
                                  .c_str()),
        play(database, k_play),
        bodies(database, storage::Shelf::bodies) {}

  storage::Database database;
  Statement series_captures, of_page, with_prefix, play;
  storage::ContentChain bodies;
};

CaptureReader::CaptureReader(const std::filesystem::path& path)
    : m_queries(guarded(path.string(), [&] { return std::make_unique<Queries>(path); })) {}

CaptureReader::~CaptureReader() = default;

std::vector<SeriesCapture> CaptureReader::series_captures(SeriesId series, std::uint64_t offset,
                                                          std::uint64_t limit) {
  return guarded(m_queries->database.path(), [&] {
    std::vector<SeriesCapture> found;
    Statement& rows = m_queries->series_captures.bind(series, offset, limit);
    while (rows.step()) {
      found.push_back({rows.timestamp(0), std::string(name(rows.id<CaptureState>(1))), rows.optional<int>(2),
                       rows.integer(3) != 0, rows.text(4)});
    }
    return found;
  });
}

void CaptureReader::for_each_of_page(std::string_view urlkey,
                                     const std::function<void(const PlayableCapture&)>& visit) {
  guarded(m_queries->database.path(), [&] {
    Statement& rows = m_queries->of_page.bind(urlkey);
    while (rows.step())
      visit(playable(rows));
  });
}

void CaptureReader::for_each_with_prefix(std::string_view prefix,
                                         const std::function<bool(const PlayableCapture&)>& visit) {
  guarded(m_queries->database.path(), [&] {
    const std::string end = behind(prefix);  // bound, not copied
    Statement& rows = m_queries->with_prefix.bind(prefix, end);
    while (rows.step()) {
      if (visit(playable(rows))) continue;
      rows.done();
      return;
    }
  });
}

std::optional<PlayedCapture> CaptureReader::play(CaptureId capture) {
  return guarded(m_queries->database.path(), [&]() -> std::optional<PlayedCapture> {
    Statement& row = m_queries->play.bind(capture);
    if (!row.step()) return std::nullopt;
    PlayedCapture played{.archive = row.text(0), .provenance = {}, .body = {}};
    const std::int64_t body = row.integer(1);
    if (!row.is_null(2)) played.provenance = parse_provenance(row.text(2));
    row.done();
    played.body = m_queries->bodies.read(body).bytes;
    return played;
  });
}

}  // namespace winnow
