// The connection to the store's file: opened and checked, with errors in winnow's words. For storage/*.cpp
// only.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>

#include "storage/seals.hpp"

namespace winnow::storage {

enum class Access {
  write,  ///< makes the store where there is none
  care,   ///< the same, but there is one
  read,
};

/// How long another process' transaction is waited for; a batch takes well under a second.
inline constexpr std::chrono::seconds k_patience{30};

class Database {
public:
  /// Access::write makes the file and its tables when there is none; it and Access::care migrate an older
  /// schema. Access::read wants all there. Throws Error, with what to do, for everything that is no usable
  /// store.
  Database(const std::filesystem::path& path, Access access, std::chrono::milliseconds patience = k_patience);

  [[nodiscard]] SQLite::Database& handle() { return m_database; }
  [[nodiscard]] const std::string& path() const { return m_path; }
  /// Nothing until the store is at this winnow's schema, and when it was opened for reading.
  [[nodiscard]] std::optional<Seals>& seals() { return m_seals; }

private:
  void prepare_for_writing(std::chrono::milliseconds patience);
  void check_for_reading();

  std::string m_path;
  SQLite::Database m_database;
  std::optional<Seals> m_seals;
};

/// One sentence for the user about what SQLite reports. Never returns.
[[noreturn]] void throw_store_error(const SQLite::Exception& exception, const std::string& path);

/// Runs the work of a public call; what SQLite throws leaves it as Error.
template <class Work>
auto guarded(const std::string& path, Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const SQLite::Exception& exception) {
    throw_store_error(exception, path);
  }
}

/// BEGIN IMMEDIATE to COMMIT, so that a transaction never finds out half-way that another process writes.
/// Waits for that process as long as the connection's busy timeout; rolled back unless commit() was called.
/// The one way to change rows: the seals are written with them.
class WriteTransaction {
public:
  explicit WriteTransaction(Database& database);
  ~WriteTransaction();
  WriteTransaction(const WriteTransaction&) = delete;
  WriteTransaction& operator=(const WriteTransaction&) = delete;

  void commit();

private:
  Database& m_database;
  bool m_open = true;
};

}  // namespace winnow::storage
