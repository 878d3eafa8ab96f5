#include "storage/rereader.hpp"

#include <array>

#include "model/text.hpp"
#include "storage/analyses.hpp"
#include "storage/arrivals.hpp"
#include "storage/contents.hpp"
#include "storage/database.hpp"
#include "storage/runs.hpp"
#include "storage/versions.hpp"

namespace winnow {

using storage::BodyId;
using storage::guarded;
using storage::Statement;
using storage::WriteTransaction;

namespace {

// A capture's text came from the reading of its body that has the same text, its own URL's first.
constexpr const char* k_choose =
    "CREATE TEMP TABLE anew AS SELECT r.body_id, r.text_id AS old_text_id, r.url, min(n.text_id) AS text_id "
    "FROM main.readings r JOIN main.rereadings n ON n.body_id = r.body_id "
    "AND n.content_type = r.content_type AND n.url = r.url GROUP BY r.body_id, r.text_id, r.url; "
    "CREATE INDEX temp.anew_body ON anew(body_id, old_text_id, url); "
    "CREATE TEMP TABLE reread AS SELECT c.id AS capture_id, c.text_id AS old_text_id, coalesce("
    "(SELECT a.text_id FROM temp.anew a WHERE a.body_id = c.body_id AND a.old_text_id = c.text_id "
    "AND a.url = c.original), "
    "(SELECT a.text_id FROM temp.anew a WHERE a.body_id = c.body_id AND a.old_text_id = c.text_id "
    "ORDER BY a.url LIMIT 1)) AS text_id "
    "FROM main.captures c WHERE c.body_id IS NOT NULL AND c.text_id IS NOT NULL AND NOT c.text_given";

// In this order.
constexpr std::array k_put_in_place = {
    "UPDATE captures SET text_id = reread.text_id FROM temp.reread WHERE reread.capture_id = captures.id "
    "AND reread.text_id IS NOT NULL AND reread.text_id <> reread.old_text_id",
    "DELETE FROM readings WHERE EXISTS (SELECT 1 FROM rereadings n WHERE n.body_id = readings.body_id "
    "AND n.content_type = readings.content_type AND n.url = readings.url)",
    "INSERT OR IGNORE INTO readings(body_id, content_type, url, text_id) "
    "SELECT body_id, content_type, read_under, text_id FROM rereadings",
    "DELETE FROM rereadings",
};

// One URL of each body, under which a reading is made that is known by none. Where links have come to depend
// on it, all captures of the body get those; the next harvest reads the body under its other URLs.
constexpr const char* k_urls =
    "CREATE TEMP TABLE urls AS SELECT body_id, min(original) AS url FROM main.captures "
    "WHERE body_id IS NOT NULL GROUP BY body_id; CREATE UNIQUE INDEX temp.urls_body ON urls(body_id)";

}  // namespace

class Rereader::Parts {
public:
  Parts(const std::filesystem::path& path, std::string_view program)
      : database(path, storage::Access::care),
        runs(database),
        contents(database),
        versions(database),
        analyses(database) {
    WriteTransaction transaction(database);
    runs.begin_alone("winnow reextract", program);
    // Begun by a program with another extractor.
    Statement(database, "DELETE FROM rereadings WHERE text_id IN (SELECT id FROM texts WHERE extractor <> ?)")
        .run(k_extractor);
    transaction.commit();
    database.handle().exec(k_urls);
    Statement unread(database,
                     "SELECT count(*) FROM readings r WHERE NOT EXISTS (SELECT 1 FROM rereadings n "
                     "WHERE n.body_id = r.body_id AND n.content_type = r.content_type AND n.url = r.url)");
    unread.step();
    left = static_cast<std::uint64_t>(unread.integer(0));
  }

  /// Texts that no capture and no reading has any more; of packed ones those first that nothing rests on.
  void erase_texts() {
    Statement erase(
        database,
        "DELETE FROM texts AS t WHERE NOT EXISTS (SELECT 1 FROM captures c WHERE c.text_id = t.id) "
        "AND NOT EXISTS (SELECT 1 FROM readings r WHERE r.text_id = t.id) "
        "AND NOT EXISTS (SELECT 1 FROM texts u WHERE u.base_id = t.id)");
    while (erase.run() > 0) {
    }
  }

  void remake_versions() {
    std::vector<SeriesId> series;
    Statement all(database, "SELECT id FROM series");
    while (all.step())
      series.push_back(all.id<SeriesId>(0));
    versions.forget();
    for (const SeriesId id : series)
      versions.rebuild(id);
    versions.number();
  }

  storage::Database database;
  storage::Runs runs;
  storage::Contents contents;
  storage::Versions versions;
  storage::Analyses analyses;
  std::uint64_t left = 0;
  struct {
    std::int64_t body = 0;
    std::string content_type, url;
  } last;  ///< reading that next() gave
};

Rereader::Rereader(const std::filesystem::path& path, std::string_view program)
    : m_parts(guarded(path.string(), [&] { return std::make_unique<Parts>(path, program); })) {}

Rereader::~Rereader() = default;

std::uint64_t Rereader::left() const {
  return m_parts->left;
}

std::vector<RereadTask> Rereader::next(std::size_t most) {
  return guarded(m_parts->database.path(), [&] {
    std::vector<RereadTask> tasks;
    auto& last = m_parts->last;
    Statement rows(m_parts->database,
                   "SELECT r.body_id, r.content_type, r.url, b.sha256, coalesce(u.url, '') FROM readings r "
                   "JOIN bodies b ON b.id = r.body_id LEFT JOIN temp.urls u ON u.body_id = r.body_id "
                   "WHERE (r.body_id, r.content_type, r.url) > (?, ?, ?) AND NOT EXISTS (SELECT 1 FROM "
                   "rereadings n WHERE n.body_id = r.body_id AND n.content_type = r.content_type "
                   "AND n.url = r.url) ORDER BY r.body_id, r.content_type, r.url LIMIT ?");
    const auto from = last;
    rows.bind(from.body, from.content_type, from.url, most);
    while (rows.step()) {
      last = {rows.integer(0), rows.text(1), rows.text(2)};
      tasks.push_back(
          {{rows.digest<32>(3), last.content_type, last.url.empty() ? rows.text(4) : last.url}, last.url});
    }
    return tasks;
  });
}

void Rereader::note(std::span<const Reread> rereads) {
  guarded(m_parts->database.path(), [&] {
    Statement insert(m_parts->database,
                     "INSERT OR REPLACE INTO rereadings(body_id, content_type, url, read_under, text_id) "
                     "SELECT id, ?, ?, ?, ? FROM bodies WHERE sha256 = ?");
    WriteTransaction transaction(m_parts->database);
    for (const auto& [task, text] : rereads) {
      const Reading& reading = task.reading;
      insert.run(reading.content_type, task.known_url, text.text.depends_on_url ? reading.url : std::string(),
                 m_parts->contents.text(text).id, reading.body);
    }
    transaction.commit();
    m_parts->left -= rereads.size();
  });
}

RereadOutcome Rereader::finish() {
  return guarded(m_parts->database.path(), [&] {
    const auto number = [&](const char* query) {
      return m_parts->database.handle().execAndGet(query).getInt64();
    };
    RereadOutcome outcome;
    WriteTransaction transaction(m_parts->database);
    const auto versions_before = number("SELECT count(*) FROM versions");
    outcome.readings = static_cast<std::uint64_t>(number("SELECT count(*) FROM rereadings"));
    m_parts->database.handle().exec(k_choose);
    for (const char* const statement : k_put_in_place)
      m_parts->database.handle().exec(statement);
    outcome.captures = static_cast<std::uint64_t>(
        number("SELECT count(*) FROM temp.reread r JOIN texts a ON a.id = r.old_text_id "
               "JOIN texts b ON b.id = r.text_id WHERE a.sha256 <> b.sha256 OR a.marks <> b.marks"));
    storage::Arrivals arrivals(m_parts->database);
    arrivals.before_rereading();
    m_parts->erase_texts();
    m_parts->analyses.forget_all();
    m_parts->remake_versions();
    arrivals.after_rereading();
    outcome.versions = number("SELECT count(*) FROM versions") - versions_before;
    m_parts->database.handle().exec("DROP TABLE temp.reread; DROP TABLE temp.anew");
    transaction.commit();
    return outcome;
  });
}

void Rereader::end(int exit_code, std::string_view report) {
  guarded(m_parts->database.path(), [&] {
    WriteTransaction transaction(m_parts->database);
    m_parts->runs.end(exit_code, report);
    transaction.commit();
  });
}

bool has_texts_of_another_extractor(const std::filesystem::path& store) {
  return guarded(store.string(), [&] {
    storage::Database database(store, storage::Access::read);
    Statement query(database,
                    "SELECT EXISTS (SELECT 1 FROM texts t WHERE (t.extractor < ?1 OR t.extractor > ?1) "
                    "AND EXISTS (SELECT 1 FROM readings r WHERE r.text_id = t.id))");
    query.bind(k_extractor).step();
    return query.integer(0) != 0;
  });
}

}  // namespace winnow
