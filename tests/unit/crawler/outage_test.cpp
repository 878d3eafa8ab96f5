#include "crawler/outage.hpp"

#include <chrono>

#include <catch2/catch.hpp>

using namespace winnow;
using namespace std::chrono_literals;

namespace {
const Moment k_start = Moment{} + 1000h;
constexpr bool k_no_connection = true;
constexpr bool k_reset = false;
}  // namespace

TEST_CASE("no connection begins an outage, a reset only when it is the third in a row") {
  Outage unreachable;
  unreachable.failed(k_no_connection, k_start, k_start + 1s);
  CHECK(unreachable.lasts());
  CHECK(unreachable.ready_at() == k_start + 2s);

  Outage resetting;
  for (int i = 0; i < 3; ++i) {
    CHECK(!resetting.lasts());
    resetting.failed(k_reset, k_start + i * 2s, k_start + i * 2s + 1s);
  }
  CHECK(resetting.lasts());
  CHECK(resetting.began() == k_start + 5s);
}

TEST_CASE("an answer in between begins the count anew") {
  Outage outage;
  outage.failed(k_reset, k_start, k_start);
  outage.failed(k_reset, k_start + 1s, k_start + 1s);
  outage.answered();
  outage.failed(k_reset, k_start + 2s, k_start + 2s);
  CHECK(!outage.lasts());
  CHECK(outage.ready_at() <= k_start);
}

TEST_CASE("requests that were under way together fail together") {
  Outage outage;
  for (int i = 0; i < 8; ++i)
    outage.failed(k_no_connection, k_start, k_start + 1s);
  CHECK(outage.failures_in_a_row() == 1);
  CHECK(outage.ready_at() == k_start + 2s);
}

TEST_CASE("one at a time tries, after 1, 2, 4... 30 seconds") {
  Outage outage;
  auto now = k_start;
  outage.failed(k_no_connection, now, now);
  for (const auto pause : {1s, 2s, 4s, 8s, 16s, 30s, 30s}) {
    CHECK(outage.ready_at() == now + pause);
    now += pause;
    outage.sent(now);
    CHECK(outage.ready_at() == Moment::max());
    outage.failed(k_reset, now, now);
  }
  outage.sent(now + 30s);
  outage.answered();
  CHECK(!outage.lasts());
  CHECK(outage.ready_at() <= now);
}
