// How fast an archive may be asked, and when not at all. Values and pure functions: state, event, moment ->
// state.
//
// web.archive.org grants 30 index requests and 600 replays a minute to an address, asks clients to default to
// 80 % of that, and shuts its firewall for an hour, then two, four..., to those who go on after a 429. So
//  - requests of a kind are spaced evenly, never saved up for a burst: no window of any length
//    holds more than its share of the limit;
//  - a 429 or 503 stops everything for as long as it says, then one request goes alone, and the kind that was
//    limited goes on at half its speed, which comes back with time;
//  - a refusal opens a circuit: nobody sends anything for an hour, twice as long at each repeat, then
//    one request goes alone and closes it, or opens it again.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "crawler/boot_clock.hpp"
#include "model/reason.hpp"

namespace winnow {

/// What archives count separately.
enum class RequestKind {
  cdx,     ///< CDX and TimeMap
  replay,  ///< /web/<timestamp>id_/ and all the rest
};

struct BudgetState {
  struct Lane {
    Moment next{};     ///< nothing of this kind is sent before
    double share = 1;  ///< of the limit, at `since`; it grows back from then on
    Moment since{};
    bool operator==(const Lane&) const = default;
  };
  std::array<Lane, 2> lanes;  ///< by RequestKind
  Moment paused_until{};      ///< nothing is sent before
  int pauses_in_a_row = 0;    ///< since the last answer
  bool trial = false;         ///< one request goes alone, to see whether the archive answers again
  Moment trial_until{};       ///< that one was sent; when no word of it has come by then, another may go
  std::optional<Moment> last_429;
  bool refusing = false;   ///< the circuit is open; after refused_until for a trial only
  Moment refused_until{};  ///< of the last refusal
  int refusals = 0;        ///< in a row: each within a week after the one before had passed
  bool operator==(const BudgetState&) const = default;
};

/// A process that may send `per_minute` requests of that kind (0: unlimited) sends one.
struct RequestSent {
  RequestKind kind = RequestKind::replay;
  double per_minute = 0;
};
/// The archive itself answered with 429 or 503.
struct RequestLimited {
  RequestKind kind = RequestKind::replay;
  int status = 429;
  std::optional<std::chrono::seconds> retry_after;
  Moment sent;
  double jitter = 0;  ///< 0 to 1, by chance: of the pause without Retry-After
};
/// It answered otherwise.
struct RequestAnswered {
  Moment sent;
};
/// No answer came.
struct RequestFailed {
  Moment sent;
};
/// The archive's address shuts us out; see refusal_expected().
struct RequestRefused {
  Moment sent;
};
using BudgetEvent = std::variant<RequestSent, RequestLimited, RequestAnswered, RequestFailed, RequestRefused>;

/// A pause without Retry-After takes 60 s, doubled at each repeat, up to 15 minutes, and up to a quarter
/// more. Answers to requests sent before a pause lengthen it as they say, but are no repeat. An answer to a
/// request sent after all pauses ends the doubling, the trial and the circuit.
[[nodiscard]] BudgetState after(BudgetState state, const BudgetEvent& event, Moment now);

/// When a request of this kind may be sent by a process that may send `per_minute` of them, for all that is
/// known.
[[nodiscard]] Moment ready_at(const BudgetState& state, RequestKind kind, double per_minute);

/// The part of the limit that is used at `now`: 1, or less after a 429 or 503.
[[nodiscard]] double share_at(const BudgetState::Lane& lane, Moment now);

/// How long it takes until the last of so many requests of a kind is sent, when nobody else sends any and
/// each is answered: pauses and speeds that grow back are in it. 0 without a limit or a pause.
[[nodiscard]] BootClock::duration time_for(BudgetState state, RequestKind kind, double per_minute,
                                           std::uint64_t requests, Moment now);

/// Waiting makes no sense: stop, and go on later.
struct Stop {
  Reason reason;  ///< refused; or rate_limited, too often in a row or for more than an hour
  Moment until;
};
[[nodiscard]] std::optional<Stop> stop(const BudgetState& state, Moment now);

/// A connection refused now is the firewall's answer to our going on: there was a 429 within the last hour,
/// or the request is the trial after a refusal.
[[nodiscard]] bool refusal_expected(const BudgetState& state, Moment now);

/// Retry-After in both forms (RFC 9110 §10.2.3), as a wait from `now`, at least a second. Nothing when it is
/// neither.
[[nodiscard]] std::optional<std::chrono::seconds> parse_retry_after(std::string_view value,
                                                                    std::chrono::sys_seconds now);

}  // namespace winnow
