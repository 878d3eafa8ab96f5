#include "crawler/budget_state.hpp"

#include <algorithm>
#include <charconv>

#include "model/headers.hpp"
#include "model/timestamp.hpp"

namespace winnow {

namespace {

using namespace std::chrono_literals;
using std::chrono::duration_cast;

/// The gaps are a little longer than the limit asks for, so that a minute as the archive counts it never
/// holds one request too many: connections take their time, some longer than others.
constexpr double k_margin = 1.02;

constexpr double k_least_share = 1.0 / 16;
constexpr double k_share_per_minute = 0.1;  // grows back: from a half to all of it in five minutes

constexpr std::chrono::seconds k_pause = 60s;
constexpr std::chrono::seconds k_longest_own_pause = 15min;
constexpr std::chrono::seconds k_longest_wait = 1h;  // a longer Retry-After is for another run
constexpr int k_most_pauses_in_a_row = 6;            // of our own choosing: 60 s ... 15 min, about 45 minutes

constexpr std::chrono::seconds k_trial = 60s;

constexpr std::chrono::hours k_first_refusal{1};
constexpr std::chrono::hours k_longest_refusal{7 * 24};
constexpr std::chrono::hours k_refusals_remembered{7 * 24};
constexpr std::chrono::hours k_429_remembered{1};

std::size_t index(RequestKind kind) {
  return static_cast<std::size_t>(kind);
}

/// `first` doubled `times` times, up to `most`.
BootClock::duration doubled(BootClock::duration first, int times, BootClock::duration most) {
  return std::min<BootClock::duration>(first * (1LL << std::clamp(times, 0, 16)), most);
}

void slow_down(BudgetState::Lane& lane, Moment now, Moment until) {
  lane.share = std::max(k_least_share, share_at(lane, now) / 2);
  lane.since = until;
}

/// The request was under way before the archive asked for silence: its outcome says nothing of what came
/// since.
bool is_old(const BudgetState& state, Moment sent) {
  return sent < state.paused_until || (state.refusing && sent < state.refused_until);
}

class Change {
public:
  Change(BudgetState& state, Moment now) : m_state(state), m_now(now) {}

  void operator()(const RequestSent& request) const {
    if (m_state.trial) m_state.trial_until = m_now + k_trial;
    if (request.per_minute <= 0) return;
    auto& lane = m_state.lanes[index(request.kind)];
    const std::chrono::duration<double> gap{60 * k_margin / (request.per_minute * share_at(lane, m_now))};
    lane.next = m_now + std::chrono::ceil<BootClock::duration>(gap);
  }

  void operator()(const RequestLimited& answer) const {
    if (answer.status == 429) m_state.last_429 = m_now;
    const bool repeat = answer.sent >= m_state.paused_until;
    if (repeat) ++m_state.pauses_in_a_row;
    BootClock::duration pause;
    if (answer.retry_after) {
      pause = *answer.retry_after;
    } else {
      const auto own = doubled(k_pause, m_state.pauses_in_a_row - 1, k_longest_own_pause);
      pause = own + duration_cast<BootClock::duration>(own * (answer.jitter / 4));
    }
    m_state.paused_until = std::max(m_state.paused_until, m_now + pause);
    m_state.trial = true;
    m_state.trial_until = {};
    if (repeat) slow_down(m_state.lanes[index(answer.kind)], m_now, m_state.paused_until);
  }

  void operator()(const RequestAnswered& answer) const {
    if (is_old(m_state, answer.sent)) return;
    m_state.pauses_in_a_row = 0;
    m_state.trial = m_state.refusing = false;
    m_state.trial_until = {};
  }

  void operator()(const RequestFailed& request) const {
    if (!is_old(m_state, request.sent)) m_state.trial_until = {};
  }

  void operator()(const RequestRefused& request) const {
    if (m_state.refusing && request.sent < m_state.refused_until) return;
    const bool forgotten = m_now > m_state.refused_until + k_refusals_remembered;
    m_state.refusals = forgotten ? 1 : m_state.refusals + 1;
    m_state.refusing = true;
    m_state.refused_until = m_now + doubled(k_first_refusal, m_state.refusals - 1, k_longest_refusal);
    m_state.trial = true;
    m_state.trial_until = {};
    for (auto& lane : m_state.lanes)
      slow_down(lane, m_now, m_state.refused_until);
  }

private:
  BudgetState& m_state;
  Moment m_now;
};

}  // namespace

BudgetState after(BudgetState state, const BudgetEvent& event, Moment now) {
  std::visit(Change(state, now), event);
  return state;
}

Moment ready_at(const BudgetState& state, RequestKind kind, double per_minute) {
  Moment ready = state.paused_until;
  if (state.refusing) ready = std::max(ready, state.refused_until);
  if (state.trial) ready = std::max(ready, state.trial_until);
  if (per_minute > 0) ready = std::max(ready, state.lanes[index(kind)].next);
  return ready;
}

double share_at(const BudgetState::Lane& lane, Moment now) {
  const std::chrono::duration<double, std::ratio<60>> minutes = std::max(now, lane.since) - lane.since;
  return std::min(1.0, lane.share + minutes.count() * k_share_per_minute);
}

BootClock::duration time_for(BudgetState state, RequestKind kind, double per_minute, std::uint64_t requests,
                             Moment now) {
  const Moment start = now;
  for (; requests > 0; --requests) {
    now = std::max(now, ready_at(state, kind, per_minute));
    state = after(state, RequestSent{kind, per_minute}, now);
    state = after(state, RequestAnswered{now}, now);
    if (per_minute <= 0) break;
    const auto& lane = state.lanes[index(kind)];
    // At full speed all gaps are the same.
    if (share_at(lane, now) >= 1)
      return now - start + (lane.next - now) * static_cast<BootClock::rep>(requests - 1);
  }
  return now - start;
}

std::optional<Stop> stop(const BudgetState& state, Moment now) {
  if (state.refusing && now < state.refused_until) return Stop{Reason::refused, state.refused_until};
  const bool too_often = state.pauses_in_a_row > k_most_pauses_in_a_row && now < state.paused_until;
  if (too_often || state.paused_until > now + k_longest_wait)
    return Stop{Reason::rate_limited, state.paused_until};
  return std::nullopt;
}

bool refusal_expected(const BudgetState& state, Moment now) {
  return state.refusing || (state.last_429 && now - *state.last_429 < k_429_remembered);
}

std::optional<std::chrono::seconds> parse_retry_after(std::string_view value, std::chrono::sys_seconds now) {
  constexpr std::chrono::seconds k_most = 24h * 365 * 10;
  value = trim(value);
  std::int64_t seconds = 0;
  const char* const end = value.data() + value.size();
  const auto [rest, problem] = std::from_chars(value.data(), end, seconds);
  if (!value.empty() && rest == end && problem == std::errc{})
    return std::chrono::seconds(std::clamp<std::int64_t>(seconds, 1, k_most.count()));
  if (const auto date = Timestamp::parse_http_date(value))
    return std::clamp<std::chrono::seconds>(date->time() - now, 1s, k_most);
  return std::nullopt;
}

}  // namespace winnow
