// In which order versions came, and which of them the user was told of. For storage/*.cpp only.
#pragma once

#include <cstdint>

#include "storage/statement.hpp"

namespace winnow::storage {

/// Keeps the table `arrivals`. A version gets its number once it is analysed, and measured against the one
/// before: an export that goes by numbers never meets one that it can't judge yet. All calls within the
/// caller's transaction. They look at the sites in `unsettled`: a run that has brought nothing costs nothing,
/// whatever the store holds.
class Arrivals {
public:
  explicit Arrivals(Database& database) : m_database(database) {}

  /// The table becomes what the versions are now, and sites that nothing is left to do of are settled; the
  /// last number.
  std::int64_t note();
  /// The user was told of those up to this number.
  void tell(std::int64_t last);

  /// Around making all versions anew from the same bodies: what is new then is nothing that the site did. It
  /// is handed on, but no news, unless the version at the same moment was still to be told.
  void before_rereading();
  void after_rereading();

  /// Some rows are not what was written, and were deleted: their versions are handed on once more, but no
  /// news.
  void mend();

private:
  Database& m_database;
};

}  // namespace winnow::storage
