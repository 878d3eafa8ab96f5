// A version as a search sees it. For storage/*.cpp only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/timestamp.hpp"

namespace winnow::storage {

struct SearchedVersion {
  std::uint32_t number = 0;
  Timestamp first_seen;
  Timestamp last_seen;
  std::int64_t text = 0;
  std::optional<std::string> language;  ///< nothing: its words are not known yet
  bool has_words = false;

  /// Whether it has the words, and is in the language; empty: any.
  [[nodiscard]] bool is_meant(std::string_view wanted) const {
    if (!has_words) return false;
    return wanted.empty() || *language == wanted ||
           (language->size() > wanted.size() && language->starts_with(wanted) &&
            (*language)[wanted.size()] == '-');
  }
};

}  // namespace winnow::storage
