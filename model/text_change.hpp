// How much of a text changed from one version to the next, and whether it means anything.
#pragma once

#include <cstdint>

namespace winnow {

struct TextChange {
  std::uint64_t words_removed = 0;
  std::uint64_t words_added = 0;
  double share = 0;          ///< of the words of both texts that were removed or added, 0 to 1
  int simhash_distance = 0;  ///< bits in which the texts' SimHashes differ, 0 to 64
  bool is_minor = false;     ///< dates, counters, spelling or layout only (extract/facts/change_measure.hpp)
  bool operator==(const TextChange&) const = default;
};

}  // namespace winnow
