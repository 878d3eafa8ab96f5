#include "storage/discoveries.hpp"

namespace winnow::storage {

Discoveries::Discoveries(Database& database)
    : m_clear_pages(database, "DELETE FROM discovered_pages WHERE archive_id = ? AND site = ?"),
      m_note(database,
             "INSERT OR REPLACE INTO discoveries(archive_id, site, since, until, noted) "
             "VALUES(?, ?, ?, ?, ?)"),
      m_note_page(database, "INSERT OR IGNORE INTO discovered_pages(archive_id, site, url) VALUES(?, ?, ?)") {
}

void Discoveries::note(ArchiveId archive, const Discovery& discovery, Timestamp now) {
  m_clear_pages.run(archive, discovery.site);
  m_note.run(archive, discovery.site, discovery.since, discovery.until, now);
  for (const auto& url : discovery.pages)
    m_note_page.run(archive, discovery.site, url);
}

}  // namespace winnow::storage
