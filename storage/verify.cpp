#include "storage/verify.hpp"

#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "model/error.hpp"
#include "storage/content_check.hpp"
#include "storage/seals.hpp"
#include "storage/statement.hpp"
#include "storage/versions.hpp"

namespace winnow {

using storage::Database;
using storage::guarded;
using storage::Seals;
using storage::Shelf;
using storage::Statement;

namespace {

class Verifier {
public:
  explicit Verifier(const std::filesystem::path& store)
      : m_path(store), m_database(store, storage::Access::read) {}

  Verification verify() {
    // All of one moment.
    m_database.handle().exec("BEGIN");
    attempt("the file's structure", [&] { check_structure(); });
    attempt("references between rows", [&] { check_references(); });
    std::vector<std::string> tables;
    attempt("the list of tables", [&] { tables = Seals::tables(m_database.handle()); });
    for (const std::string& table : tables)
      attempt("the table " + table, [&] { check_seals(table); });
    attempt("bodies", [&] { m_found.bodies = check(Shelf::bodies, DamageKind::body); });
    attempt("texts", [&] { m_found.texts = check(Shelf::texts, DamageKind::text); });
    attempt("versions", [&] { check_versions(); });
    attempt("captures", [&] {
      m_found.captures = count("SELECT count(*) FROM captures");
      m_found.versions = count("SELECT count(*) FROM versions");
      if (!m_found.damages.empty()) name_captures();
    });
    m_database.handle().tryExec("ROLLBACK");
    return std::move(m_found);
  }

private:
  /// What can't even be read is damaged; the other checks go on.
  template <class Check>
  void attempt(const std::string& what, Check&& check) {
    try {
      check();
    } catch (const std::exception& failure) {
      add(DamageKind::file, "", fmt::format("{} can't be read: {}", what, failure.what()));
    }
  }

  void add(DamageKind kind, std::string name, std::string detail, std::optional<std::int64_t> row = {}) {
    m_found.damages.push_back({kind, std::move(name), std::move(detail), {}, row});
  }

  std::uint64_t count(const char* sql) {
    Statement query(m_database, sql);
    query.step();
    return static_cast<std::uint64_t>(query.integer(0));
  }

  void check_structure() {
    Statement lines(m_database, "PRAGMA integrity_check");
    while (lines.step()) {
      if (const std::string line = lines.text(0); line != "ok") add(DamageKind::file, "", line);
    }
  }

  void check_references() {
    Statement rows(m_database, "PRAGMA foreign_key_check");
    while (rows.step()) {
      add(DamageKind::reference, rows.text(0),
          rows.is_null(1)
              ? fmt::format("a row refers to one of {} that is not there", rows.text(2))
              : fmt::format("row {} refers to one of {} that is not there", rows.integer(1), rows.text(2)));
    }
  }

  void check_seals(const std::string& table) {
    for (const std::int64_t seal : Seals::broken(m_database.handle(), table)) {
      const std::int64_t first = seal * storage::k_rows_of_a_seal;
      add(DamageKind::rows, table,
          table == "sqlite_schema" ? "the tables are not as winnow made them"
                                   : fmt::format("one of the rows {} to {} is not as it was written", first,
                                                 first + storage::k_rows_of_a_seal - 1),
          seal);
    }
  }

  std::uint64_t check(Shelf shelf, DamageKind kind) {
    storage::ContentCheck contents = storage::check_contents(m_path, shelf);
    for (storage::BadContent& bad : contents.bad)
      add(kind, std::move(bad.name), std::move(bad.detail), bad.id);
    return contents.checked;
  }

  void check_versions() {
    storage::Versions versions(m_database);
    Statement series(m_database,
                     "SELECT id, (SELECT name FROM series_names WHERE series_id = id) FROM series");
    while (series.step()) {
      if (!versions.is_right(series.id<SeriesId>(0))) {
        add(DamageKind::versions, series.is_null(1) ? "?" : series.text(1),
            "its versions are not those that its captures make", series.integer(0));
      }
    }
  }

  /// The captures that each damage touches.
  void name_captures() {
    std::unordered_map<std::int64_t, std::vector<Damage*>> of_body, of_text, of_seal, of_bodies_seal,
        of_texts_seal;
    for (Damage& damage : m_found.damages) {
      if (!damage.row) continue;
      if (damage.kind == DamageKind::body) of_body[*damage.row].push_back(&damage);
      if (damage.kind == DamageKind::text) of_text[*damage.row].push_back(&damage);
      if (damage.kind != DamageKind::rows) continue;
      if (damage.name == "captures" || damage.name == "provenance") of_seal[*damage.row].push_back(&damage);
      if (damage.name == "bodies") of_bodies_seal[*damage.row].push_back(&damage);
      if (damage.name == "texts") of_texts_seal[*damage.row].push_back(&damage);
    }
    Statement captures(m_database,
                       "SELECT id, body_id, text_id FROM captures ORDER BY page_id, timestamp, id");
    Statement named(
        m_database,
        "SELECT p.url, c.timestamp, (SELECT v.number FROM versions v WHERE v.series_id = n.series_id AND "
        "v.first_seen <= c.timestamp AND v.last_seen >= c.timestamp AND v.words_sha256 = t.words_sha256) "
        "FROM captures c LEFT JOIN pages p ON p.id = c.page_id LEFT JOIN tenures n ON n.page_id = c.page_id "
        "AND c.timestamp >= n.since AND c.timestamp < n.until LEFT JOIN texts t ON t.id = c.text_id "
        "WHERE c.id = ?");
    const auto touch = [&](const auto& damages, std::optional<std::int64_t> row, std::int64_t capture) {
      if (!row) return;
      const auto found = damages.find(*row);
      if (found == damages.end()) return;
      if (!named.bind(capture).step()) return;
      const TouchedCapture touched{named.is_null(0) ? "?" : named.text(0), named.text(1),
                                   named.optional<std::uint32_t>(2)};
      named.done();
      for (Damage* const damage : found->second)
        damage->touches.push_back(touched);
    };
    const auto seal = [](std::optional<std::int64_t> row) {
      if (row) *row /= storage::k_rows_of_a_seal;
      return row;
    };
    while (captures.step()) {
      const std::int64_t capture = captures.integer(0);
      const auto body = captures.optional(1);
      const auto text = captures.optional(2);
      touch(of_body, body, capture);
      touch(of_text, text, capture);
      touch(of_seal, seal(capture), capture);
      touch(of_bodies_seal, seal(body), capture);
      touch(of_texts_seal, seal(text), capture);
    }
  }

  std::filesystem::path m_path;
  Database m_database;
  Verification m_found;
};

}  // namespace

std::string_view name(DamageKind kind) {
  switch (kind) {
    case DamageKind::file:
      return "file";
    case DamageKind::body:
      return "body";
    case DamageKind::text:
      return "text";
    case DamageKind::rows:
      return "rows";
    case DamageKind::reference:
      return "reference";
    case DamageKind::versions:
      return "versions";
  }
  return "";
}

Verification verify(const std::filesystem::path& store) {
  return guarded(store.string(), [&] { return Verifier(store).verify(); });
}

}  // namespace winnow
