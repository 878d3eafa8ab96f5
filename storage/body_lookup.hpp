// Asks the store whether it holds a body, so that workers neither parse nor compress it again.
#pragma once

#include <filesystem>
#include <memory>

#include "model/digest.hpp"

namespace winnow {

/// A read-only connection of its own: one object a thread. Sees what was committed; a body that is held once
/// is held for good.
class BodyLookup {
public:
  /// Precondition: a Store has opened the file before (throws Error otherwise).
  explicit BodyLookup(const std::filesystem::path& store);
  ~BodyLookup();
  BodyLookup(BodyLookup&&) noexcept;
  BodyLookup& operator=(BodyLookup&&) noexcept;

  /// About 3 microseconds.
  [[nodiscard]] bool holds(const Sha256& sha256);

private:
  class Query;
  std::unique_ptr<Query> m_query;
};

}  // namespace winnow
