// What a search has found, as text for people and as JSON.
#pragma once

#include <string>
#include <vector>

#include "storage/search_reader.hpp"
#include "storage/snippets.hpp"

namespace winnow::cli {

struct ShownHit {
  SearchHit hit;
  Snippet snippet;
};

enum class HitMarks { none, bold };

[[nodiscard]] std::string render_search(const std::vector<ShownHit>& hits, SearchOrder order, HitMarks marks);

/// A list, one object a series (docs/records.md).
[[nodiscard]] std::string render_search_json(const std::vector<ShownHit>& hits);

}  // namespace winnow::cli
