// What a harvest has left unread on purpose.
#pragma once

#include <cstdint>

namespace winnow {

/// Captures that a finished bisection has not read. Not those on the ledger.
struct Unread {
  std::uint64_t between_same =
      0;                        ///< with the same words at both ends: a change and its undoing may hide there
  std::uint64_t undecided = 0;  ///< too many captures around them showed no words or could not be had

  Unread& operator+=(const Unread& other) {
    between_same += other.between_same;
    undecided += other.undecided;
    return *this;
  }
};

}  // namespace winnow
