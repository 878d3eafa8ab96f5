// Which runs are alive: one locked byte for each in a file beside the store.
#pragma once

#include <string>
#include <vector>

#include "storage/ids.hpp"

namespace winnow::storage {

class Database;

/// `<store>-runs`, an empty file of which a run locks the byte of its number as long as its process lives.
/// The kernel drops the lock with the process, however that ends. Rejected: the pid in a table, which another
/// process may have by then; POSIX locks, which one process with two connections drops by closing either.
/// Open file description locks: fcntl(2), F_OFD_SETLK.
class RunLocks {
public:
  /// Throws Error when the file can't be made.
  explicit RunLocks(const std::string& store_path);
  ~RunLocks();
  RunLocks(const RunLocks&) = delete;
  RunLocks& operator=(const RunLocks&) = delete;

  /// Marks the run as alive until this object goes.
  void hold(RunId run);
  /// Whether another RunLocks object, of this or of another process, holds the run.
  [[nodiscard]] bool is_alive(RunId run) const;

private:
  std::string m_path;
  int m_file;
};

/// A sentence that names the runs in progress, for when the store can't be had for writing.
[[nodiscard]] std::string describe_holder(Database& database);

}  // namespace winnow::storage
