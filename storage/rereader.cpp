#include "storage/rereader.hpp"

#include <array>

#include "model/text.hpp"
#include "storage/analyses.hpp"
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

// Held captures whose text was read from their body, each with the reading that it came from: under the
// capture's own URL, or under none when no link depends on it.
constexpr const char* k_readings =
    "CREATE TEMP VIEW read_captures AS SELECT c.id AS capture_id, c.body_id, c.text_id, c.original, "
    "r.content_type FROM main.captures c JOIN main.readings r ON r.body_id = c.body_id AND r.text_id = c.text_id "
    "AND r.url IN ('', c.original) WHERE c.state = 2 AND NOT c.text_given";

// In this order.
constexpr std::array k_put_in_place = {
    "CREATE TEMP TABLE reread AS SELECT k.capture_id, k.text_id AS old_text_id, min(n.text_id) AS text_id "
    "FROM temp.read_captures k JOIN main.rereadings n ON n.body_id = k.body_id "
    "AND n.content_type = k.content_type AND n.url IN ('', k.original) GROUP BY k.capture_id",
    "UPDATE captures SET text_id = reread.text_id FROM temp.reread WHERE reread.capture_id = captures.id",
    // Inferred ones say what the held capture with their digest says.
    "UPDATE captures SET text_id = h.text_id FROM captures h WHERE captures.state <> 2 "
    "AND captures.body_id IS NOT NULL AND NOT captures.text_given AND h.page_id = captures.page_id "
    "AND h.digest = captures.digest AND h.represents AND h.body_id = captures.body_id",
    "DELETE FROM readings WHERE body_id IN (SELECT body_id FROM rereadings)",
    "INSERT INTO readings(body_id, content_type, url, text_id) SELECT body_id, content_type, url, text_id "
    "FROM rereadings",
    "DELETE FROM rereadings",
};

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
    runs.begin_care("winnow reextract", program);
    // Begun by a program with another extractor.
    Statement(database, "DELETE FROM rereadings WHERE text_id IN (SELECT id FROM texts WHERE extractor <> ?)")
        .run(k_extractor);
    transaction.commit();
    database.handle().exec(k_readings);
    Statement unread(database,
                     "SELECT DISTINCT body_id FROM temp.read_captures k WHERE NOT EXISTS "
                     "(SELECT 1 FROM main.rereadings n WHERE n.body_id = k.body_id) ORDER BY body_id");
    while (unread.step())
      bodies.push_back(unread.id<BodyId>(0));
  }

  /// Texts that no capture and no reading has any more; of packed ones those first that nothing rests on.
  void erase_texts() {
    Statement erase(database,
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
    versions.note_told();
  }

  storage::Database database;
  storage::Runs runs;
  storage::Contents contents;
  storage::Versions versions;
  storage::Analyses analyses;
  std::vector<BodyId> bodies;
  std::size_t at = 0;
};

Rereader::Rereader(const std::filesystem::path& path, std::string_view program)
    : m_parts(guarded(path.string(), [&] { return std::make_unique<Parts>(path, program); })) {}

Rereader::~Rereader() = default;

std::uint64_t Rereader::left() const {
  return m_parts->bodies.size() - m_parts->at;
}

std::vector<Reading> Rereader::next(std::size_t bodies) {
  return guarded(m_parts->database.path(), [&] {
    std::vector<Reading> readings;
    Statement rows(m_parts->database,
                   "SELECT DISTINCT b.sha256, k.content_type, k.original FROM temp.read_captures k "
                   "JOIN main.bodies b ON b.id = k.body_id WHERE k.body_id = ?");
    for (std::size_t i = 0; i < bodies && m_parts->at < m_parts->bodies.size(); ++i) {
      rows.bind(m_parts->bodies[m_parts->at++]);
      while (rows.step())
        readings.push_back({rows.digest<32>(0), rows.text(1), rows.text(2)});
    }
    return readings;
  });
}

void Rereader::note(std::span<const Reread> rereads) {
  guarded(m_parts->database.path(), [&] {
    Statement insert(m_parts->database,
                     "INSERT OR REPLACE INTO rereadings(body_id, content_type, url, text_id) "
                     "SELECT id, ?, ?, ? FROM bodies WHERE sha256 = ?");
    WriteTransaction transaction(m_parts->database);
    for (const auto& [reading, text] : rereads) {
      insert.run(reading.content_type, text.text.depends_on_url ? reading.url : std::string(),
                 m_parts->contents.text(text).id, reading.body);
    }
    transaction.commit();
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
    outcome.bodies = static_cast<std::uint64_t>(number("SELECT count(DISTINCT body_id) FROM rereadings"));
    for (const char* const statement : k_put_in_place)
      m_parts->database.handle().exec(statement);
    outcome.captures = static_cast<std::uint64_t>(
        number("SELECT count(*) FROM temp.reread r JOIN texts a ON a.id = r.old_text_id "
               "JOIN texts b ON b.id = r.text_id WHERE a.sha256 <> b.sha256 OR a.marks <> b.marks"));
    m_parts->erase_texts();
    m_parts->analyses.forget_all();
    m_parts->remake_versions();
    outcome.versions = number("SELECT count(*) FROM versions") - versions_before;
    m_parts->database.handle().exec("DROP TABLE temp.reread");
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
