#include "storage/site_reader.hpp"

#include <unordered_set>

#include <SQLiteCpp/Transaction.h>

#include "storage/database.hpp"
#include "storage/statement.hpp"

namespace winnow {

using storage::guarded;
using storage::Statement;

namespace {

constexpr const char* k_by_name =
    "SELECT s.id, s.name FROM sites s WHERE ?1 = '' OR instr(s.name, ?1) > 0 ORDER BY s.name LIMIT ?2 OFFSET "
    "?3";

constexpr const char* k_by_versions =
    "SELECT s.id, s.name FROM sites s WHERE ?1 = '' OR instr(s.name, ?1) > 0 "
    "ORDER BY (SELECT count(*) FROM series e CROSS JOIN versions v ON v.series_id = e.id WHERE e.site_id = "
    "s.id) DESC, s.name LIMIT ?2 OFFSET ?3";

constexpr const char* k_found_by_change =
    "SELECT s.id, s.name FROM sites s WHERE instr(s.name, ?1) > 0 ORDER BY (SELECT max((SELECT "
    "max(v.first_seen) FROM versions v WHERE v.series_id = e.id)) FROM series e WHERE e.site_id = s.id) DESC "
    "NULLS LAST, s.name LIMIT ?2 OFFSET ?3";

// Of all sites the index of versions by time has them in order: see by_change().
constexpr const char* k_changed =
    "SELECT e.site_id, s.name FROM versions v CROSS JOIN series e ON e.id = v.series_id "
    "CROSS JOIN sites s ON s.id = e.site_id ORDER BY v.first_seen DESC, v.number DESC";
constexpr const char* k_unchanged =
    "SELECT s.id, s.name FROM sites s WHERE NOT EXISTS (SELECT 1 FROM series e CROSS JOIN versions v "
    "ON v.series_id = e.id WHERE e.site_id = s.id) ORDER BY s.name";

constexpr const char* k_last_look =
    "SELECT max(l.until) FROM pages p CROSS JOIN looks l ON l.page_id = p.id WHERE p.site_id = ?";

// Captures are counted in the index of their pages and times: what a redirect promised is among them.
constexpr const char* k_captures =
    "SELECT count(*) FROM pages p CROSS JOIN captures c ON c.page_id = p.id WHERE p.site_id = ?";
constexpr const char* k_months =
    "SELECT c.timestamp / 100000000 AS month, count(*) FROM pages p CROSS JOIN captures c ON c.page_id = "
    "p.id WHERE p.site_id = ? GROUP BY month ORDER BY month";

constexpr const char* k_versions =
    "SELECT count(DISTINCT v.series_id), count(*), min(v.first_seen), max(v.last_seen), max(v.first_seen) "
    "FROM series e CROSS JOIN versions v ON v.series_id = e.id WHERE e.site_id = ?";
constexpr const char* k_changes =
    "SELECT v.first_seen FROM series e CROSS JOIN versions v ON v.series_id = e.id WHERE e.site_id = ? "
    "ORDER BY v.first_seen";

// State 4 is CaptureState::missing, of which captures_missing is the index.
constexpr const char* k_ledger =
    "SELECT count(*), coalesce(sum(retry <> 'never'), 0) FROM (SELECT l.retry FROM pages p "
    "CROSS JOIN captures c ON c.page_id = p.id AND c.state = 4 CROSS JOIN ledger l ON l.capture_id = c.id "
    "WHERE p.site_id = ?1 UNION ALL SELECT l.retry FROM archives a CROSS JOIN ledger l "
    "ON l.archive_id = a.id AND l.target = ?2)";

}  // namespace

class SiteReader::Queries {
public:
  explicit Queries(const std::filesystem::path& path)
      : database(path, storage::Access::read),
        all(database, "SELECT id, name FROM sites ORDER BY name"),
        total(database, "SELECT count(*) FROM sites WHERE ?1 = '' OR instr(name, ?1) > 0"),
        by_name(database, k_by_name),
        by_versions(database, k_by_versions),
        found_by_change(database, k_found_by_change),
        changed(database, k_changed),
        unchanged(database, k_unchanged),
        last_look(database, k_last_look),
        captures(database, k_captures),
        months(database, k_months),
        versions(database, k_versions),
        changes(database, k_changes),
        ledger(database, k_ledger) {}

  using Names = std::vector<std::pair<std::int64_t, std::string>>;

  Names names(const SiteQuery& query) {
    if (query.order == SiteOrder::changed && query.containing.empty())
      return by_change(query.offset, query.limit);
    Statement& rows = query.order == SiteOrder::changed    ? found_by_change
                      : query.order == SiteOrder::versions ? by_versions
                                                           : by_name;
    Names found;
    rows.bind(query.containing, query.limit, query.offset);
    while (rows.step())
      found.emplace_back(rows.integer(0), rows.text(1));
    return found;
  }

  /// From the latest version back, until there are as many sites as are asked for; then those without one.
  Names by_change(std::uint64_t offset, std::uint64_t limit) {
    Names found;
    std::unordered_set<std::int64_t> known;
    for (Statement* const rows : {&changed, &unchanged}) {
      rows->bind();
      while (found.size() < limit && rows->step()) {
        if (known.insert(rows->integer(0)).second && known.size() > offset)
          found.emplace_back(rows->integer(0), rows->text(1));
      }
      rows->done();
    }
    return found;
  }

  /// All but the captures.
  SiteSummary summary(std::int64_t id, const std::string& name) {
    SiteSummary site{.name = name};
    const auto count = [](Statement& row, int column) {
      return static_cast<std::uint64_t>(row.integer(column));
    };
    if (versions.bind(id).step()) {
      site.series = count(versions, 0);
      site.versions = count(versions, 1);
      site.first_seen = versions.optional<Timestamp>(2);
      site.last_seen = versions.optional<Timestamp>(3);
      site.changed = versions.optional<Timestamp>(4);
    }
    versions.done();
    if (last_look.bind(id).step()) site.last_look = last_look.optional<Timestamp>(0);
    last_look.done();
    if (ledger.bind(id, name).step()) {
      site.ledger = count(ledger, 0);
      site.waiting = count(ledger, 1);
    }
    ledger.done();
    return site;
  }

  SiteOverview overview(std::int64_t id, const std::string& name) {
    SiteOverview found{.site = summary(id, name), .months = {}, .changes = {}};
    months.bind(id);
    while (months.step()) {
      const std::int64_t month = months.integer(0);
      found.months.emplace_back(static_cast<std::uint32_t>(12 * (month / 100) + month % 100 - 1),
                                static_cast<std::uint64_t>(months.integer(1)));
      found.site.captures += found.months.back().second;
    }
    changes.bind(id);
    while (changes.step())
      found.changes.push_back(changes.timestamp(0));
    return found;
  }

  storage::Database database;
  Statement all, total, by_name, by_versions, found_by_change, changed, unchanged, last_look, captures,
      months, versions, changes, ledger;
};

SiteReader::SiteReader(const std::filesystem::path& path)
    : m_queries(guarded(path.string(), [&] { return std::make_unique<Queries>(path); })) {}

SiteReader::~SiteReader() = default;

void SiteReader::for_each_site(const std::function<void(const SiteSummary&)>& visit) {
  guarded(m_queries->database.path(), [&] {
    const SQLite::Transaction one_moment(m_queries->database.handle());
    Statement& row = m_queries->all.bind();
    while (row.step()) {
      SiteSummary site = m_queries->summary(row.integer(0), row.text(1));
      if (m_queries->captures.bind(row.integer(0)).step())
        site.captures = static_cast<std::uint64_t>(m_queries->captures.integer(0));
      m_queries->captures.done();
      visit(site);
    }
  });
}

SiteList SiteReader::sites(const SiteQuery& query) {
  return guarded(m_queries->database.path(), [&] {
    const SQLite::Transaction one_moment(m_queries->database.handle());
    SiteList list;
    if (m_queries->total.bind(query.containing).step())
      list.total = static_cast<std::uint64_t>(m_queries->total.integer(0));
    m_queries->total.done();
    for (const auto& [id, name] : m_queries->names(query))
      list.sites.push_back(m_queries->overview(id, name));
    return list;
  });
}

}  // namespace winnow
