// How much of a text changed from one version to the next, and whether it means anything.
#pragma once

#include <cstdint>

#include "model/text.hpp"

namespace winnow {

struct TextChange {
  std::uint64_t words_removed = 0;
  std::uint64_t words_added = 0;
  double share = 0;          ///< of the words of both texts that were removed or added, 0 to 1
  int simhash_distance = 0;  ///< bits in which the texts' SimHashes differ, 0 to 64
  bool is_minor = false;
  bool operator==(const TextChange&) const = default;
};

/// Measures the change between two texts by their words (model/word_diff.hpp).
///
/// It is minor when every word that was removed or added is part of a date, a year or a number (a counter, a
/// version, a copyright line's year), or when at most k_few_words were removed and as many added, and these
/// are no more than one in a hundred of the longer text.
[[nodiscard]] TextChange measure_change(const Text& older, const Text& newer);

}  // namespace winnow
