#include "storage/repair.hpp"

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "model/error.hpp"
#include "storage/analyses.hpp"
#include "storage/arrivals.hpp"
#include "storage/capture_state.hpp"
#include "storage/codec.hpp"
#include "storage/content_chain.hpp"
#include "storage/ledger.hpp"
#include "storage/repacking.hpp"
#include "storage/runs.hpp"
#include "storage/seals.hpp"
#include "storage/versions.hpp"

namespace winnow {

using storage::ContentChain;
using storage::Database;
using storage::guarded;
using storage::Seals;
using storage::Shelf;
using storage::Statement;
using storage::WriteTransaction;

namespace {

// Tables whose rows are kept, made anew, or fetched anew: what they are then is what they shall be. runs only
// tell what was done.
constexpr std::array k_mendable = {"analyses",        "arrivals",
                                   "bodies",          "captures",
                                   "changes",         "discovered_pages",
                                   "discoveries",     "ledger",
                                   "looks",           "provenance",
                                   "readings",        "rereadings",
                                   "rounds",          "runs",
                                   "sqlite_sequence", "text_words_config",
                                   "text_words_data", "text_words_docsize",
                                   "text_words_idx",  "texts",
                                   "unsettled",       "versions"};

class Repairer {
public:
  Repairer(Database& database, Repair& repair)
      : m_database(database),
        m_repair(repair),
        m_ledger(database),
        m_versions(database),
        m_analyses(database) {}

  void mend() {
    for (const Damage& damage : m_repair.before.damages) {
      if (damage.kind == DamageKind::body && damage.row) m_bodies.insert(*damage.row);
      if (damage.kind == DamageKind::text && damage.row) m_texts.insert(*damage.row);
    }
    m_database.handle().exec("PRAGMA defer_foreign_keys = ON");
    free_from_damaged(Shelf::bodies, m_bodies);
    free_from_damaged(Shelf::texts, m_texts);
    for (const Damage& damage : m_repair.before.damages) {
      if (damage.kind == DamageKind::rows && damage.row) mend_rows(damage.name, *damage.row);
    }
    for (const std::int64_t body : m_bodies)
      give_up_body(body);
    for (const std::int64_t text : m_texts)
      give_up_text(text);
    if (!m_texts.empty()) m_analyses.forget_all();
    m_repair.bodies = m_bodies.size();
    m_repair.texts = m_texts.size();
    m_repair.captures = m_noted.size();
    Statement all(m_database, "SELECT id FROM series");
    std::vector<SeriesId> series;
    while (all.step())
      series.push_back(all.id<SeriesId>(0));
    for (const SeriesId id : series)
      m_versions.rebuild(id);
    m_versions.number();
    if (m_lost_arrivals) storage::Arrivals(m_database).mend();
  }

private:
  /// What is sound but rests on what goes is packed by itself.
  void free_from_damaged(Shelf shelf, std::set<std::int64_t>& damaged) {
    const bool is_body = shelf == Shelf::bodies;
    ContentChain chain(m_database, shelf);
    Statement resting(m_database, is_body ? "SELECT id FROM bodies WHERE base_id = ?"
                                          : "SELECT id FROM texts WHERE base_id = ?");
    Statement update(
        m_database,
        is_body ? "UPDATE bodies SET base_id = NULL, depth = 0, encoding = ?, content = ?, compacted = "
                  "NULL WHERE id = ?"
                : "UPDATE texts SET base_id = NULL, encoding = ?, markdown = ?, compacted = NULL "
                  "WHERE id = ?");
    std::vector<std::pair<std::int64_t, Packed>> freed;
    for (const std::int64_t base : damaged) {
      resting.bind(base);
      while (resting.step()) {
        const std::int64_t id = resting.integer(0);
        if (!damaged.contains(id)) freed.emplace_back(id, pack(chain.read(id).bytes));
      }
    }
    std::vector<storage::BodyDepth> depths;
    for (const auto& [id, packed] : freed) {
      update.run(packed.encoding, storage::Blob{packed.bytes}, id);
      depths.push_back({id, 0});
    }
    if (is_body) storage::deepen_what_rests_on(m_database, std::move(depths));
    m_repair.rebased += freed.size();
  }

  /// The captures that the query finds have a body or text that is not to be trusted: to the ledger with
  /// them, and with those that were inferred from them.
  void note(const char* captures, std::int64_t number, const std::string& detail) {
    Statement query(m_database, captures);
    Statement inferred(
        m_database,
        "SELECT s.id, s.archive_id FROM captures c JOIN captures s ON s.page_id = c.page_id AND "
        "s.digest = c.digest AND s.state = 3 WHERE c.id = ?");
    Statement set_missing(m_database, "UPDATE captures SET state = 4 WHERE id = ?");
    std::map<CaptureId, ArchiveId> noted;
    query.bind(number);
    while (query.step()) {
      const auto state = query.id<CaptureState>(2);
      if (state != CaptureState::held && state != CaptureState::inferred) continue;
      noted[query.id<CaptureId>(0)] = query.id<ArchiveId>(1);
      inferred.bind(query.integer(0));
      while (inferred.step())
        noted[inferred.id<CaptureId>(0)] = inferred.id<ArchiveId>(1);
    }
    for (const auto& [capture, archive] : noted) {
      set_missing.run(capture);
      m_ledger.note(archive, capture, std::nullopt,
                    {.reason = Reason::damaged, .status = {}, .detail = detail, .hops = {}, .retry_at = {}});
      m_noted.insert(capture);
    }
  }

  void give_up_body(std::int64_t body) {
    note("SELECT id, archive_id, state FROM captures WHERE body_id = ?", body,
         "the body " + name(DamageKind::body, body));
    for (const char* const sql :
         {"UPDATE captures SET body_id = NULL, represents = 0 WHERE body_id = ?",
          "DELETE FROM readings WHERE body_id = ?", "DELETE FROM rereadings WHERE body_id = ?",
          "DELETE FROM bodies WHERE id = ?"})
      Statement(m_database, sql).run(body);
  }

  void give_up_text(std::int64_t text) {
    note("SELECT id, archive_id, state FROM captures WHERE text_id = ?", text,
         "the text " + name(DamageKind::text, text));
    for (const char* const sql :
         {"UPDATE captures SET text_id = NULL, text_given = 0 WHERE text_id = ?",
          "DELETE FROM readings WHERE text_id = ?", "DELETE FROM rereadings WHERE text_id = ?",
          "DELETE FROM texts WHERE id = ?"})
      Statement(m_database, sql).run(text);
  }

  [[nodiscard]] std::string name(DamageKind kind, std::int64_t row) const {
    for (const Damage& damage : m_repair.before.damages) {
      if (damage.kind == kind && damage.row == row) return damage.name;
    }
    return "?";
  }

  /// One or more of 16 rows are not as they were written, and nothing tells which.
  void mend_rows(const std::string& table, std::int64_t seal) {
    const std::int64_t first = seal * storage::k_rows_of_a_seal;
    const auto run = [&](const char* sql) { Statement(m_database, sql).run(first); };
    if (table == "captures" || table == "provenance") {
      note("SELECT id, archive_id, state FROM captures WHERE id BETWEEN ?1 AND ?1 + 15", first,
           fmt::format("its row in {}, or one of 15 beside it", table));
      // The index is read once more: a missing capture's row becomes what it says.
      run("DELETE FROM looks WHERE page_id IN (SELECT page_id FROM captures WHERE id BETWEEN ?1 AND ?1 + "
          "15)");
    } else if (table == "texts") {
      note("SELECT id, archive_id, state FROM captures WHERE text_id BETWEEN ?1 AND ?1 + 15", first,
           "what is said of its text, or of one of 15 beside it");
      run("DELETE FROM readings WHERE text_id BETWEEN ?1 AND ?1 + 15");
    } else if (table == "readings") {
      run("DELETE FROM readings WHERE body_id BETWEEN ?1 AND ?1 + 15");
    } else if (table == "rereadings") {
      run("DELETE FROM rereadings WHERE body_id BETWEEN ?1 AND ?1 + 15");
    } else if (table == "looks") {
      run("DELETE FROM looks WHERE page_id BETWEEN ?1 AND ?1 + 15");
    } else if (table == "discoveries" || table == "discovered_pages") {
      run("DELETE FROM discovered_pages WHERE archive_id BETWEEN ?1 AND ?1 + 15");
      run("DELETE FROM discoveries WHERE archive_id BETWEEN ?1 AND ?1 + 15");
    } else if (table == "analyses" || table == "changes" || table.starts_with("text_words")) {
      m_analyses.forget_all();
    } else if (table == "arrivals") {
      run("DELETE FROM arrivals WHERE id BETWEEN ?1 AND ?1 + 15");
      m_lost_arrivals = true;
    } else if (table == "sqlite_sequence") {
      // The latest arrivals may have gone; what came with them is behind the cursors that were given out.
      m_database.handle().exec(
          "DELETE FROM sqlite_sequence; INSERT INTO sqlite_sequence(name, seq) "
          "SELECT 'runs', max(id) FROM runs UNION ALL "
          "SELECT 'arrivals', coalesce(max(id), 0) + 1000000 FROM arrivals");
    } else if (table == "rounds") {
      run("DELETE FROM rounds WHERE capture_id BETWEEN ?1 AND ?1 + 15");
    } else if (table == "ledger") {
      run("UPDATE ledger SET retry = 'next-run', retry_at = NULL WHERE id BETWEEN ?1 AND ?1 + 15");
    }
  }

  Database& m_database;
  Repair& m_repair;
  storage::Ledger m_ledger;
  storage::Versions m_versions;
  storage::Analyses m_analyses;
  std::set<std::int64_t> m_bodies, m_texts;
  bool m_lost_arrivals = false;
  std::set<CaptureId> m_noted;
};

void begin(Database& database, storage::Runs& runs, std::string_view program) {
  WriteTransaction transaction(database);
  runs.begin_alone("winnow verify --repair", program);
  transaction.commit();
}

}  // namespace

Repair repair(const std::filesystem::path& store, std::string_view program) {
  return guarded(store.string(), [&] {
    Repair repair;
    Database database(store, storage::Access::care);
    storage::Runs runs(database);
    begin(database, runs, program);
    repair.before = verify(store);
    if (!repair.before.damages.empty()) {
      WriteTransaction transaction(database);
      // Indexes follow from the tables; the rest of the file's structure has no second source.
      database.handle().exec("REINDEX");
      Repairer(database, repair).mend();
      database.seals()->write();
      for (const char* const table : k_mendable)
        Seals::renew(database.handle(), table);
      transaction.commit();
    }
    repair.after = repair.before.damages.empty() ? repair.before : verify(store);
    WriteTransaction transaction(database);
    runs.end(repair.after.damages.empty() ? 0 : 1, "{}");
    transaction.commit();
    return repair;
  });
}

}  // namespace winnow
