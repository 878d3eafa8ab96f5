// The ledger: why something is not there. For storage/*.cpp only.
#pragma once

#include <optional>
#include <string_view>

#include "storage/capture_result.hpp"
#include "storage/ids.hpp"
#include "storage/statement.hpp"

namespace winnow::storage {

/// All calls within the caller's transaction.
class Ledger {
public:
  explicit Ledger(Database& database);

  void note(ArchiveId archive, CaptureId capture, std::optional<RunId> run, const Missed& missed);
  void clear(CaptureId capture);

  void note_target(ArchiveId archive, std::string_view target, std::optional<RunId> run,
                   const Missed& missed);
  void clear_target(ArchiveId archive, std::string_view target);

private:
  void enter(Statement& statement, ArchiveId archive, std::optional<CaptureId> capture,
             std::optional<std::string_view> target, std::optional<RunId> run, const Missed& missed);

  Statement m_note, m_note_target, m_clear, m_clear_target;
};

}  // namespace winnow::storage
