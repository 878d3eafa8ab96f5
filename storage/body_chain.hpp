// Reads bodies back. For storage/*.cpp only.
#pragma once

#include <optional>
#include <string>

#include "model/digest.hpp"
#include "storage/statement.hpp"

namespace winnow::storage {

/// A body is unpacked after its base, that after its own, from the one that stands by itself.
class BodyChain {
public:
  explicit BodyChain(Database& database);

  /// Nothing when the store lacks it; throws Error when it or one of its bases is damaged.
  [[nodiscard]] std::optional<std::string> read(const Sha256& sha256);

private:
  Statement m_find, m_row;
};

}  // namespace winnow::storage
