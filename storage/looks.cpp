#include "storage/looks.hpp"

#include <algorithm>

namespace winnow::storage {

Looks::Looks(Database& database)
    : m_touching(database,
                 "SELECT min(since), max(until) FROM looks WHERE page_id = ?1 AND archive_id = ?2 "
                 "AND since <= ?4 AND until >= ?3"),
      m_remove(database,
               "DELETE FROM looks WHERE page_id = ?1 AND archive_id = ?2 AND since <= ?4 AND until >= ?3"),
      m_add(database, "INSERT INTO looks(page_id, archive_id, since, until) VALUES(?1, ?2, ?3, ?4)") {}

void Looks::note(const Scope& scope, Timestamp now) {
  for (const PageId page : scope.pages) {
    auto since = scope.since ? static_cast<std::int64_t>(scope.since->value()) : 0;
    auto until = static_cast<std::int64_t>(std::min(scope.until.value_or(now), now).value());
    if (until < since) continue;
    m_touching.bind(page, scope.archive, since, until).step();
    since = std::min(since, m_touching.optional(0).value_or(since));
    until = std::max(until, m_touching.optional(1).value_or(until));
    m_touching.done();
    m_remove.run(page, scope.archive, since, until);
    m_add.run(page, scope.archive, since, until);
  }
}

}  // namespace winnow::storage
