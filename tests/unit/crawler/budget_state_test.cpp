#include "crawler/budget_state.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "model/timestamp.hpp"

using namespace winnow;
using namespace std::chrono_literals;

namespace {

const Moment k_start = Moment{} + 1000h;

BudgetState after_all(BudgetState state, const std::vector<BudgetEvent>& events, Moment now) {
  for (const auto& event : events)
    state = after(state, event, now);
  return state;
}

RequestLimited limited(Moment sent, std::optional<std::chrono::seconds> retry_after = {}, int status = 429) {
  return {RequestKind::replay, status, retry_after, sent, 0};
}

/// When requests are sent that are always wanted, `count` of them.
std::vector<Moment> sendings(BudgetState state, RequestKind kind, double per_minute, int count,
                             Moment now = k_start) {
  std::vector<Moment> times;
  for (int i = 0; i < count; ++i) {
    now = std::max(now, ready_at(state, kind, per_minute));
    state = after(state, RequestSent{kind, per_minute}, now);
    times.push_back(now);
  }
  return times;
}

/// The most of them in any window of that length.
int most_in(const std::vector<Moment>& times, BootClock::duration window) {
  int most = 0;
  for (std::size_t first = 0, last = 0; last < times.size(); ++last) {
    while (times[last] - times[first] > window)
      ++first;
    most = std::max(most, static_cast<int>(last - first + 1));
  }
  return most;
}

}  // namespace

TEST_CASE("no window of a second or a minute holds more than its share") {
  for (const auto& [kind, per_minute] : {std::pair{RequestKind::cdx, 24.0}, {RequestKind::replay, 480.0}}) {
    const auto times = sendings({}, kind, per_minute, 2000);
    CHECK(times[0] == k_start);
    CHECK(most_in(times, 60s) <= per_minute);
    CHECK(most_in(times, 60s) >= per_minute * 0.98);
    CHECK(most_in(times, 1s) == std::max(1.0, per_minute / 60));
  }
}

TEST_CASE("time not used is not saved up") {
  auto state = after({}, RequestSent{RequestKind::replay, 480}, k_start);
  CHECK(most_in(sendings(state, RequestKind::replay, 480, 100, k_start + 1h), 1s) == 8);
}

TEST_CASE("each kind has its own rate, and a rate of 0 is no limit") {
  const auto state = after({}, RequestSent{RequestKind::cdx, 24}, k_start);
  CHECK(ready_at(state, RequestKind::cdx, 24) > k_start + 2s);
  CHECK(ready_at(state, RequestKind::replay, 480) <= k_start);
  CHECK(ready_at(state, RequestKind::cdx, 0) <= k_start);  // whatever others do
  CHECK(sendings({}, RequestKind::replay, 0, 1000).back() == k_start);
}

TEST_CASE("what an event does") {
  const Moment now = k_start;
  struct Case {
    const char* story;
    BudgetState before;
    BudgetEvent event;
    BudgetState then;
  };
  BudgetState paused;
  paused.paused_until = now + 60s;
  paused.pauses_in_a_row = 1;
  paused.trial = true;
  paused.last_429 = now;
  paused.lanes[1] = {{}, 0.5, now + 60s};

  BudgetState longer = paused;
  longer.paused_until = now + 100s;

  BudgetState limited_by_503 = paused;
  limited_by_503.last_429.reset();

  BudgetState over = paused;
  over.paused_until = now - 1s;
  over.lanes[1].since = now - 1s;
  BudgetState trying = over;
  trying.trial_until = now + 60s;
  BudgetState well = over;
  well.pauses_in_a_row = 0;
  well.trial = false;

  BudgetState refused = paused;
  refused.refusing = true;
  refused.refusals = 1;
  refused.refused_until = now + 1h;
  refused.lanes = {BudgetState::Lane{{}, 0.5, now + 1h}, BudgetState::Lane{{}, 0.25, now + 1h}};

  BudgetState half_open = refused;
  half_open.refused_until = half_open.lanes[0].since = half_open.lanes[1].since = now;
  half_open.paused_until = now - 2h;
  BudgetState closed = half_open;
  closed.refusing = closed.trial = false;
  closed.pauses_in_a_row = 0;
  BudgetState refused_again = half_open;
  refused_again.refusals = 2;
  refused_again.refused_until = now + 2h;
  refused_again.lanes = {BudgetState::Lane{{}, 0.25, now + 2h}, BudgetState::Lane{{}, 0.125, now + 2h}};

  const Case cases[] = {
      {"the first 429", {}, limited(now), paused},
      {"a 503 is no sign of a firewall", {}, limited(now, {}, 503), limited_by_503},
      {"a 429 to a request of before the pause is no repeat", paused, limited(now - 1s), paused},
      {"but a longer Retry-After counts", paused, limited(now - 1s, 100s), longer},
      {"and a shorter one does not", longer, limited(now - 1s, 5s), longer},
      {"one request goes alone", over, RequestSent{RequestKind::replay, 0}, trying},
      {"its failure lets another try", trying, RequestFailed{now}, over},
      {"an older request's failure does not", trying, RequestFailed{now - 2s}, trying},
      {"its answer ends the trial", trying, RequestAnswered{now}, well},
      {"an older request's answer does not", trying, RequestAnswered{now - 2s}, trying},
      {"an answer when all is well changes nothing", well, RequestAnswered{now}, well},
      {"a refusal opens the circuit for an hour", paused, RequestRefused{now}, refused},
      {"more refusals of the same moment are one", refused, RequestRefused{now}, refused},
      {"an answer to what was sent before does not close it", refused, RequestAnswered{now - 1s}, refused},
      {"the trial's answer does", half_open, RequestAnswered{now}, closed},
      {"the trial is refused: twice as long", half_open, RequestRefused{now}, refused_again},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    const auto state = after(c.before, c.event, now);
    CHECK(state.paused_until == c.then.paused_until);
    CHECK(state.trial_until == c.then.trial_until);
    CHECK(state.lanes[0].share == c.then.lanes[0].share);
    CHECK(state.lanes[1].share == c.then.lanes[1].share);
    CHECK((state == c.then));
  }
}

TEST_CASE("Retry-After stops both kinds for exactly as long") {
  const auto state = after({}, limited(k_start, 17s), k_start + 1s);
  CHECK(ready_at(state, RequestKind::cdx, 0) == k_start + 18s);
  CHECK(ready_at(state, RequestKind::replay, 480) == k_start + 18s);
}

TEST_CASE("without Retry-After: 60 s, doubling, with jitter, up to 15 minutes; then it is time to stop") {
  for (const int status : {429, 503}) {
    BudgetState state;
    auto now = k_start;
    std::chrono::seconds expected = 60s;
    for (int pause = 0; pause < 6; ++pause) {
      const double jitter = pause / 6.0;
      state = after(state, RequestLimited{RequestKind::replay, status, {}, now, jitter}, now);
      const auto waited = ready_at(state, RequestKind::replay, 0) - now;
      CHECK(waited >= expected);
      CHECK(waited <= expected * 5 / 4);
      CHECK(!stop(state, now));
      now += waited;
      expected = std::min<std::chrono::seconds>(expected * 2, 15min);
    }
    state = after(state, limited(now, {}, status), now);
    REQUIRE(stop(state, now));
    CHECK(stop(state, now)->reason == Reason::rate_limited);
    CHECK(stop(state, now)->until == now + 15min);
    CHECK(!stop(state, now + 15min));  // another run may try
  }
}

TEST_CASE("after a pause one request goes alone, and is not waited for without end") {
  auto state = after({}, limited(k_start, 10s), k_start);
  const auto later = k_start + 10s;
  REQUIRE(ready_at(state, RequestKind::replay, 0) == later);
  state = after(state, RequestSent{RequestKind::replay, 0}, later);
  CHECK(ready_at(state, RequestKind::replay, 0) == later + 60s);
  CHECK(ready_at(state, RequestKind::cdx, 24) == later + 60s);
  state = after(state, RequestAnswered{later}, later + 1s);
  CHECK(ready_at(state, RequestKind::replay, 0) <= later + 1s);
}

TEST_CASE("half the speed after a 429 or 503, growing back within five minutes") {
  const auto gap = [](const BudgetState& state, Moment now) {
    const auto sent = after(state, RequestSent{RequestKind::replay, 60}, now);
    return std::chrono::duration<double>(sent.lanes[1].next - now).count();
  };
  auto state = after_all({}, {limited(k_start, 1s), RequestAnswered{k_start + 1s}}, k_start);
  CHECK(gap({}, k_start) == Approx(1.02));
  CHECK(gap(state, k_start + 1s) == Approx(2.04));
  CHECK(gap(state, k_start + 151s) == Approx(1.02 / 0.75));
  CHECK(gap(state, k_start + 301s) == Approx(1.02));
  CHECK(gap(state, k_start + 1000h) == Approx(1.02));
  CHECK(state.lanes[0].share == 1);  // the other kind was not limited

  // Limited again and again it never stops altogether.
  auto now = k_start + 1s;
  for (int i = 0; i < 50; ++i) {
    state = after(state, limited(now, 1s), now);
    now += 1s;
  }
  CHECK(gap(state, now) == Approx(1.02 * 16));
}

TEST_CASE("how long requests will take, as things stand") {
  const double rate = 480;
  const auto took = [&](const BudgetState& state, int requests) {
    return time_for(state, RequestKind::replay, rate, static_cast<std::uint64_t>(requests), k_start);
  };
  // What sending them one by one comes to.
  const auto last = [&](BudgetState state, int requests) {
    Moment now = k_start;
    for (int i = 0; i < requests; ++i) {
      now = std::max(now, ready_at(state, RequestKind::replay, rate));
      state = after_all(state, {RequestSent{RequestKind::replay, rate}, RequestAnswered{now}}, now);
    }
    return now - k_start;
  };
  const BudgetState fresh;
  const auto paused = after(fresh, limited(k_start, 90s), k_start);
  const auto slowed = after(paused, RequestAnswered{k_start + 91s}, k_start + 91s);
  for (const int requests : {0, 1, 2, 480, 5000}) {
    CAPTURE(requests);
    for (const auto& state : {fresh, paused, slowed})
      CHECK(std::chrono::abs(took(state, requests) - last(state, requests)) < 10ms);
  }
  CHECK(took(fresh, 481) > 60s);
  CHECK(took(fresh, 481) < 62s);
  CHECK(took(paused, 1) == 90s);
  CHECK(took(paused, 480) > took(fresh, 480) + 90s + 20s);  // half the speed at first
  CHECK(time_for(fresh, RequestKind::replay, 0, 1'000'000, k_start) == 0s);
  CHECK(time_for(paused, RequestKind::replay, 0, 1'000'000, k_start) == 90s);
  CHECK(time_for(fresh, RequestKind::cdx, 24, 2'000'000'000, k_start) > 24h * 365 * 100);
}

TEST_CASE("a Retry-After of more than an hour is for another run") {
  CHECK(!stop(after({}, limited(k_start, 3600s), k_start), k_start));
  const auto state = after({}, limited(k_start, 3601s, 503), k_start);
  REQUIRE(stop(state, k_start));
  CHECK(stop(state, k_start)->until == k_start + 3601s);
}

TEST_CASE(
    "a refused connection means the firewall only after a 429, for an hour, or when it was one before") {
  CHECK(!refusal_expected({}, k_start));
  CHECK(!refusal_expected(after({}, limited(k_start, 1s, 503), k_start), k_start));
  auto state = after({}, limited(k_start, 1s), k_start);
  CHECK(refusal_expected(state, k_start + 59min));
  CHECK(!refusal_expected(state, k_start + 61min));
  state = after(state, RequestRefused{k_start + 2s}, k_start + 2s);
  CHECK(refusal_expected(state, k_start + 10h));
}

TEST_CASE("a refusal lasts an hour, twice as long at each repeat, a week at most, and is forgotten in time") {
  BudgetState state;
  auto now = k_start;
  std::chrono::hours expected{1};
  for (int repeat = 0; repeat < 12; ++repeat) {
    state = after(state, RequestRefused{now}, now);
    REQUIRE(stop(state, now));
    CHECK(stop(state, now)->reason == Reason::refused);
    CHECK(stop(state, now)->until == now + expected);
    CHECK(ready_at(state, RequestKind::cdx, 0) == now + expected);
    now += expected;
    CHECK(!stop(state, now));
    expected = std::min(expected * 2, std::chrono::hours(7 * 24));
  }
  state = after(state, RequestAnswered{now}, now);
  const auto soon = after(state, RequestRefused{now + 24h}, now + 24h);
  CHECK(soon.refused_until == now + 24h + 7 * 24h);
  const auto much_later = after(state, RequestRefused{now + 8 * 24h}, now + 8 * 24h);
  CHECK(much_later.refused_until == now + 8 * 24h + 1h);
}

TEST_CASE("Retry-After in both its forms") {
  const auto now = Timestamp::parse("20260101120000")->time();
  CHECK(parse_retry_after("120", now) == 120s);
  CHECK(parse_retry_after(" 120 ", now) == 120s);
  CHECK(parse_retry_after("0", now) == 1s);
  CHECK(parse_retry_after("-5", now) == 1s);
  CHECK(parse_retry_after("Thu, 01 Jan 2026 12:02:30 GMT", now) == 150s);
  CHECK(parse_retry_after("Thu, 01 Jan 2026 11:00:00 GMT", now) == 1s);
  CHECK(parse_retry_after("Fri, 31 Dec 9999 23:59:59 GMT", now) == 24h * 3650);
  CHECK(parse_retry_after("9999999999999999", now) == 24h * 3650);
  CHECK(parse_retry_after("", now) == std::nullopt);
  CHECK(parse_retry_after("soon", now) == std::nullopt);
  CHECK(parse_retry_after("12.5", now) == std::nullopt);
  CHECK(parse_retry_after("99999999999999999999", now) == std::nullopt);
}
