// Which captures of a page are read next where each answer decides on the next question: a grid over the
// calendar, and bisection on the visible words. Values only. For storage/*.cpp only.
//
//   A . . . A . . . . . . B     a letter: a capture whose words are known; a dot: one that is unread
//     left         ^            read next: the middle between two that differ
//
// A page with n captures and k changes costs about k*log2(n/k) + k reads, in log2(n) rounds: every interval
// with differing ends is halved in the same round, until they are adjacent. An interval with the same words
// at both ends is left, whatever may lie in it (A -> B -> A).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/selection.hpp"
#include "model/timestamp.hpp"
#include "storage/unread.hpp"

namespace winnow::storage {

/// One capture in a page's list. Those of which the index says that they are errors are no part of it: they
/// can't show a version.
struct ListEntry {
  enum class State : std::uint8_t {
    unread,          ///< may be fetched; the index gives it status 200 or none
    words,           ///< its words are known: it was fetched, or has the digest of one that was
    silent,          ///< its body is known and shows no words, or its status was another than the index's
    lost,            ///< on the ledger, and not to be asked for again yet
    redirect,        ///< unread, and the index says that it leads elsewhere
    asked_redirect,  ///< likewise, fetched or on the ledger
  };
  Timestamp timestamp;
  State state = State::unread;
  bool is_doubtful = false;  ///< of several with one digest the last to be chosen: a revisit, no known status
  std::uint32_t digest = 0;  ///< equal numbers are equal digests; 0 is none
  std::uint32_t words = 0;   ///< of State::words: equal numbers are equal words
};

struct Round {
  std::vector<std::size_t> wanted;  ///< places in the list, ascending; none: nothing is left to ask
  Unread unread;                    ///< when nothing is wanted
};

/// The next round of `changes` or `every`. \pre the list is in order of time, nothing wanted of it is still
/// without answer, selection.in_rounds()
///
/// - Consecutive captures with one digest are one; of captures with one digest a round wants one.
/// - Before anything is known of the words at an end of the list, the capture at that end is wanted.
/// - A capture in vain (silent or lost) is no end of an interval: the middle of the longest stretch without
///   one is tried instead. An interval that is cut into more than k_most_stretches so is left: hundreds of
///   empty pages, or of captures that can't be played, are not read one by one.
/// - Redirects that the index tells are read only behind the last capture that may be a page, where they say
///   where it went: the first and the last of them. Between pages they are mostly those of every visit, from
///   http to https.
/// - A grid wants of each period the capture nearest to its middle (the earlier of two), or the next nearest
///   after one or two in vain.
[[nodiscard]] Round next_round(std::span<const ListEntry> list, const Selection& selection);

inline constexpr std::size_t k_most_stretches = 16;

}  // namespace winnow::storage
