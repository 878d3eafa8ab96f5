// What the client does when the archive limits or refuses it.
#include <atomic>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/support/temp_dir.hpp"
#include "tests/unit/crawler/client_fixture.hpp"

using namespace winnow;
using namespace winnow::testing;

namespace {

const Failure& failure(const FetchResult& result) {
  REQUIRE(std::holds_alternative<Failure>(result.outcome));
  return std::get<Failure>(result.outcome);
}

}  // namespace

TEST_CASE("nothing is sent within Retry-After, and then one request goes first") {
  LoopbackServer archive([](const SeenRequest&, std::size_t number) {
    if (number < 4) return respond("429 Too Many Requests", {"Retry-After: 40"}, "");  // 0.4 s of this clock
    if (number == 4) std::this_thread::sleep_for(200ms);
    return memento("20110521195625", "x");
  });
  FastClient fast(archive.base_url(), 4);
  int answered = 0;
  for (int i = 0; i < 12; ++i) {
    fast.client.fetch(soompi_capture(), [&](FetchResult&& result) {
      CHECK(std::holds_alternative<ReplayedResponse>(result.outcome));
      ++answered;
    });
  }
  fast.finish();
  CHECK(answered == 12);
  const auto seen = archive.seen();
  REQUIRE(seen.size() == 16);
  CHECK(seen[4].at - seen[3].at >= 390ms);
  CHECK(seen[5].at - seen[4].at >= 190ms);  // only after the probe's answer
  CHECK(fast.client.counters().limited == 4);
  CHECK(fast.client.counters().waited >= 30s);
}

TEST_CASE("one capture that is always limited does not stop the others") {
  LoopbackServer archive([](const SeenRequest& request, std::size_t) {
    if (request.target.find("20110521195625") != std::string::npos)
      return respond("429 Too Many Requests", {"Retry-After: 1"}, "");
    return memento("20120521195625", "x");
  });
  FastClient fast(archive.base_url(), 2);
  int held = 0;
  std::vector<Reason> reasons;
  const auto fetch = [&](const char* timestamp) {
    fast.client.fetch(soompi_capture(timestamp), [&](FetchResult&& result) {
      if (const auto* failed = std::get_if<Failure>(&result.outcome)) {
        reasons.push_back(failed->reason);
      } else {
        ++held;
      }
    });
  };
  fetch("20110521195625");
  for (int i = 0; i < 20; ++i)
    fetch("20120521195625");
  fast.finish();
  CHECK(held == 20);
  CHECK(reasons == std::vector{Reason::rate_limited});
}

TEST_CASE("a 429 to everything ends the run, and says when to go on") {
  LoopbackServer archive([](const SeenRequest&, std::size_t) {
    return respond("429 Too Many Requests", {"Retry-After: 9"}, "");
  });
  FastClient fast(archive.base_url(), 1);
  std::vector<Reason> reasons;
  for (int i = 0; i < 4; ++i)
    fast.client.fetch(soompi_capture(), [&](FetchResult&& result) {
      CHECK(failure(result).retry_after);
      reasons.push_back(failure(result).reason);
    });
  fast.finish();
  CHECK(reasons == std::vector<Reason>(4, Reason::rate_limited));
  REQUIRE(fast.client.closed());
  CHECK(!fast.client.refused());
  CHECK(archive.seen().size() <= 7);
}

TEST_CASE("Retry-After as a date") {
  LoopbackServer archive([](const SeenRequest&, std::size_t number) {
    const auto until = Timestamp::from_time(Timestamp::now().time() + 100s);
    if (number == 0) return respond("503 Busy", {"Retry-After: " + until.http_date()}, "");
    return memento("20110521195625", "x");
  });
  const auto result = FastClient(archive.base_url()).fetch();
  CHECK(std::holds_alternative<ReplayedResponse>(result.outcome));
  const auto seen = archive.seen();
  REQUIRE(seen.size() == 2);
  CHECK(seen[1].at - seen[0].at >= 970ms);
}

TEST_CASE("a Retry-After of days ends the run at once, and says when to go on") {
  LoopbackServer archive([](const SeenRequest&, std::size_t) {
    return respond("429 Too Many Requests", {"Retry-After: 172800"}, "");
  });
  FastClient fast(archive.base_url(), 1);
  int failed = 0;
  for (int i = 0; i < 20; ++i) {
    fast.client.fetch(soompi_capture(), [&](FetchResult&& result) {
      CHECK(failure(result).reason == Reason::rate_limited);
      REQUIRE(failure(result).retry_after);
      CHECK(failure(result).retry_after->time() - Timestamp::now().time() > 47h);
      ++failed;
    });
  }
  fast.finish();
  CHECK(failed == 20);
  CHECK(archive.seen().size() == 1);
  CHECK(fast.client.closed());
  CHECK(!fast.client.refused());
  CHECK(failure(fast.fetch()).reason == Reason::rate_limited);
  CHECK(archive.seen().size() == 1);
}

TEST_CASE("refused after a 429: the firewall; all that waits fails and nothing more is sent") {
  LoopbackServer archive([](const SeenRequest&, std::size_t) {
    auto reply = respond("429 Too Many Requests", {"Retry-After: 60", "Connection: close"}, "");
    reply.then = Reply::Then::close;
    return reply;
  });
  FastClient fast(archive.base_url(), 1);
  std::vector<Reason> reasons;
  for (int i = 0; i < 5; ++i) {
    fast.client.fetch(soompi_capture(), [&](FetchResult&& result) {
      CHECK(failure(result).retry_after);
      reasons.push_back(failure(result).reason);
    });
  }
  while (fast.client.counters().limited == 0)
    fast.client.run(5ms);
  archive.refuse();
  fast.finish();
  CHECK(reasons == std::vector<Reason>(5, Reason::refused));
  CHECK(fast.client.refused());
  CHECK(archive.seen().size() == 1);
}

TEST_CASE("connections reset again and again after a 429 are the firewall too") {
  LoopbackServer archive([](const SeenRequest&, std::size_t number) {
    if (number == 0) return respond("429 Too Many Requests", {"Retry-After: 1"}, "");
    return Reply{"", Reply::Then::reset};
  });
  FastClient fast(archive.base_url(), 2);
  std::vector<Reason> reasons;
  for (int i = 0; i < 20; ++i)
    fast.client.fetch(soompi_capture(),
                      [&](FetchResult&& result) { reasons.push_back(failure(result).reason); });
  fast.finish();
  CHECK(reasons == std::vector<Reason>(20, Reason::refused));
  CHECK(archive.seen().size() <= 12);
}

TEST_CASE("a client that shares its budget stops where another was refused, and goes on with one request") {
  const winnow::test::TempDir folder;
  std::atomic<bool> limiting = true;
  LoopbackServer archive([&](const SeenRequest&, std::size_t) {
    if (limiting) return respond("429 Too Many Requests", {"Retry-After: 1"}, "");
    return memento("20110521195625", "x");
  });
  const auto start = BootClock::now();
  std::atomic<BootClock::rep> ahead = 0;
  auto options = FastClient::options(archive.base_url(), 4);
  options.budgets = folder.path();
  options.clocks.now = [&] { return start + (BootClock::now() - start) * 100 + BootClock::duration(ahead); };

  Budget elsewhere({0, 0}, BudgetFile(budget_file(folder.path(), options.archive), options.clocks));
  elsewhere.refused(options.clocks.now(), options.clocks.now());
  const auto outcome = [&] {
    ArchiveClient client(options);
    std::optional<FetchResult> result;
    client.fetch(soompi_capture(), [&](FetchResult&& r) { result = std::move(r); });
    while (client.outstanding() > 0)
      client.run(5ms);
    return *std::move(result);
  };
  const auto refused = outcome();
  CHECK(failure(refused).reason == Reason::refused);
  REQUIRE(failure(refused).retry_after);
  CHECK(failure(refused).retry_after->time() - Timestamp::now().time() > 50min);
  CHECK(archive.seen().empty());

  ahead = std::chrono::microseconds(61min).count();
  limiting = false;
  CHECK(std::holds_alternative<ReplayedResponse>(outcome().outcome));
  CHECK(archive.seen().size() == 1);
  CHECK(!BudgetFile(budget_file(folder.path(), options.archive), options.clocks).read().refusing);
}

TEST_CASE(
    "a Retry-After date is counted from the answer's own date: a clock that is wrong here does not matter") {
  LoopbackServer archive([](const SeenRequest&, std::size_t number) {
    const auto there = Timestamp::parse("20010101120000");
    if (number == 0)
      return respond("429 Too Many Requests",
                     {"Date: " + there->http_date(),
                      "Retry-After: " + Timestamp::from_time(there->time() + 50s).http_date()},
                     "");
    return memento("20110521195625", "x");
  });
  CHECK(std::holds_alternative<ReplayedResponse>(FastClient(archive.base_url()).fetch().outcome));
  const auto seen = archive.seen();
  REQUIRE(seen.size() == 2);
  CHECK(seen[1].at - seen[0].at >= 490ms);
  CHECK(seen[1].at - seen[0].at < 5s);
}

TEST_CASE("the rates hold between requests") {
  LoopbackServer archive([](const SeenRequest&, std::size_t) { return memento("20110521195625", "x"); });
  auto options = FastClient::options(archive.base_url(), 8);
  options.archive.limits.replay_per_minute = 1200;  // one in 50 ms
  options.clocks.now = BootClock::now;
  ArchiveClient client(options);
  for (int i = 0; i < 6; ++i)
    client.fetch(soompi_capture(), [](FetchResult&&) {});
  while (client.outstanding() > 0)
    client.run(100ms);
  const auto seen = archive.seen();
  REQUIRE(seen.size() == 6);
  CHECK(seen[5].at - seen[0].at >= 240ms);
  CHECK(client.counters().waited >= 200ms);
}

TEST_CASE("the rates hold for several clients together") {
  const winnow::test::TempDir folder;
  LoopbackServer archive([](const SeenRequest&, std::size_t) { return memento("20110521195625", "x"); });
  std::vector<std::thread> clients;
  for (int i = 0; i < 3; ++i) {
    clients.emplace_back([&] {
      auto options = FastClient::options(archive.base_url(), 8);
      options.archive.limits.replay_per_minute = 1200;
      options.clocks = {};
      options.budgets = folder.path();
      ArchiveClient client(options);
      for (int request = 0; request < 12; ++request)
        client.fetch(soompi_capture(), [](FetchResult&&) {});
      while (client.outstanding() > 0)
        client.run(100ms);
    });
  }
  for (auto& client : clients)
    client.join();
  const auto seen = archive.seen();
  REQUIRE(seen.size() == 36);
  CHECK(seen.back().at - seen.front().at >= 35 * 50ms);
  for (std::size_t i = 21; i < seen.size(); ++i)
    CHECK(seen[i].at - seen[i - 21].at > 1s);  // 20 a second, one at the edge excepted
}
