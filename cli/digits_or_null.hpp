// A moment that may not be known, in JSON.
#pragma once

#include <optional>

#include <nlohmann/json.hpp>

#include "model/timestamp.hpp"

namespace winnow::cli {

/// Its 14 digits, as everywhere in JSON.
[[nodiscard]] inline nlohmann::ordered_json digits_or_null(const std::optional<Timestamp>& moment) {
  return moment ? nlohmann::ordered_json(moment->digits()) : nlohmann::ordered_json(nullptr);
}

}  // namespace winnow::cli
