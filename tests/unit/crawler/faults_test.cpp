// What the client does when the wire or the archive fails.
#include <memory>
#include <vector>

#include <catch2/catch.hpp>

#include "model/error.hpp"
#include "tests/unit/crawler/client_fixture.hpp"

using namespace winnow;
using namespace winnow::testing;

namespace {

const std::string k_head = "HTTP/1.1 200 OK\r\nMemento-Datetime: Sat, 21 May 2011 19:56:25 GMT\r\n";

const Failure& failure(const FetchResult& result) {
  REQUIRE(std::holds_alternative<Failure>(result.outcome));
  return std::get<Failure>(result.outcome);
}

/// The first answers are `faults`, all later ones the capture.
LoopbackServer::Script faults_first(const std::vector<Reply>& faults) {
  return [faults](const SeenRequest&, std::size_t number) {
    return number < faults.size() ? faults[number] : memento("20110521195625", "<p>policy");
  };
}

}  // namespace

TEST_CASE("faults of the moment are outlived") {
  struct Case {
    const char* story;
    Reply fault;
  };
  const Case cases[] = {
      {"cut body", {k_head + "Content-Length: 100\r\n\r\nabc", Reply::Then::close}},
      {"too large a Content-Length, then reset",
       {k_head + "Content-Length: 100\r\n\r\nabc", Reply::Then::reset}},
      {"reset before the head", {"", Reply::Then::reset}},
      {"stalled", {k_head + "Content-Length: 100\r\n\r\nabc", Reply::Then::stall}},
      {"the gateway's time-out", respond("504 Gateway Time-out", {}, "<h1>504</h1>")},
      {"an internal error", respond("500 Internal Server Error", {}, "")},
      {"maintenance with status 200", respond("200 OK", {}, "<title>Scheduled Maintenance</title>")},
      {"429 with Retry-After in seconds", respond("429 Too Many Requests", {"Retry-After: 20"}, "")},
      {"429 without", respond("429 Too Many Requests", {}, "")},
      {"503 without", respond("503 Service Unavailable", {}, "")},
      {"503 whose body is cut",
       {"HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 9\r\n\r\n", Reply::Then::close}},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    LoopbackServer archive(faults_first({c.fault, c.fault}));
    FastClient fast(archive.base_url());
    const auto result = fast.fetch();
    REQUIRE(std::holds_alternative<ReplayedResponse>(result.outcome));
    CHECK(std::get<ReplayedResponse>(result.outcome).wire_body == "<p>policy");
    CHECK(archive.seen().size() == 3);
    CHECK(fast.client.counters().repeats == 2);
  }
}

TEST_CASE("a Content-Length that is too small is seen by the original's, and the same again is believed") {
  const auto page = [](std::string_view body) {
    return memento("20110521195625", body, "200 OK", {"X-Archive-Orig-Content-Length: 9"});
  };
  LoopbackServer once(
      [&](const SeenRequest&, std::size_t number) { return page(number == 0 ? "<p>po" : "<p>policy"); });
  const auto mended = FastClient(once.base_url()).fetch();
  REQUIRE(std::holds_alternative<ReplayedResponse>(mended.outcome));
  CHECK(std::get<ReplayedResponse>(mended.outcome).wire_body == "<p>policy");

  LoopbackServer always([&](const SeenRequest&, std::size_t) { return page("<p>po"); });
  const auto believed = FastClient(always.base_url()).fetch();
  REQUIRE(std::holds_alternative<ReplayedResponse>(believed.outcome));
  CHECK(std::get<ReplayedResponse>(believed.outcome).wire_body == "<p>po");
  CHECK(always.seen().size() == 2);
}

TEST_CASE("faults without end become a reason") {
  struct Case {
    const char* story;
    Reply fault;
    Reason reason;
    std::size_t requests;
  };
  const Case cases[] = {
      {"cut each time",
       {k_head + "Content-Length: 100\r\n\r\nabc", Reply::Then::close},
       Reason::truncated,
       5},
      {"reset each time", {"", Reply::Then::reset}, Reason::transport_error, 5},
      {"unplayable", respond("504 Gateway Time-out", {}, ""), Reason::unplayable, 5},
      {"too large: not asked again",
       respond("200 OK", {"Memento-Datetime: Sat, 21 May 2011 19:56:25 GMT"}, std::string(1'000'001, 'x')),
       Reason::too_large, 1},
      {"never archived: not asked again", respond("404 Not Found", {}, ""), Reason::not_archived, 1},
      {"limited without end", respond("503 Busy", {"Retry-After: 1"}, ""), Reason::rate_limited, 5},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    LoopbackServer archive([&](const SeenRequest&, std::size_t) { return c.fault; });
    const auto result = FastClient(archive.base_url()).fetch();
    CHECK(failure(result).reason == c.reason);
    CHECK(!failure(result).detail.empty());
    CHECK(archive.seen().size() == c.requests);
  }
}

TEST_CASE("without a connection all wait together, one at a time tries, and nothing is lost") {
  const LoopbackServer::Script good = [](const SeenRequest&, std::size_t) {
    auto reply = memento("20110521195625", "x");
    reply.then = Reply::Then::close;
    return reply;
  };
  auto archive = std::make_unique<LoopbackServer>(good);
  const int port = archive->port();
  FastClient fast(archive->base_url(), 8);
  CHECK(std::holds_alternative<ReplayedResponse>(fast.fetch().outcome));
  archive.reset();
  int held = 0;
  for (int i = 0; i < 20; ++i)
    fast.client.fetch(soompi_capture(), [&](FetchResult&& result) {
      CHECK(std::holds_alternative<ReplayedResponse>(result.outcome));
      ++held;
    });
  const auto away = std::chrono::steady_clock::now() + 1500ms;  // 150 s of this clock
  while (std::chrono::steady_clock::now() < away)
    fast.client.run(5ms);
  CHECK(fast.client.outstanding() == 20);
  CHECK(fast.client.counters().replay_requests <= 1 + 8 + 10);  // all at once, then after 1, 2, 4... 30 s
  archive = std::make_unique<LoopbackServer>(good, port);
  fast.finish();
  CHECK(held == 20);
}

TEST_CASE("resets in a row are the archive's, not each capture's") {
  LoopbackServer archive([](const SeenRequest&, std::size_t number) {
    return number >= 4 && number < 30 ? Reply{"", Reply::Then::reset} : memento("20110521195625", "x");
  });
  FastClient fast(archive.base_url(), 2);
  int held = 0;
  for (int i = 0; i < 12; ++i)
    fast.client.fetch(soompi_capture(), [&](FetchResult&& result) {
      held += std::holds_alternative<ReplayedResponse>(result.outcome) ? 1 : 0;
    });
  fast.finish();
  CHECK(held == 12);
}

TEST_CASE("an archive that is away for too long is given up, and its captures are not blamed") {
  LoopbackServer archive([](const SeenRequest&, std::size_t) {
    auto reply = memento("20110521195625", "x");
    reply.then = Reply::Then::close;
    return reply;
  });
  auto options = FastClient::options(archive.base_url(), 4);
  options.outage_patience = 60s;
  ArchiveClient client(options);
  std::vector<Reason> reasons;
  const auto fetch_and_finish = [&](int count) {
    for (int i = 0; i < count; ++i) {
      client.fetch(soompi_capture(), [&](FetchResult&& result) {
        if (const auto* failed = std::get_if<Failure>(&result.outcome)) reasons.push_back(failed->reason);
      });
    }
    while (client.outstanding() > 0)
      client.run(5ms);
  };
  fetch_and_finish(1);
  CHECK(reasons.empty());
  archive.refuse();
  fetch_and_finish(9);
  CHECK(reasons == std::vector<Reason>(9, Reason::transport_error));
  REQUIRE(client.closed());
  CHECK(!client.refused());
  CHECK(client.counters().replay_requests <= 1 + 4 + 8);
}

TEST_CASE("an archive that was never there is given up within seconds, for all requests") {
  int port = 0;
  {
    LoopbackServer nobody([](const SeenRequest&, std::size_t) { return Reply{}; });
    port = nobody.port();
  }
  auto options = FastClient::options("http://127.0.0.1:" + std::to_string(port), 8);
  options.clocks.now = BootClock::now;  // the world's own time
  ArchiveClient client(options);
  int failed = 0;
  const auto started = std::chrono::steady_clock::now();
  for (int i = 0; i < 100; ++i) {
    client.fetch(soompi_capture(), [&](FetchResult&& result) {
      CHECK(failure(result).reason == Reason::transport_error);
      CHECK(failure(result).detail ==
            "cannot connect to 127.0.0.1 port " + std::to_string(port) + ": Connection refused");
      ++failed;
    });
  }
  while (client.outstanding() > 0)
    client.run(100ms);
  CHECK(failed == 100);
  CHECK(std::chrono::steady_clock::now() - started < 8s);
}

TEST_CASE("stop() lets finish what is under way and forgets the rest") {
  LoopbackServer archive([](const SeenRequest&, std::size_t) {
    std::this_thread::sleep_for(50ms);
    return memento("20110521195625", "x");
  });
  FastClient fast(archive.base_url(), 2);
  int answered = 0;
  for (int i = 0; i < 10; ++i)
    fast.client.fetch(soompi_capture(), [&](FetchResult&&) { ++answered; });
  fast.client.run(1ms);
  fast.client.stop();
  CHECK(fast.client.outstanding() == 2);
  fast.client.fetch(soompi_capture(), [&](FetchResult&&) { ++answered; });
  fast.finish();
  CHECK(answered == 2);
  CHECK(archive.seen().size() == 2);
}

TEST_CASE("a base URL must be one") {
  for (const char* url : {"", "web.archive.org", "ftp://web.archive.org", "http://"}) {
    INFO(url);
    ClientOptions options;
    options.archive.base_url = url;
    CHECK_THROWS_AS(ArchiveClient(options), UsageError);
  }
}
