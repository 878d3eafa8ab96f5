// Asks the store whether it holds a body and its text, so that workers neither parse nor compress them again.
#pragma once

#include <filesystem>
#include <memory>

#include "storage/capture_result.hpp"

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

  struct Known {
    bool body = false;
    bool text = false;  ///< extracted under the reading's hints, or without any need of them
    int depth = 0;      ///< the body's, in its chain
  };
  /// About 3 microseconds.
  [[nodiscard]] Known knows(const Reading& reading);

private:
  class Query;
  std::unique_ptr<Query> m_query;
};

}  // namespace winnow
