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

  /// Throws Error while another process has the store for itself.
  RunId begin(std::string_view command, std::string_view program);
  /// For what two processes may not do at a time: throws Error when another one does it.
  RunId begin_once(std::string_view command, std::string_view program);
  /// For what nobody else may write beside: throws Error when another process is in a run. As long as it
  /// lives no other run begins.
  RunId begin_alone(std::string_view command, std::string_view program);
  void end(int exit_code, std::string_view report);
  [[nodiscard]] std::optional<RunId> current() const { return m_current; }

  /// Ends the runs whose process is gone and gives their claims back.
  void bury_dead();
  /// Whether another process is in the middle of a run. After bury_dead().
  [[nodiscard]] bool others_alive();
  /// Whether one of them has this command. After bury_dead().
  [[nodiscard]] bool is_running(std::string_view command);

private:
  [[noreturn]] void throw_busy(std::string_view other) const;

  Database& m_database;
  RunLocks m_locks;
  std::optional<RunId> m_current;
  Statement m_begin, m_end, m_open, m_same, m_release;
};

}  // namespace winnow::storage
