// Which elements of two sequences are the same ones, in order.
#pragma once

#include <cstdint>
#include <vector>

namespace winnow {

struct Match {
  std::uint32_t old_index = 0;
  std::uint32_t new_index = 0;
  bool operator==(const Match&) const = default;
};

/// What may still be spent on comparing two texts: steps of some nanoseconds. What is left unaligned for want
/// of them is no match.
struct Effort {
  std::uint64_t steps = 30'000'000;
};

/// Pairs of equal elements, both indices rising. Elements are small numbers, as interning gives them: memory
/// is taken for the largest.
///
/// What both begin and end with is matched. Between, when the elements that occur on both sides make at most
/// a million pairs (and are 50,000 or less), the result is a longest one (Wu, Manber, Myers and Miller 1990:
/// an O(NP) sequence comparison algorithm). A larger middle is divided at the elements that occur once on
/// each side (patience diff), at most eight times over, and what has no such element stays without a match.
/// So no input, however repetitive, takes more than `effort`, linear memory and the 24 MB of a million pairs.
[[nodiscard]] std::vector<Match> align(const std::vector<std::uint32_t>& old_sequence,
                                       const std::vector<std::uint32_t>& new_sequence, Effort& effort);

}  // namespace winnow
