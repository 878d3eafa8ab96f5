#include "storage/backup.hpp"

#include <string>
#include <utility>

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "model/error.hpp"
#include "storage/database.hpp"
#include "storage/statement.hpp"
#include "storage/verify.hpp"

namespace winnow {

namespace fs = std::filesystem;

namespace {

constexpr int k_pages_a_step = 2000;

/// The unfinished copy; gone with this object unless it got its name.
class Partial {
public:
  explicit Partial(const fs::path& destination) : m_path(destination.string() + ".partial") { remove(); }
  ~Partial() { remove(); }
  Partial(const Partial&) = delete;
  Partial& operator=(const Partial&) = delete;

  [[nodiscard]] const std::string& path() const { return m_path; }

private:
  void remove() {
    std::error_code ignored;
    for (const char* const suffix : {"", "-journal", "-wal", "-shm"})
      fs::remove(m_path + suffix, ignored);
  }
  std::string m_path;
};

bool copy(const fs::path& store, const std::string& to, const std::function<bool()>& go_on) {
  storage::Database source(store, storage::Access::read);
  // An open query holds the moment: without it, each write of another process would begin the copy anew.
  storage::Statement moment(source, "SELECT 1 FROM sqlite_schema");
  moment.step();
  try {
    SQLite::Database copy(to, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    {
      SQLite::Backup backup(copy, source.handle());
      while (backup.executeStep(k_pages_a_step) != SQLITE_DONE) {
        if (!go_on()) return false;
      }
    }
    // One file without companions, which a read-only medium can hold; the first command that writes sets WAL
    // again.
    copy.exec("PRAGMA journal_mode = DELETE");
  } catch (const SQLite::Exception& failure) {
    // Extended codes tell what was done when it failed.
    const int code = failure.getErrorCode() & 0xff;
    if (code == SQLITE_FULL || code == SQLITE_IOERR)
      throw error("there is no room for the backup {}: nothing was left there", to);
    storage::throw_store_error(failure, to);
  }
  return true;
}

void sync(const fs::path& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

}  // namespace

std::uint64_t back_up(const fs::path& store, const fs::path& destination,
                      const std::function<bool()>& go_on) {
  std::error_code ignored;
  if (fs::is_directory(destination, ignored)) {
    throw error("{} is a folder; name the backup's file, such as {}", destination.string(),
                (destination / "winnow.db").string());
  }
  if (fs::exists(fs::symlink_status(destination, ignored))) {
    throw error("{} is there already, and a backup never overwrites: name another file, or move it away",
                destination.string());
  }
  const fs::path folder = fs::absolute(destination, ignored).parent_path();
  if (!fs::is_directory(folder, ignored))
    throw error("can't make the backup {}: there is no folder {}", destination.string(), folder.string());

  const Partial partial(destination);
  return storage::guarded(store.string(), [&]() -> std::uint64_t {
    if (!copy(store, partial.path(), go_on)) return 0;
    if (const auto damages = verify(partial.path()).damages.size(); damages > 0) {
      throw error(
          "the copy of {} has {} damages, so it was not kept: `winnow verify` tells of the store's own",
          store.string(), damages);
    }
    if (!go_on()) return 0;
    sync(partial.path(), O_RDONLY);
    std::error_code failure;
    const std::uint64_t size = fs::file_size(partial.path(), failure);
    fs::rename(partial.path(), destination, failure);
    if (failure) throw error("can't name the backup {}: {}", destination.string(), failure.message());
    sync(folder, O_RDONLY | O_DIRECTORY);
    return size;
  });
}

}  // namespace winnow
