#include "crawler/connection_slots.hpp"

#include <atomic>
#include <chrono>
#include <csignal>
#include <optional>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/temp_dir.hpp"
#include "tests/unit/crawler/client_fixture.hpp"

using namespace winnow;
using namespace winnow::testing;
using winnow::test::TempDir;

TEST_CASE("slots are had by one at a time, and as many as the most generous allows") {
  const TempDir folder;
  ConnectionSlots first(folder / "new/x.connections", 4);
  ConnectionSlots second(folder / "new/x.connections", 4);
  CHECK(first.hold(3));
  CHECK(!second.hold(2));  // it has one now
  CHECK(first.hold(3));
  CHECK(!first.hold(4));
  CHECK(first.hold(1));
  CHECK(second.hold(3));
  ConnectionSlots generous(folder / "new/x.connections", 6);
  CHECK(generous.hold(2));
  CHECK(!generous.hold(3));
  CHECK(second.hold(0));
  CHECK(generous.hold(5));
}

TEST_CASE("slots of a process that was killed are free again") {
  const TempDir folder;
  int pipes[2];
  REQUIRE(::pipe(pipes) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(60);
    ConnectionSlots theirs(folder / "x.connections", 2);
    const char byte = theirs.hold(2) ? 'y' : 'n';
    if (::write(pipes[1], &byte, 1) == 1) ::pause();
    ::_exit(1);
  }
  char held = 0;
  REQUIRE(::read(pipes[0], &held, 1) == 1);
  CHECK(held == 'y');
  ConnectionSlots ours(folder / "x.connections", 2);
  CHECK(!ours.hold(1));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  CHECK(ours.hold(2));
  ::close(pipes[0]);
  ::close(pipes[1]);
}

TEST_CASE("a place that can't be written is an error that says what to do") {
  const TempDir folder;
  folder.write("file", "");
  CHECK_THROWS_WITH(ConnectionSlots(folder / "file/x.connections", 2), Catch::Contains("set XDG_STATE_HOME"));
}

TEST_CASE("clients that share a budget share its transfers, and none starves") {
  const TempDir folder;
  std::atomic<int> under_way = 0;
  std::atomic<int> most = 0;
  LoopbackServer archive([&](const SeenRequest&, std::size_t) {
    const int now = ++under_way;
    for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
    }
    std::this_thread::sleep_for(10ms);
    --under_way;
    return memento("20110521195625", "x");
  });
  std::vector<std::thread> clients;
  std::atomic<int> held = 0;
  for (int i = 0; i < 3; ++i) {
    clients.emplace_back([&] {
      auto options = FastClient::options(archive.base_url(), 4);
      options.clocks = {};
      options.budgets = folder.path();
      options.archive.limits = {0, 1e6};
      ArchiveClient client(options);
      for (int request = 0; request < 40; ++request)
        client.fetch(soompi_capture(), [&](FetchResult&& result) {
          held += std::holds_alternative<ReplayedResponse>(result.outcome) ? 1 : 0;
        });
      while (client.outstanding() > 0)
        client.run(100ms);
    });
  }
  for (auto& client : clients)
    client.join();
  CHECK(held == 120);
  CHECK(most <= 4);
  CHECK(most >= 3);  // and they are used
}
