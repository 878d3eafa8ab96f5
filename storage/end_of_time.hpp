// Where times end that have no end. For storage/*.cpp only.
#pragma once

#include <cstdint>

namespace winnow::storage {

/// Later than any timestamp. Stored (`tenures.until`), and written out in the schema's views.
inline constexpr std::int64_t k_end_of_time = 99'999'999'999'999;

}  // namespace winnow::storage
