#include "storage/seals.hpp"

#include <cassert>
#include <cmath>
#include <cstring>
#include <exception>

#include <fmt/format.h>
#define SQLITE_ENABLE_PREUPDATE_HOOK  // declares what Debian's library has
#include <sqlite3.h>
#include <xxhash.h>

#include "model/error.hpp"

namespace winnow::storage {

namespace {

constexpr std::string_view k_schema_table = "sqlite_schema";

/// The next numbers of runs and arrivals, on which cursors rest. No hook tells of it.
constexpr const char* k_sequence_table = "sqlite_sequence";

void append(std::string& row, char type, std::uint64_t number) {
  row += type;
  for (int shift = 0; shift < 64; shift += 8)
    row += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xffU);
}

/// A value as both a hook and a query show it.
struct Value {
  int type = SQLITE_NULL;
  std::int64_t integer = 0;
  double real = 0;
  std::string_view bytes;  ///< valid until the next step

  explicit Value(sqlite3_value* value) : type(sqlite3_value_type(value)) {
    if (type == SQLITE_INTEGER) integer = sqlite3_value_int64(value);
    if (type == SQLITE_FLOAT) real = sqlite3_value_double(value);
    if (type == SQLITE_TEXT || type == SQLITE_BLOB) {
      const auto* begin = static_cast<const char*>(sqlite3_value_blob(value));
      bytes = {begin, static_cast<std::size_t>(sqlite3_value_bytes(value))};
    }
  }
  explicit Value(const SQLite::Column& column) : type(column.getType()) {
    if (type == SQLITE_INTEGER) integer = column.getInt64();
    if (type == SQLITE_FLOAT) real = column.getDouble();
    if (type == SQLITE_TEXT || type == SQLITE_BLOB) {
      const auto* begin = static_cast<const char*>(column.getBlob());
      bytes = {begin, static_cast<std::size_t>(column.getBytes())};
    }
  }
};

/// A number is the same number as integer and as REAL: SQLite stores a whole REAL as an integer and, here and
/// there, shows it so.
void append(std::string& row, const Value& value) {
  constexpr double k_whole = 9007199254740992;  // 2^53: every whole number below has one double
  switch (value.type) {
    case SQLITE_INTEGER:
      append(row, 'i', static_cast<std::uint64_t>(value.integer));
      break;
    case SQLITE_FLOAT:
      if (std::abs(value.real) < k_whole && std::trunc(value.real) == value.real) {
        append(row, 'i', static_cast<std::uint64_t>(static_cast<std::int64_t>(value.real)));
      } else {
        std::uint64_t bits = 0;
        std::memcpy(&bits, &value.real, sizeof bits);
        append(row, 'f', bits);
      }
      break;
    case SQLITE_NULL:
      row += 'n';
      break;
    default:
      append(row, value.type == SQLITE_TEXT ? 't' : 'b', value.bytes.size());
      row += value.bytes;
  }
}

std::uint64_t hash(const std::string& row) {
  return XXH3_64bits(row.data(), row.size());
}

std::int64_t seal_of(const Value& first) {
  return first.type == SQLITE_INTEGER ? first.integer >> 4 : 0;
}
static_assert(k_rows_of_a_seal == 1 << 4);

std::string quoted(const std::string& name) {
  std::string quoted = "\"";
  for (const char c : name)
    quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

}  // namespace

Seals::Seals(SQLite::Database& database)
    : m_database(database),
      // (a | b) - (a & b) is the exclusive or, which SQLite lacks.
      m_write(database,
              "INSERT INTO seals(name, seal, sum) VALUES(?, ?, ?) "
              "ON CONFLICT DO UPDATE SET sum = (sum | excluded.sum) - (sum & excluded.sum)") {
  SQLite::Statement columns(
      database,
      "SELECT s.name, t.cid, t.dflt_value FROM sqlite_schema s, pragma_table_info(s.name) t "
      "WHERE s.type = 'table' AND t.dflt_value IS NOT NULL AND t.\"notnull\"");
  while (columns.executeStep()) {
    SQLite::Statement value(database, "SELECT " + columns.getColumn(2).getString());
    value.executeStep();
    std::string bytes;
    append(bytes, Value(value.getColumn(0)));
    m_defaults[{columns.getColumn(0).getString(), columns.getColumn(1).getInt()}] = bytes;
  }
  sqlite3_preupdate_hook(database.getHandle(), &Seals::row_changes, this);
}

Seals::~Seals() {
  sqlite3_preupdate_hook(m_database.getHandle(), nullptr, nullptr);
}

void Seals::row_changes(void* self, sqlite3* database, int operation, const char* schema, const char* table,
                        long long /*old_row*/, long long /*new_row*/) noexcept {
  auto& seals = *static_cast<Seals*>(self);
  const std::string_view name = table;
  if (std::string_view(schema) != "main" || name == "seals" || name.starts_with("sqlite_")) return;
  try {
    if (operation != SQLITE_INSERT) seals.note(database, name, true);
    if (operation != SQLITE_DELETE) seals.note(database, name, false);
  } catch (const std::exception&) {
    seals.m_failed = true;  // no exception may cross SQLite; write() tells
  }
}

void Seals::note(sqlite3* database, std::string_view table, bool is_old) {
  const std::string name(table);
  std::string row;
  std::int64_t seal = 0;
  const int columns = sqlite3_preupdate_count(database);
  for (int i = 0; i < columns; ++i) {
    sqlite3_value* value = nullptr;
    const int result =
        is_old ? sqlite3_preupdate_old(database, i, &value) : sqlite3_preupdate_new(database, i, &value);
    if (result != SQLITE_OK) {
      m_failed = true;
      return;
    }
    const Value shown(value);
    if (i == 0) seal = seal_of(shown);
    const auto standard = is_old && shown.type == SQLITE_NULL ? m_defaults.find({name, i}) : m_defaults.end();
    if (standard != m_defaults.end()) {
      row += standard->second;
    } else {
      append(row, shown);
    }
  }
  m_changed[name][seal] ^= hash(row);
}

void Seals::forget() {
  m_changed.clear();
  m_failed = false;
}

void Seals::write() {
  if (m_failed) throw error("out of memory");
  for (const auto& [table, sums] : m_changed) {
    for (const auto& [seal, sum] : sums) {
      if (sum == 0) continue;
      m_write.bind(1, table);
      m_write.bind(2, seal);
      m_write.bind(3, static_cast<std::int64_t>(sum));
      m_write.exec();
      m_write.reset();
    }
  }
  if (m_changed.contains("runs") || m_changed.contains("arrivals")) renew(m_database, k_sequence_table);
  m_changed.clear();
}

std::vector<std::string> Seals::tables(SQLite::Database& database) {
  std::vector<std::string> names = {std::string(k_schema_table), k_sequence_table};
  SQLite::Statement tables(database,
                           "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'seals' "
                           "AND sql NOT LIKE 'CREATE VIRTUAL%' "
                           "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");
  while (tables.executeStep())
    names.push_back(tables.getColumn(0).getString());
  return names;
}

Seals::Sums Seals::sums(SQLite::Database& database, const std::string& table) {
  // Of the schema all but the pages in which tables begin: VACUUM moves them.
  SQLite::Statement rows(
      database, table == k_schema_table
                    ? "SELECT 0, type, name, tbl_name, sql, (SELECT user_version FROM pragma_user_version), "
                      "(SELECT application_id FROM pragma_application_id) FROM sqlite_schema"
                    : "SELECT * FROM " + quoted(table));
  Sums sums;
  std::string row;
  while (rows.executeStep()) {
    row.clear();
    for (int i = 0; i < rows.getColumnCount(); ++i)
      append(row, Value(rows.getColumn(i)));
    sums[seal_of(Value(rows.getColumn(0)))] ^= hash(row);
  }
  return sums;
}

void Seals::renew(SQLite::Database& database) {
  database.exec("DELETE FROM seals");
  for (const std::string& table : tables(database))
    renew(database, table);
}

void Seals::renew(SQLite::Database& database, const std::string& table) {
  SQLite::Statement erase(database, "DELETE FROM seals WHERE name = ?");
  erase.bind(1, table);
  erase.exec();
  SQLite::Statement insert(database, "INSERT INTO seals(name, seal, sum) VALUES(?, ?, ?)");
  for (const auto& [seal, sum] : sums(database, table)) {
    insert.bind(1, table);
    insert.bind(2, seal);
    insert.bind(3, static_cast<std::int64_t>(sum));
    insert.exec();
    insert.reset();
  }
}

std::vector<std::int64_t> Seals::broken(SQLite::Database& database, const std::string& table) {
  Sums differences = sums(database, table);
  SQLite::Statement seals(database, "SELECT seal, sum FROM seals WHERE name = ?");
  seals.bind(1, table);
  while (seals.executeStep())
    differences[seals.getColumn(0).getInt64()] ^= static_cast<std::uint64_t>(seals.getColumn(1).getInt64());
  std::vector<std::int64_t> broken;
  for (const auto& [seal, difference] : differences) {
    if (difference != 0) broken.push_back(seal);
  }
  return broken;
}

}  // namespace winnow::storage
