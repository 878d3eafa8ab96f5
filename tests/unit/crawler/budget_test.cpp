#include "crawler/budget.hpp"

#include <chrono>
#include <vector>

#include <catch2/catch.hpp>

#include "model/timestamp.hpp"

using namespace winnow;
using namespace std::chrono_literals;

namespace {

using Clock = Budget::Clock;
const Clock::time_point k_start = Clock::time_point{} + 1000h;

/// When requests of one kind are sent that are always wanted.
std::vector<Clock::time_point> sendings(Budget& budget, RequestKind kind, int count) {
  std::vector<Clock::time_point> times;
  auto now = k_start;
  for (int i = 0; i < count; ++i) {
    now = std::max(now, budget.ready_at(kind, 0));
    budget.spend(kind, now);
    times.push_back(now);
  }
  return times;
}

}  // namespace

TEST_CASE("requests are spaced evenly, each kind by itself") {
  Budget budget({24, 480});
  const auto cdx = sendings(budget, RequestKind::cdx, 25);
  CHECK(cdx[0] == k_start);
  CHECK(cdx[24] - cdx[0] == 60s);
  const auto replay = sendings(budget, RequestKind::replay, 481);
  CHECK(replay[0] == k_start);
  CHECK(replay[480] - replay[0] == 60s);
  CHECK(replay[8] - replay[0] == 1s);
}

TEST_CASE("time not used is not saved up") {
  Budget budget({24, 480});
  budget.spend(RequestKind::replay, k_start);
  budget.spend(RequestKind::replay, k_start + 1h);
  CHECK(budget.ready_at(RequestKind::replay, 0) == k_start + 1h + 125ms);
}

TEST_CASE("a rate of 0 is no limit") {
  Budget budget({0, 0});
  CHECK(sendings(budget, RequestKind::replay, 1000).back() == k_start);
}

TEST_CASE("Retry-After stops both kinds for exactly as long") {
  Budget budget({0, 0});
  budget.limited(429, 17s, k_start, k_start + 1s);
  CHECK(budget.ready_at(RequestKind::cdx, 0) == k_start + 18s);
  CHECK(budget.ready_at(RequestKind::replay, 0) == k_start + 18s);
}

TEST_CASE(
    "without Retry-After: 60 s after a 429, 10 s after a 503, doubling, with jitter, up to 15 minutes") {
  for (const auto& [status, first] : {std::pair{429, 60s}, std::pair{503, 10s}}) {
    Budget budget({0, 0}, 7);
    auto now = k_start;
    std::chrono::seconds expected = first;
    for (int pause = 0; pause < 6; ++pause) {
      budget.limited(status, std::nullopt, now, now);
      const auto waited = budget.ready_at(RequestKind::replay, 0) - now;
      CHECK(waited >= expected);
      CHECK(waited <= expected * 5 / 4 + 1s);
      now += waited;
      expected = std::min<std::chrono::seconds>(expected * 2, 15min);
    }
    CHECK(!budget.exhausted(now));
    budget.limited(status, std::nullopt, now, now);
    CHECK(budget.exhausted(now));
  }
}

TEST_CASE("eight 429s to requests of one moment are one pause, not eight") {
  Budget budget({0, 0});
  for (int i = 0; i < 8; ++i)
    budget.limited(429, std::nullopt, k_start, k_start + 1s);
  CHECK(budget.paused_until() <= k_start + 1s + 75s);
}

TEST_CASE("a later and shorter Retry-After does not shorten the pause") {
  Budget budget({0, 0});
  budget.limited(429, 120s, k_start, k_start);
  budget.limited(429, 5s, k_start, k_start);
  CHECK(budget.paused_until() == k_start + 120s);
}

TEST_CASE("after a pause one request goes alone, until it is answered") {
  Budget budget({0, 0});
  budget.limited(429, 10s, k_start, k_start);
  const auto later = k_start + 10s;
  CHECK(budget.ready_at(RequestKind::replay, 0) <= later);
  CHECK(budget.ready_at(RequestKind::replay, 1) == Clock::time_point::max());
  budget.answered(k_start - 1s);  // sent before the pause: says nothing
  CHECK(budget.ready_at(RequestKind::replay, 1) == Clock::time_point::max());
  budget.answered(later);
  CHECK(budget.ready_at(RequestKind::replay, 7) <= later);
}

TEST_CASE("an answer ends the doubling") {
  Budget budget({0, 0});
  auto now = k_start;
  for (int i = 0; i < 4; ++i) {
    budget.limited(429, std::nullopt, now, now);
    now = budget.paused_until();
  }
  budget.answered(now);
  budget.limited(429, std::nullopt, now, now);
  CHECK(budget.paused_until() - now <= 75s);
}

TEST_CASE("a Retry-After of more than an hour is for another run") {
  Budget budget({0, 0});
  budget.limited(503, 3600s, k_start, k_start);
  CHECK(!budget.exhausted(k_start));
  budget.limited(503, 3601s, k_start, k_start);
  CHECK(budget.exhausted(k_start));
}

TEST_CASE("a refused connection means the firewall only after a 429, for an hour") {
  Budget budget({0, 0});
  CHECK(!budget.refusal_expected(k_start));
  budget.limited(503, 1s, k_start, k_start);
  CHECK(!budget.refusal_expected(k_start));
  budget.limited(429, 1s, k_start, k_start);
  CHECK(budget.refusal_expected(k_start + 59min));
  CHECK(!budget.refusal_expected(k_start + 61min));
}

TEST_CASE("Retry-After in both its forms") {
  const auto now = Timestamp::parse("20260101120000")->time();
  CHECK(parse_retry_after("120", now) == 120s);
  CHECK(parse_retry_after(" 120 ", now) == 120s);
  CHECK(parse_retry_after("0", now) == 1s);
  CHECK(parse_retry_after("-5", now) == 1s);
  CHECK(parse_retry_after("Thu, 01 Jan 2026 12:02:30 GMT", now) == 150s);
  CHECK(parse_retry_after("Thu, 01 Jan 2026 11:00:00 GMT", now) == 1s);
  CHECK(parse_retry_after("", now) == std::nullopt);
  CHECK(parse_retry_after("soon", now) == std::nullopt);
  CHECK(parse_retry_after("12.5", now) == std::nullopt);
  CHECK(parse_retry_after("99999999999999999999", now) == std::nullopt);
}

TEST_CASE("failed exchanges are tried again after 1, 2, 4, 8 seconds and some more") {
  std::minstd_rand random(1);
  for (const auto& [attempt, least] : {std::pair{1, 1000ms}, {2, 2000ms}, {3, 4000ms}, {4, 8000ms}}) {
    const auto delay = retry_delay(attempt, random);
    CHECK(delay >= least);
    CHECK(delay <= least * 3 / 2);
  }
}
