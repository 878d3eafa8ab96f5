// For which times an archive's index was read to its end, page by page: where it lists nothing there, nothing
// was archived. For storage/*.cpp only.
#pragma once

#include "storage/ids.hpp"
#include "storage/statement.hpp"
#include "storage/store.hpp"

namespace winnow::storage {

/// All calls within the caller's transaction.
class Looks {
public:
  explicit Looks(Database& database);

  /// The pages' captures of these dates, up to `now`, are known. Dates that touch or overlap become one.
  void note(const Scope& scope, Timestamp now);

private:
  Statement m_touching, m_remove, m_add;
};

}  // namespace winnow::storage
