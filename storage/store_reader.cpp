#include "storage/store_reader.hpp"

#include "model/url.hpp"
#include "storage/content_chain.hpp"
#include "storage/database.hpp"
#include "storage/statement.hpp"
#include "storage/version_rows.hpp"

namespace winnow {

using storage::guarded;
using storage::join;
using storage::Statement;
using storage::version_record;
using storage::version_summary;

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

// What a joined page showed beside its tenures is mostly nothing. Of pages that nobody discovered, as those
// of an imported WARC file, the one that now shows a privacy policy is meant, and not the cookie policy.
constexpr const char* k_series_order =
    " AND (captures > 0 OR e.page_id IS NULL) ORDER BY versions = 0, score DESC, "
    "(SELECT CASE y.gate WHEN 'yes' THEN 2 WHEN 'uncertain' THEN 1 END FROM versions v "
    "JOIN captures c ON c.id = v.first_capture_id JOIN analyses y ON y.text_id = c.text_id "
    "WHERE v.series_id = e.id ORDER BY v.first_seen DESC, v.words_sha256 DESC LIMIT 1) DESC, "
    "captures DESC, m.name";

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
        versions(database, join({storage::k_version_summary, storage::k_from_versions,
                                 "WHERE v.series_id = ? ORDER BY v.number"})
                               .c_str()),
        version(database,
                join({storage::k_version_summary, storage::k_version_record, storage::k_from_versions,
                      storage::k_from_version_record, "WHERE v.series_id = ? AND v.number = ?"})
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
  Statement series_of_site, series_of_page, all_series, tenures, versions, version, last_capture, find_body;
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
      versions.push_back(version_summary(m_queries->versions));
    return versions;
  });
}

std::optional<VersionRecord> StoreReader::version(SeriesId series, std::uint32_t number) {
  return guarded(m_queries->database.path(), [&]() -> std::optional<VersionRecord> {
    if (!m_queries->version.bind(series, number).step()) return std::nullopt;
    auto found = version_record(m_queries->version, m_queries->texts);
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

std::optional<std::string> StoreReader::body(const Sha256& sha256) {
  return guarded(m_queries->database.path(), [&]() -> std::optional<std::string> {
    if (!m_queries->find_body.bind(sha256).step()) return std::nullopt;
    const std::int64_t id = m_queries->find_body.integer(0);
    m_queries->find_body.done();
    return m_queries->bodies.read(id).bytes;
  });
}

}  // namespace winnow
