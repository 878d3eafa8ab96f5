#include "storage/site_reader.hpp"

#include "storage/database.hpp"
#include "storage/statement.hpp"

namespace winnow {

using storage::guarded;
using storage::Statement;

namespace {

// Captures are counted in the index of their pages and times, which has all that it takes. Of the ledger one
// entry at a time is looked up by its capture: it is short beside the captures.
constexpr const char* k_sites = R"sql(
  WITH waiting AS MATERIALIZED (
    SELECT p.site_id, count(*) AS entries FROM ledger l JOIN captures c ON c.id = l.capture_id
    JOIN pages p ON p.id = c.page_id WHERE l.retry <> 'never' GROUP BY p.site_id)
  SELECT s.name,
    (SELECT count(*) FROM series e WHERE e.site_id = s.id
      AND EXISTS (SELECT 1 FROM versions v WHERE v.series_id = e.id)),
    (SELECT count(*) FROM series e CROSS JOIN versions v ON v.series_id = e.id WHERE e.site_id = s.id),
    (SELECT count(*) FROM pages p CROSS JOIN captures c ON c.page_id = p.id WHERE p.site_id = s.id),
    (SELECT min(v.first_seen) FROM series e CROSS JOIN versions v ON v.series_id = e.id WHERE e.site_id = s.id),
    (SELECT max(v.last_seen) FROM series e CROSS JOIN versions v ON v.series_id = e.id WHERE e.site_id = s.id),
    (SELECT max(l.until) FROM pages p CROSS JOIN looks l ON l.page_id = p.id WHERE p.site_id = s.id),
    coalesce(w.entries, 0)
  FROM sites s LEFT JOIN waiting w ON w.site_id = s.id ORDER BY s.name)sql";

}  // namespace

class SiteReader::Queries {
public:
  explicit Queries(const std::filesystem::path& path)
      : database(path, storage::Access::read), sites(database, k_sites) {}

  storage::Database database;
  Statement sites;
};

SiteReader::SiteReader(const std::filesystem::path& path)
    : m_queries(guarded(path.string(), [&] { return std::make_unique<Queries>(path); })) {}

SiteReader::~SiteReader() = default;

void SiteReader::for_each_site(const std::function<void(const SiteSummary&)>& visit) {
  guarded(m_queries->database.path(), [&] {
    Statement& row = m_queries->sites.bind();
    const auto count = [&row](int column) { return static_cast<std::uint64_t>(row.integer(column)); };
    while (row.step()) {
      visit({.name = row.text(0),
             .series = count(1),
             .versions = count(2),
             .captures = count(3),
             .first_seen = row.optional<Timestamp>(4),
             .last_seen = row.optional<Timestamp>(5),
             .last_look = row.optional<Timestamp>(6),
             .waiting = count(7)});
    }
  });
}

}  // namespace winnow
