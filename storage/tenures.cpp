#include "storage/tenures.hpp"

#include <optional>
#include <utility>

#include "model/tenure.hpp"
#include "storage/end_of_time.hpp"

namespace winnow::storage {

Tenures::Tenures(Database& database, Versions& versions)
    : m_database(database),
      m_versions(versions),
      m_add_own(database, "INSERT INTO series(site_id, page_id) SELECT site_id, id FROM pages WHERE id = ?"),
      m_add_joined(database, "INSERT INTO series(site_id) SELECT site_id FROM pages WHERE id = ?"),
      m_add_tenure(database, "INSERT INTO tenures(page_id, since, until, series_id) VALUES(?, ?, ?, ?)"),
      m_erase_tenures(database, "DELETE FROM tenures WHERE page_id = ?"),
      m_tenures(database, "SELECT since, until, series_id FROM tenures WHERE page_id = ? ORDER BY since"),
      m_own(database, "SELECT id FROM series WHERE page_id = ?"),
      m_joined(database,
               "SELECT DISTINCT n.series_id FROM tenures n JOIN series e ON e.id = n.series_id "
               "WHERE n.page_id = ? AND e.page_id IS NULL"),
      m_remove_empty(database,
                     "DELETE FROM series WHERE id = ?1 AND page_id IS NULL "
                     "AND NOT EXISTS (SELECT 1 FROM tenures WHERE series_id = ?1)"),
      m_page(database, "SELECT id FROM pages WHERE urlkey = ?"),
      m_note(database,
             "INSERT INTO takeovers(from_page_id, to_page_id, moment, evidence, confidence) VALUES(?, ?, ?, "
             "?, ?) "
             "ON CONFLICT DO UPDATE SET evidence = excluded.evidence, confidence = excluded.confidence "
             "WHERE excluded.confidence > confidence"),
      m_about(database,
              "SELECT a.id, a.urlkey, b.id, b.urlkey, k.moment, k.evidence, k.confidence FROM takeovers k "
              "JOIN pages a ON a.id = k.from_page_id JOIN pages b ON b.id = k.to_page_id "
              "WHERE k.from_page_id = ?1 OR k.to_page_id = ?1") {}

void Tenures::add_page(PageId page) {
  m_add_own.run(page);
  m_add_tenure.run(page, 0, k_end_of_time, m_database.handle().getLastInsertRowid());
}

std::optional<PageId> Tenures::find(const std::string& urlkey) {
  if (!m_page.bind(urlkey).step()) return std::nullopt;
  const auto id = m_page.id<PageId>(0);
  m_page.done();
  return id;
}

/// The takeovers of these pages, and of all that they are joined to; `found` are the pages they name.
std::vector<Takeover> Tenures::all_about(const std::set<PageId>& pages, Pages& found) {
  std::vector<Takeover> takeovers;
  std::vector<PageId> open(pages.begin(), pages.end());
  std::set<PageId> seen = pages;
  while (!open.empty()) {
    const PageId page = open.back();
    open.pop_back();
    m_about.bind(page);
    while (m_about.step()) {
      for (const int column : {0, 2}) {
        const auto other = m_about.id<PageId>(column);
        found[m_about.text(column + 1)] = other;
        if (seen.insert(other).second) open.push_back(other);
      }
      if (m_about.id<PageId>(0) != page) continue;  // told once, by the page that it leads from
      takeovers.push_back(
          {.from_urlkey = m_about.text(1),
           .to_urlkey = m_about.text(3),
           .when = m_about.timestamp(4),
           .evidence = parse_evidence(m_about.text(5)).value_or(Takeover::Evidence::link_replaced),
           .confidence = m_about.real(6)});
    }
  }
  return takeovers;
}

/// The series that these pages have been joined to before, the oldest of several; else a new one.
SeriesId Tenures::joined_series_of(const std::set<PageId>& pages, std::set<SeriesId>& taken) {
  std::optional<SeriesId> oldest;
  for (const PageId page : pages) {
    m_joined.bind(page);
    while (m_joined.step()) {
      const auto series = m_joined.id<SeriesId>(0);
      if (!taken.contains(series) && (!oldest || series < *oldest)) oldest = series;
    }
  }
  if (!oldest) {
    m_add_joined.run(*pages.begin());
    oldest = SeriesId{m_database.handle().getLastInsertRowid()};
  }
  taken.insert(*oldest);
  return *oldest;
}

SeriesId Tenures::own_series(PageId page) {
  m_own.bind(page).step();
  const auto id = m_own.id<SeriesId>(0);
  m_own.done();
  return id;
}

std::vector<Tenures::Held> Tenures::held(PageId page) {
  std::vector<Held> held;
  m_tenures.bind(page);
  while (m_tenures.step())
    held.push_back({m_tenures.integer(0), m_tenures.integer(1), m_tenures.id<SeriesId>(2)});
  return held;
}

std::size_t Tenures::join(std::span<const Takeover> takeovers) {
  std::set<PageId> told;
  for (const Takeover& takeover : takeovers) {
    const auto from = find(takeover.from_urlkey);
    const auto to = find(takeover.to_urlkey);
    if (!from || !to || *from == *to) continue;
    m_note.run(*from, *to, takeover.when, name(takeover.evidence), takeover.confidence);
    told.insert({*from, *to});
  }

  Pages pages;
  const std::vector<Takeover> known = all_about(told, pages);
  std::map<PageId, std::vector<Held>> wanted;
  for (const auto& [urlkey, page] : pages)
    wanted[page];
  std::set<SeriesId> taken;
  for (const auto& tenures : joined_series(known)) {
    std::set<PageId> members;
    for (const Tenure& tenure : tenures)
      members.insert(pages.at(tenure.urlkey));
    const SeriesId series = joined_series_of(members, taken);
    for (std::size_t i = 0; i < tenures.size(); ++i) {
      const auto moment = [&](std::size_t at, std::int64_t otherwise) {
        return at < tenures.size() && tenures[at].since
                   ? static_cast<std::int64_t>(tenures[at].since->value())
                   : otherwise;
      };
      wanted[pages.at(tenures[i].urlkey)].push_back({moment(i, 0), moment(i + 1, k_end_of_time), series});
    }
  }

  std::set<SeriesId> changed;
  std::size_t changed_pages = 0;
  for (const auto& [page, tenures] : wanted) {
    const SeriesId own = own_series(page);
    std::vector<Held> now;
    std::int64_t end = 0;
    for (const Held& tenure : tenures) {
      if (tenure.since > end) now.push_back({end, tenure.since, own});
      now.push_back(tenure);
      end = tenure.until;
    }
    if (end < k_end_of_time) now.push_back({end, k_end_of_time, own});
    const std::vector<Held> before = held(page);
    if (now == before) continue;
    ++changed_pages;
    m_erase_tenures.run(page);
    for (const Held& tenure : now)
      m_add_tenure.run(page, tenure.since, tenure.until, tenure.series);
    for (const std::vector<Held>* const list : {&before, &std::as_const(now)}) {
      for (const Held& tenure : *list)
        changed.insert(tenure.series);
    }
  }
  for (const SeriesId series : changed)
    m_versions.rebuild(series);
  for (const SeriesId series : changed)
    m_remove_empty.run(series);
  return changed_pages;
}

}  // namespace winnow::storage
