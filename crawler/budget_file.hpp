// A budget's state in a file, so that all processes of a user share it and the next run remembers it.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "crawler/boot_clock.hpp"
#include "crawler/budget_state.hpp"

namespace winnow {

/// One JSON line (budget_json.hpp), rewritten in place under flock(2), which the kernel drops with the
/// process: killed at any moment, it is the old state or the new one. A request costs some 30 microseconds of
/// CPU so, and an archive is asked ten times a second at most: every request takes its token by itself.
/// Rejected: reserving tokens in batches, since what a process has not used when it pauses or dies breaks the
/// even spacing; a SQLite database for one line.
///
/// A file that can't be read as a state (power loss, somebody's editor) is begun anew, with one line of log.
/// One that was deleted is made again by the next change.
class BudgetFile {
public:
  explicit BudgetFile(std::filesystem::path path, Clocks clocks = {});

  /// As it is now; the initial state when there is no file yet.
  [[nodiscard]] BudgetState read();

  /// Lets `change` alter the state while nobody else can, and writes it when it did. Returns it as it is
  /// then. Throws Error when it can't be kept: then nothing may be sent.
  BudgetState update(const std::function<void(BudgetState&)>& change);

  [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
  BudgetState parse(const std::string& text);

  std::filesystem::path m_path;
  Clocks m_clocks;
  bool m_told = false;  // that it was unreadable
};

}  // namespace winnow
