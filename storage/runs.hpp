// Runs of commands that write, and the claims of those that died. For storage/*.cpp only.
#pragma once

#include <optional>
#include <string_view>

#include "storage/ids.hpp"
#include "storage/run_locks.hpp"
#include "storage/statement.hpp"

namespace winnow::storage {

/// All calls within the caller's transaction.
class Runs {
public:
  explicit Runs(Database& database);

  RunId begin(std::string_view command, std::string_view program);
  /// The same for a command that cares for the store. Throws Error when another process does.
  RunId begin_care(std::string_view command, std::string_view program);
  void end(int exit_code, std::string_view report);
  [[nodiscard]] std::optional<RunId> current() const { return m_current; }

  /// Ends the runs whose process is gone and gives their claims back.
  void bury_dead();
  /// Whether another process is in the middle of a run. After bury_dead().
  [[nodiscard]] bool others_alive();
  /// Whether one of them has this command. After bury_dead().
  [[nodiscard]] bool is_running(std::string_view command);

private:
  Database& m_database;
  RunLocks m_locks;
  std::optional<RunId> m_current;
  Statement m_begin, m_end, m_open, m_same, m_release;
};

}  // namespace winnow::storage
