#include "storage/database.hpp"

#include <chrono>
#include <string_view>
#include <thread>

#include <sqlite3.h>
#include <unistd.h>

#include "model/error.hpp"
#include "model/percent_encoding.hpp"
#include "model/printable.hpp"
#include "storage/run_locks.hpp"
#include "storage/schema.hpp"

namespace winnow::storage {

namespace fs = std::filesystem;

namespace {

/// A URI that opens the file without the -shm file beside it, which can't be made in a read-only folder.
/// Right only when nobody writes, and when no -wal file holds newer pages.
std::string immutable_uri(const std::string& path) {
  return "file:" + percent_encode_unless(path, [](char c) { return c != '?' && c != '#' && c != '%'; }) +
         "?immutable=1";
}

SQLite::Database open(const std::string& path, Access access, std::chrono::milliseconds patience) {
  const int timeout = static_cast<int>(patience.count());
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    throw error("{} is a folder; a store is a file, such as {}", path,
                (fs::path(path) / "winnow.db").string());
  }
  // SQLite would wait for a pipe's other end, for ever.
  if (fs::exists(path, ignored) && !fs::is_regular_file(path, ignored))
    throw error("{} is no file, but a pipe, a device or a socket; a store is a file", path);
  if (access != Access::write && !fs::exists(path, ignored)) {
    throw error(
        "there is no store at {}: name it with --store or WINNOW_STORE, or make one with backfill or "
        "import",
        path);
  }
  if (access == Access::read) {
    const fs::path folder = fs::absolute(path, ignored).parent_path();
    const bool quiet = !fs::exists(path + "-wal", ignored);
    if (quiet && ::access(folder.c_str(), W_OK) != 0) {
      return SQLite::Database(immutable_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI, timeout);
    }
    return SQLite::Database(path, SQLite::OPEN_READONLY, timeout);
  }
  const fs::path folder = fs::absolute(path, ignored).parent_path();
  if (!fs::is_directory(folder, ignored)) {
    throw error("can't make the store {}: there is no folder {}", path, folder.string());
  }
  return SQLite::Database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, timeout);
}

int pragma(SQLite::Database& database, const char* name) {
  return database.execAndGet(fmt::format("PRAGMA {}", name)).getInt();
}

bool is_empty(SQLite::Database& database) {
  return database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
}

void check_identity(SQLite::Database& database, const std::string& path) {
  if (pragma(database, "application_id") != k_application_id) {
    throw error("{} is a SQLite database, but no winnow store", path);
  }
  const int version = pragma(database, "user_version");
  if (version > k_schema_version) {
    throw error("the store {} was made by a newer winnow (schema {}, this one knows {}): update winnow", path,
                version, k_schema_version);
  }
}

}  // namespace

void throw_store_error(const SQLite::Exception& exception, const std::string& path) {
  const std::string said = printable_line(exception.what());  // it may quote what a damaged file holds
  switch (exception.getErrorCode()) {
    case SQLITE_FULL:
      throw error(
          "the disk is full: the store {} can't grow. What was stored is safe; make room and run the command "
          "again",
          path);
    case SQLITE_READONLY:
      throw error("the store {} can't be written: it or its folder is read-only", path);
    case SQLITE_CANTOPEN:
      throw error("can't open the store {}: is it a file that you may read and write?", path);
    case SQLITE_NOTADB:
      throw error("{} is no winnow store", path);
    case SQLITE_CORRUPT:
      throw error("the store {} is damaged ({}); restore it from a copy", path, said);
    case SQLITE_IOERR:
      throw error("reading or writing the store {} failed ({}): is the disk full or failing?", path, said);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw error("the store {} is in use by another process; try again when it is done", path);
    default:
      throw error("the store {} failed: {}", path, said);
  }
}

Database::Database(const fs::path& path, Access access, std::chrono::milliseconds patience)
    : m_path(path.string()), m_database(guarded(m_path, [&] { return open(m_path, access, patience); })) {
  guarded(m_path, [&] {
    // Of pages: 16 MB hold the upper levels of every index of a million captures. Readers, of which a server
    // has 48, have the system's cache behind them.
    m_database.exec(access == Access::read ? "PRAGMA cache_size = -3000" : "PRAGMA cache_size = -16000");
    m_database.exec("PRAGMA foreign_keys = ON");
    if (access != Access::read) {
      prepare_for_writing(patience);
      m_seals.emplace(m_database);
    } else {
      check_for_reading();
    }
  });
}

void Database::check_for_reading() {
  if (is_empty(m_database)) throw error("the store {} is empty: backfill or import fills it", m_path);
  check_identity(m_database, m_path);
  if (pragma(m_database, "user_version") < k_schema_version) {
    throw error(
        "the store {} is of an older winnow: open it once with a command that writes, to bring it up to date",
        m_path);
  }
  m_database.exec("PRAGMA query_only = ON");
}

void Database::prepare_for_writing(std::chrono::milliseconds patience) {
  if (!is_empty(m_database)) check_identity(m_database, m_path);
  // A file without write permission opens read-only, silently.
  if (sqlite3_db_readonly(m_database.getHandle(), "main") == 1) {
    throw error("the store {} can't be written: it is read-only", m_path);
  }
  // Two processes that make the same store at once: SQLite does not wait for a change of the journal mode.
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (m_database.tryExec("PRAGMA journal_mode = WAL") == SQLITE_BUSY &&
         std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  m_database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 67108864");
  if (!is_empty(m_database) && pragma(m_database, "user_version") == k_schema_version) return;

  WriteTransaction transaction(*this);
  // Once more, now that nobody else can be at it.
  if (!is_empty(m_database)) check_identity(m_database, m_path);
  for (int version = pragma(m_database, "user_version"); version < k_schema_version; ++version) {
    m_database.exec(migration(version));
  }
  m_database.exec(fmt::format("PRAGMA user_version = {}", k_schema_version));
  m_database.exec(fmt::format("PRAGMA application_id = {}", k_application_id));
  Seals::renew(m_database);
  transaction.commit();
}

WriteTransaction::WriteTransaction(Database& database) : m_database(database) {
  const int result = database.handle().tryExec("BEGIN IMMEDIATE");
  if (result == SQLITE_BUSY) throw error("{}", describe_holder(database));
  if (result != SQLITE_OK) throw SQLite::Exception(database.handle().getHandle(), result);
  if (auto& seals = database.seals()) seals->forget();
}

WriteTransaction::~WriteTransaction() {
  // Some errors (a full disk) have rolled it back already; then this fails, which is fine.
  if (m_open) m_database.handle().tryExec("ROLLBACK");
}

void WriteTransaction::commit() {
  if (auto& seals = m_database.seals()) {
    // FTS5 keeps its rows back until the commit; a savepoint has them written, where the seals see them.
    m_database.handle().exec("SAVEPOINT words; RELEASE words");
    seals->write();
  }
  m_database.handle().exec("COMMIT");
  m_open = false;
}

}  // namespace winnow::storage
