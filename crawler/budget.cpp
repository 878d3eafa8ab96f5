#include "crawler/budget.hpp"

#include <algorithm>
#include <charconv>

#include "model/headers.hpp"
#include "model/timestamp.hpp"

namespace winnow {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds k_pause_after_429 = 60s;
constexpr std::chrono::seconds k_pause_after_503 = 10s;
constexpr std::chrono::seconds k_longest_own_pause = 15min;
constexpr std::chrono::seconds k_longest_wait = 1h;  // a longer Retry-After is for another run
constexpr int k_most_pauses_in_a_row = 6;            // of our own choosing: 60 s ... 15 min, about 45 minutes

std::size_t index(RequestKind kind) {
  return static_cast<std::size_t>(kind);
}

Budget::Clock::duration spacing(double per_minute) {
  if (per_minute <= 0) return {};
  return std::chrono::duration_cast<Budget::Clock::duration>(std::chrono::duration<double>(60 / per_minute));
}

double fraction(std::minstd_rand& random) {
  return std::uniform_real_distribution<double>{0, 1}(random);
}

}  // namespace

Budget::Budget(Rates rates, std::uint64_t seed)
    : m_spacing{spacing(rates.cdx_per_minute), spacing(rates.replay_per_minute)},
      m_random(static_cast<std::minstd_rand::result_type>(seed)) {}

Budget::Clock::time_point Budget::ready_at(RequestKind kind, std::size_t under_way) const {
  if (m_probing && under_way > 0) return Clock::time_point::max();
  return std::max(m_next[index(kind)], m_paused_until);
}

void Budget::spend(RequestKind kind, Clock::time_point now) {
  m_next[index(kind)] = now + m_spacing[index(kind)];
}

void Budget::limited(int status, std::optional<std::chrono::seconds> retry_after, Clock::time_point sent,
                     Clock::time_point now) {
  if (status == 429) m_last_429 = now;
  if (sent >= m_paused_until) ++m_pauses_in_a_row;
  Clock::duration pause;
  if (retry_after) {
    pause = *retry_after;
  } else {
    const auto first = status == 429 ? k_pause_after_429 : k_pause_after_503;
    const auto doubled = first * (1LL << std::clamp(m_pauses_in_a_row - 1, 0, 10));
    const std::chrono::duration<double> jittered =
        std::min<std::chrono::duration<double>>(doubled, k_longest_own_pause) * (1 + fraction(m_random) / 4);
    pause = std::chrono::duration_cast<Clock::duration>(jittered);
  }
  m_paused_until = std::max(m_paused_until, now + pause);
  m_probing = true;
}

void Budget::answered(Clock::time_point sent) {
  if (sent < m_paused_until) return;  // it was on its way before the pause: says nothing about now
  m_pauses_in_a_row = 0;
  m_probing = false;
}

bool Budget::exhausted(Clock::time_point now) const {
  return m_pauses_in_a_row > k_most_pauses_in_a_row || m_paused_until > now + k_longest_wait;
}

bool Budget::refusal_expected(Clock::time_point now) const {
  return m_last_429 && now - *m_last_429 < 1h;
}

std::optional<std::chrono::seconds> parse_retry_after(std::string_view value, std::chrono::sys_seconds now) {
  value = trim(value);
  std::int64_t seconds = 0;
  const char* const end = value.data() + value.size();
  const auto [rest, problem] = std::from_chars(value.data(), end, seconds);
  if (!value.empty() && rest == end && problem == std::errc{}) {
    return std::chrono::seconds(std::clamp<std::int64_t>(seconds, 1, 10LL * 365 * 86400));
  }
  if (const auto date = Timestamp::parse_http_date(value))
    return std::max<std::chrono::seconds>(date->time() - now, 1s);
  return std::nullopt;
}

std::chrono::milliseconds retry_delay(int attempt, std::minstd_rand& random) {
  const auto delay = 1000ms * (1LL << std::clamp(attempt - 1, 0, 6));
  return delay + std::chrono::milliseconds(
                     static_cast<std::int64_t>(static_cast<double>(delay.count()) / 2 * fraction(random)));
}

}  // namespace winnow
