// What a store has of an index's rows, without entering them: for plans.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "model/capture.hpp"
#include "model/selection.hpp"

namespace winnow {

/// A read-only connection; changes nothing. For one thread at a time.
class KnownCaptures {
public:
  /// `archive`: base URL. Throws Error as StoreReader does.
  KnownCaptures(const std::filesystem::path& store, std::string_view archive);
  ~KnownCaptures();
  KnownCaptures(const KnownCaptures&) = delete;
  KnownCaptures& operator=(const KnownCaptures&) = delete;

  enum class Known {
    no,         ///< a plan of this selection may want it
    held,       ///< it is there, or will be inferred from what is
    on_ledger,  ///< it could not be had, and its retry rule does not let it be asked for now
  };
  /// Fast for rows that come page by page: some 10 microseconds.
  [[nodiscard]] Known look(const Capture& row, const Selection& selection);

private:
  class Queries;
  std::unique_ptr<Queries> m_queries;
};

}  // namespace winnow
