// How many policies have the words that were searched, by year, as SVG.
#pragma once

#include <string>

#include "storage/search_reader.hpp"

namespace winnow::serve {

/// Of each year, behind those with the words all of them that are known of it. Empty when there are fewer
/// than two years. Estimated numbers are rounded to two digits.
[[nodiscard]] std::string year_chart(const SearchResult& result);

}  // namespace winnow::serve
