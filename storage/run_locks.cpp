#include "storage/run_locks.hpp"

#include <cerrno>
#include <cstring>

#include <SQLiteCpp/Statement.h>
#include <fcntl.h>
#include <unistd.h>

#include "model/error.hpp"
#include "model/timestamp.hpp"
#include "storage/database.hpp"

namespace winnow::storage {

namespace {

struct flock byte_of(RunId run) {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = static_cast<off_t>(run);
  lock.l_len = 1;
  return lock;
}

}  // namespace

RunLocks::RunLocks(const std::string& store_path)
    : m_path(store_path + "-runs"), m_file(::open(m_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
  if (m_file < 0)
    throw error("can't open {}, which says which runs are alive: {}", m_path, std::strerror(errno));
}

RunLocks::~RunLocks() {
  ::close(m_file);
}

void RunLocks::hold(RunId run) {
  struct flock lock = byte_of(run);
  if (::fcntl(m_file, F_OFD_SETLK, &lock) != 0) {
    throw error("can't lock {}: {}. The store must be on a file system with locks", m_path,
                std::strerror(errno));
  }
}

bool RunLocks::is_alive(RunId run) const {
  struct flock lock = byte_of(run);
  if (::fcntl(m_file, F_OFD_GETLK, &lock) != 0)
    throw error("can't ask for locks of {}: {}", m_path, std::strerror(errno));
  return lock.l_type != F_UNLCK;
}

std::string describe_holder(Database& database) {
  std::string holders;
  try {
    const RunLocks locks(database.path());
    SQLite::Statement runs(database.handle(),
                           "SELECT id, command, pid, host, started FROM runs WHERE ended IS NULL");
    while (runs.executeStep()) {
      if (!locks.is_alive(RunId{runs.getColumn(0).getInt64()})) continue;
      holders += fmt::format(
          "{}`{}` (process {} on {}, since {})", holders.empty() ? "" : ", ", runs.getColumn(1).getString(),
          runs.getColumn(2).getInt64(), runs.getColumn(3).getString(),
          Timestamp::from_value(static_cast<std::uint64_t>(runs.getColumn(4).getInt64())).iso());
    }
  } catch (const std::exception&) {
    // A store that can't even be read by now: the sentence below has to do without names.
  }
  if (holders.empty()) holders = "another process";
  return fmt::format("the store {} is being written by {}; try again when it is done", database.path(),
                     holders);
}

}  // namespace winnow::storage
