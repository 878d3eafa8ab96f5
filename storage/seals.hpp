// Checksums of the store's rows: a byte that is flipped in the file is found. For storage/*.cpp only.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

struct sqlite3;
struct sqlite3_value;

namespace winnow::storage {

/// Rows whose first column divided by this (rounded down) is the same share a seal. Every table's first
/// column is the number of what the row is about. One seal a row would name a damaged row exactly, and cost
/// 17 bytes for each of a million captures.
inline constexpr std::int64_t k_rows_of_a_seal = 16;

/// The table `seals` holds for every 16 rows of every table the exclusive or of their rows' 64-bit hashes
/// (XXH3), of the values as a reader sees them; and one of the schema. It is changed with the rows, in their
/// transaction, whoever changes them: SQLite tells each row before and after (sqlite3_preupdate_hook).
/// Rejected: a column with a hash in each table (a second write of every row, and each new statement could
/// forget it); SQLite's cksumvfs (a file system layer of its own, and stores that plain sqlite3 writes are
/// damaged ever after); a hash of the whole file (every commit would read all of it).
class Seals {
public:
  /// Follows every change that the connection makes from now on. \pre the table is there
  explicit Seals(SQLite::Database& database);
  ~Seals();
  Seals(const Seals&) = delete;
  Seals& operator=(const Seals&) = delete;

  /// A transaction begins: what was not written is void.
  void forget();
  /// What changed since; before the transaction commits.
  void write();

  /// All anew, or a table's, as the rows are now: what was damaged before is not found any more. \pre in a
  /// transaction that has written its seals, if any
  static void renew(SQLite::Database& database);
  static void renew(SQLite::Database& database, const std::string& table);

  /// The tables that are sealed, and SQLite's own `sqlite_schema` and `sqlite_sequence`.
  static std::vector<std::string> tables(SQLite::Database& database);
  /// The seals of a table that its rows do not bear out, by number.
  static std::vector<std::int64_t> broken(SQLite::Database& database, const std::string& table);

private:
  using Sums = std::map<std::int64_t, std::uint64_t>;

  static void row_changes(void* self, sqlite3* database, int operation, const char* schema, const char* table,
                          long long old_row, long long new_row) noexcept;
  void note(sqlite3* database, std::string_view table, bool is_old);
  static Sums sums(SQLite::Database& database, const std::string& table);

  SQLite::Database& m_database;
  SQLite::Statement m_write;
  /// What a row that is older than a column has in it, by table and column: the hook says null.
  std::map<std::pair<std::string, int>, std::string> m_defaults;
  std::unordered_map<std::string, Sums> m_changed;
  bool m_failed = false;
};

}  // namespace winnow::storage
