#include "storage/arrivals.hpp"

#include "storage/database.hpp"

namespace winnow::storage {

namespace {

// `told`: 0 no, 1 yes, 2 it is nothing to be told, and gets its number when it is analysed.
constexpr const char* k_present =
    "CREATE TEMP TABLE present (site_id INTEGER, words_sha256 BLOB, first_seen INTEGER, is_ready INTEGER, "
    "PRIMARY KEY (site_id, words_sha256, first_seen)) WITHOUT ROWID; "
    "INSERT INTO temp.present SELECT e.site_id, v.words_sha256, v.first_seen, "
    "y.text_id IS NOT NULL AND (v.text_id_before IS NULL OR d.to_text_id IS NOT NULL) "
    "FROM main.unsettled u CROSS JOIN main.series e ON e.site_id = u.site_id "
    "CROSS JOIN main.version_texts v ON v.series_id = e.id "
    "LEFT JOIN main.analyses y ON y.text_id = v.text_id "
    "LEFT JOIN main.changes d ON d.from_text_id = v.text_id_before AND d.to_text_id = v.text_id "
    // Two series of a site may have one, whose texts differ in their links.
    "WHERE 1 ON CONFLICT DO UPDATE SET is_ready = min(is_ready, excluded.is_ready)";

constexpr const char* k_is_unsettled = "site_id IN (SELECT site_id FROM unsettled) ";

constexpr const char* k_is_present =
    "EXISTS (SELECT 1 FROM temp.present p WHERE p.site_id = arrivals.site_id "
    "AND p.words_sha256 = arrivals.words_sha256 AND p.first_seen = arrivals.first_seen";

constexpr const char* k_has_arrived =
    "EXISTS (SELECT 1 FROM arrivals o WHERE o.site_id = p.site_id AND o.words_sha256 = p.words_sha256 "
    "AND o.first_seen = p.first_seen) ";

std::string sql(std::initializer_list<const char*> parts) {
  std::string sql;
  for (const char* const part : parts)
    sql += part;
  return sql;
}

}  // namespace

std::int64_t Arrivals::note() {
  SQLite::Database& database = m_database.handle();
  database.exec(k_present);
  database.exec(sql({"DELETE FROM arrivals WHERE ", k_is_unsettled, "AND NOT ", k_is_present, ")"}));
  // The row goes, and one with the next number comes in its place.
  database.exec(
      sql({"INSERT OR REPLACE INTO arrivals(site_id, words_sha256, first_seen, told) "
           "SELECT site_id, words_sha256, first_seen, 1 FROM arrivals WHERE ",
           k_is_unsettled, "AND told = 2 AND ", k_is_present,
           " AND p.is_ready) ORDER BY site_id, first_seen, words_sha256"}));
  database.exec(
      sql({"INSERT INTO arrivals(site_id, words_sha256, first_seen, told) "
           "SELECT site_id, words_sha256, first_seen, 0 FROM temp.present p WHERE is_ready AND NOT ",
           k_has_arrived, "ORDER BY site_id, first_seen, words_sha256"}));
  database.exec(
      "DELETE FROM unsettled WHERE NOT EXISTS (SELECT 1 FROM temp.present p "
      "WHERE p.site_id = unsettled.site_id AND NOT p.is_ready)");
  database.exec("DROP TABLE temp.present");
  return database.execAndGet("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'arrivals'), 0)")
      .getInt64();
}

void Arrivals::tell(std::int64_t last) {
  Statement(m_database, "UPDATE arrivals SET told = 1 WHERE told = 0 AND id <= ?").run(last);
}

void Arrivals::before_rereading() {
  m_database.handle().exec(
      "CREATE TEMP TABLE untold AS SELECT e.site_id, v.first_seen FROM main.versions v JOIN main.series e "
      "ON e.id = v.series_id WHERE NOT EXISTS (SELECT 1 FROM main.arrivals o WHERE o.site_id = e.site_id "
      "AND o.words_sha256 = v.words_sha256 AND o.first_seen = v.first_seen AND o.told)");
}

void Arrivals::after_rereading() {
  SQLite::Database& database = m_database.handle();
  database.exec(k_present);
  database.exec(
      sql({"INSERT INTO arrivals(site_id, words_sha256, first_seen, told) "
           "SELECT site_id, words_sha256, first_seen, 2 FROM temp.present p WHERE NOT ",
           k_has_arrived, "AND (site_id, first_seen) NOT IN (SELECT site_id, first_seen FROM temp.untold)"}));
  database.exec("DROP TABLE temp.present; DROP TABLE temp.untold");
}

void Arrivals::mend() {
  SQLite::Database& database = m_database.handle();
  database.exec(k_present);
  database.exec(
      sql({"INSERT INTO arrivals(site_id, words_sha256, first_seen, told) "
           "SELECT site_id, words_sha256, first_seen, 2 FROM temp.present p WHERE NOT ",
           k_has_arrived}));
  database.exec("DROP TABLE temp.present");
}

}  // namespace winnow::storage
