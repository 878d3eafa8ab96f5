// Which sites were looked through for their policy, and what was found. For storage/*.cpp only.
#pragma once

#include "model/timestamp.hpp"
#include "storage/discovery.hpp"
#include "storage/ids.hpp"
#include "storage/statement.hpp"

namespace winnow::storage {

/// All calls within the caller's transaction.
class Discoveries {
public:
  explicit Discoveries(Database& database);

  /// In place of what was noted of this archive and site before.
  void note(ArchiveId archive, const Discovery& discovery, Timestamp now);

private:
  Statement m_clear_pages, m_note, m_note_page;
};

}  // namespace winnow::storage
