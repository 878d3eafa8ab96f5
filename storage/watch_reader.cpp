#include "storage/watch_reader.hpp"

#include "storage/database.hpp"
#include "storage/end_of_time.hpp"
#include "storage/retry_sql.hpp"
#include "storage/statement.hpp"

namespace winnow {

using storage::guarded;
using storage::Statement;

class WatchReader::Queries {
public:
  explicit Queries(const std::filesystem::path& path)
      : database(path, storage::Access::read),
        pages(database,
              "SELECT s.name, p.urlkey, p.url, (SELECT max(moment) FROM ("
              "SELECT l.until AS moment FROM looks l JOIN archives a ON a.id = l.archive_id "
              "WHERE l.page_id = p.id AND a.url = ?1 "
              // A live page has no index: it was looked at when it was fetched, or when that failed.
              "UNION ALL SELECT c.timestamp FROM captures c JOIN archives a ON a.id = c.archive_id "
              "WHERE c.page_id = p.id AND c.found = 5 AND a.url = ?1 "
              "UNION ALL SELECT l.noted FROM ledger l JOIN archives a ON a.id = l.archive_id "
              "WHERE l.target = p.url AND a.url = ?1 AND a.dialect = 'live')) AS last_look, "
              "(SELECT max(c.timestamp) FROM captures c JOIN archives a ON a.id = c.archive_id "
              "WHERE c.page_id = p.id AND c.found = 0 AND a.url = ?1), n.series_id "
              "FROM tenures n JOIN series e ON e.id = n.series_id JOIN sites s ON s.id = e.site_id "
              "JOIN pages p ON p.id = n.page_id WHERE n.until = ?2 "
              // Not what a page shows since another one took over from it.
              "AND (e.page_id IS NULL OR NOT EXISTS (SELECT 1 FROM tenures o WHERE o.page_id = n.page_id AND "
              "o.series_id <> n.series_id)) "
              // A joined series may be known from a discovery alone.
              "AND (last_look IS NOT NULL OR e.page_id IS NULL "
              "OR EXISTS (SELECT 1 FROM versions v WHERE v.series_id = n.series_id)) "
              "ORDER BY EXISTS (SELECT 1 FROM captures c WHERE c.page_id = p.id AND c.state = 1) DESC, "
              "last_look, p.urlkey"),
        earlier(database,
                "SELECT p.urlkey FROM tenures n JOIN pages p ON p.id = n.page_id "
                "WHERE n.series_id = ? AND n.until < ? ORDER BY n.since"),
        resting(database,
                ("SELECT l.target FROM ledger l JOIN archives a ON a.id = l.archive_id WHERE a.url = ?1 "
                 "AND l.target IS NOT NULL AND " +
                 storage::rests("?2") + " ORDER BY l.target")
                    .c_str()),
        discovery(database,
                  "SELECT 1 FROM discoveries d JOIN archives a ON a.id = d.archive_id "
                  "WHERE a.url = ?1 AND d.site = ?2 AND d.noted >= ?5 "
                  "AND (d.since IS NULL OR d.since <= ?3) AND (d.until IS NULL OR d.until >= ?4)"),
        discovered(database,
                   "SELECT d.url FROM discovered_pages d JOIN archives a ON a.id = d.archive_id "
                   "WHERE a.url = ? AND d.site = ? ORDER BY d.url"),
        refused(database,
                "SELECT l.target FROM ledger l JOIN archives a ON a.id = l.archive_id WHERE a.url = ? "
                "AND l.reason IN ('not-a-policy', 'soft-404') AND l.target IS NOT NULL ORDER BY l.target"),
        told(database,
             "SELECT s.name, o.words_sha256, o.first_seen FROM arrivals o JOIN sites s ON s.id = "
             "o.site_id WHERE o.told"),
        versions(database,
                 "SELECT s.name, v.words_sha256, v.first_seen, v.series_id, v.number FROM sites s "
                 "CROSS JOIN series e ON e.site_id = s.id CROSS JOIN versions v ON v.series_id = e.id "
                 "WHERE EXISTS (SELECT 1 FROM arrivals o WHERE o.site_id = s.id "
                 "AND o.words_sha256 = v.words_sha256 AND o.first_seen = v.first_seen) "
                 "ORDER BY s.name, v.series_id, v.number") {}

  storage::Database database;
  Statement pages, earlier, resting, discovery, discovered, refused, told, versions;
};

WatchReader::WatchReader(const std::filesystem::path& path)
    : m_queries(guarded(path.string(), [&] { return std::make_unique<Queries>(path); })) {}

WatchReader::~WatchReader() = default;

std::vector<WatchedPage> WatchReader::pages(std::string_view archive) {
  return guarded(m_queries->database.path(), [&] {
    std::vector<WatchedPage> pages;
    Statement& rows = m_queries->pages.bind(archive, storage::k_end_of_time);
    while (rows.step()) {
      WatchedPage page{.site = rows.text(0),
                       .urlkey = rows.text(1),
                       .url = rows.text(2),
                       .earlier = {},
                       .last_look = rows.optional<Timestamp>(3),
                       .last_capture = rows.optional<Timestamp>(4)};
      Statement& earlier = m_queries->earlier.bind(rows.id<SeriesId>(5), storage::k_end_of_time);
      while (earlier.step())
        page.earlier.push_back(earlier.text(0));
      pages.push_back(std::move(page));
    }
    return pages;
  });
}

std::vector<std::string> WatchReader::resting_targets(std::string_view archive) {
  return guarded(m_queries->database.path(), [&] {
    std::vector<std::string> targets;
    Statement& rows = m_queries->resting.bind(archive, Timestamp::now());
    while (rows.step())
      targets.push_back(rows.text(0));
    return targets;
  });
}

std::optional<std::vector<std::string>> WatchReader::discovered_pages(std::string_view archive,
                                                                      const Discovery& wanted,
                                                                      Timestamp noted_since) {
  return guarded(m_queries->database.path(), [&]() -> std::optional<std::vector<std::string>> {
    const bool known =
        m_queries->discovery.bind(archive, wanted.site, wanted.since, wanted.until, noted_since).step();
    m_queries->discovery.done();
    if (!known) return std::nullopt;
    std::vector<std::string> pages;
    Statement& rows = m_queries->discovered.bind(archive, wanted.site);
    while (rows.step())
      pages.push_back(rows.text(0));
    return pages;
  });
}

std::vector<std::string> WatchReader::refused_pages(std::string_view archive) {
  return guarded(m_queries->database.path(), [&] {
    std::vector<std::string> urls;
    Statement& rows = m_queries->refused.bind(archive);
    while (rows.step())
      urls.push_back(rows.text(0));
    return urls;
  });
}

std::vector<VersionKey> WatchReader::told_versions() {
  return guarded(m_queries->database.path(), [&] {
    std::vector<VersionKey> versions;
    Statement& rows = m_queries->told.bind();
    while (rows.step())
      versions.push_back(
          {.site = rows.text(0), .words = rows.digest<32>(1), .first_seen = rows.timestamp(2)});
    return versions;
  });
}

std::vector<VersionKey> WatchReader::versions() {
  return guarded(m_queries->database.path(), [&] {
    std::vector<VersionKey> versions;
    Statement& rows = m_queries->versions.bind();
    while (rows.step()) {
      versions.push_back({rows.text(0), rows.digest<32>(1), rows.timestamp(2), rows.id<SeriesId>(3),
                          static_cast<std::uint32_t>(rows.integer(4))});
    }
    return versions;
  });
}

}  // namespace winnow
