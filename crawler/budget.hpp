// How fast an archive may be asked, and when not at all. Pure: every call is told the time.
//
// web.archive.org grants 30 index requests and 600 replays a minute to an address, asks clients to default to
// 80 % of that, and shuts its firewall to those who go on after a 429. So requests are spaced evenly, never
// saved up for a burst: no window of any length holds more than its share, one request at its edge excepted.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string_view>

namespace winnow {

/// What archives count separately.
enum class RequestKind {
  cdx,     ///< CDX and TimeMap
  replay,  ///< /web/<timestamp>id_/ and all the rest
};

class Budget {
public:
  using Clock = std::chrono::steady_clock;

  struct Rates {
    double cdx_per_minute = 24;
    double replay_per_minute = 480;  ///< 0: unlimited
  };

  explicit Budget(Rates rates, std::uint64_t seed = std::random_device{}());

  /// When a request of this kind may be sent. After a pause one request goes alone, to see whether the
  /// archive answers again: `under_way` is how many are being sent or waited for.
  [[nodiscard]] Clock::time_point ready_at(RequestKind kind, std::size_t under_way) const;

  /// A request is being sent. \pre ready_at(kind, ...) <= now
  void spend(RequestKind kind, Clock::time_point now);

  /// The archive answered a request sent at `sent` with 429 or 503. Nothing more is sent before `retry_after`
  /// has passed; without it, 60 s after a 429 and 10 s after a 503, doubled at each repeat, up to 15 minutes,
  /// with up to a quarter of jitter. Answers to requests sent before a pause began do not lengthen it as a
  /// repeat would.
  void limited(int status, std::optional<std::chrono::seconds> retry_after, Clock::time_point sent,
               Clock::time_point now);

  /// The archive answered otherwise.
  void answered(Clock::time_point sent);

  /// The archive has limited us so often in a row, or asks for so long a pause, that waiting makes no sense.
  [[nodiscard]] bool exhausted(Clock::time_point now) const;

  /// A connection refused now is the firewall's answer to our going on: there was a 429 within the last hour.
  [[nodiscard]] bool refusal_expected(Clock::time_point now) const;

  [[nodiscard]] Clock::time_point paused_until() const { return m_paused_until; }

private:
  static constexpr auto k_never = Clock::time_point::min();

  std::array<Clock::duration, 2> m_spacing{};  // by RequestKind
  std::array<Clock::time_point, 2> m_next{k_never, k_never};
  Clock::time_point m_paused_until = k_never;
  std::optional<Clock::time_point> m_last_429;
  int m_pauses_in_a_row = 0;
  bool m_probing = false;
  std::minstd_rand m_random;
};

/// Retry-After in both forms (RFC 9110 §10.2.3), as a wait from `now`, at least a second. Nothing when it is
/// neither.
[[nodiscard]] std::optional<std::chrono::seconds> parse_retry_after(std::string_view value,
                                                                    std::chrono::sys_seconds now);

/// The wait before a failed exchange is tried again: 1, 2, 4, 8... seconds and up to half as much again.
/// `attempt` counts from 1.
[[nodiscard]] std::chrono::milliseconds retry_delay(int attempt, std::minstd_rand& random);

}  // namespace winnow
