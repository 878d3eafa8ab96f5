// Several processes on one store, and processes that die at any moment.
#include <chrono>
#include <csignal>
#include <set>
#include <thread>

#include <catch2/catch.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "model/error.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

using Rows = std::vector<std::string>;

/// Every invariant that a half-written result would break.
const std::string k_broken =
    "SELECT count(*) FROM captures c LEFT JOIN provenance p ON p.capture_id = c.id LEFT JOIN bodies b ON "
    "b.id = "
    "c.body_id WHERE (c.state = 2) <> (p.capture_id IS NOT NULL) OR (c.state = 2) <> (b.id IS NOT NULL)";

std::vector<Capture> index_of(std::uint64_t captures) {
  std::vector<Capture> index;
  for (std::uint64_t i = 0; i < captures; ++i) {
    index.push_back(
        capture(20100101000000 + i / 50 * 100 + i % 50, "http://a.test/" + std::to_string(i % 7)));
  }
  return index;
}

/// One harvest, as fast as it goes: claims, records, `captured` for each.
void harvest(const std::string& path, const std::vector<PageId>& pages,
             const std::function<void(CaptureId)>& captured) {
  Store store(path);
  store.begin_run("harvest", "winnow/test");
  store.plan({store.archive(k_archive, "wayback"), pages, {}, {}}, Selection::all);
  for (auto claimed = store.claim(5); !claimed.empty(); claimed = store.claim(5)) {
    std::vector<CaptureResult> results;
    for (const auto& one : claimed) {
      results.push_back(result(one, "words " + std::to_string(one.capture.timestamp.value() % 3)));
      captured(one.id);
    }
    store.record(results);
  }
  store.end_run(0, "{}");
}

}  // namespace

TEST_CASE("killed at any moment, nothing is half there and nobody's claims stay", "[process]") {
  StoreFixture fixture;
  const Listed listed = fixture.list(index_of(300));
  fixture.store.reset();
  for (int round = 0; round < 12; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      try {
        harvest(fixture.path, listed.pages, [](CaptureId) {});
      } catch (...) {
        ::_exit(1);
      }
      ::_exit(0);
    }
    // Opening alone takes some 5 ms; the whole job some 50.
    std::this_thread::sleep_for(std::chrono::microseconds(1000 + round * 2900));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(fixture.rows(k_broken) == Rows{"0"});
  }
  std::size_t fetched = 0;
  const std::string held_before = fixture.rows("SELECT count(*) FROM captures WHERE state = 2").at(0);
  harvest(fixture.path, listed.pages, [&](CaptureId) { ++fetched; });
  CHECK(std::to_string(300 - fetched) == held_before);  // nothing twice, nothing forgotten
  CHECK(fixture.rows("SELECT state, count(*), count(claimed_by) FROM captures GROUP BY 1") ==
        Rows{"2|300|0"});
  CHECK(fixture.rows("PRAGMA integrity_check") == Rows{"ok"});
  CHECK(fixture.rows("SELECT count(*) FROM runs WHERE ended IS NULL") == Rows{"0"});
}

TEST_CASE("two processes on one store never fetch the same capture", "[process]") {
  StoreFixture fixture;
  const Listed listed = fixture.list(index_of(200));
  fixture.store.reset();
  const auto child_log = fixture.folder / "child";
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      std::string log;
      harvest(fixture.path, listed.pages,
              [&](CaptureId id) { log += std::to_string(static_cast<long>(id)) + "\n"; });
      fixture.folder.write("child", log);
    } catch (...) {
      ::_exit(1);
    }
    ::_exit(0);
  }
  std::set<long> fetched;
  harvest(fixture.path, listed.pages, [&](CaptureId id) { fetched.insert(static_cast<long>(id)); });
  int status = 0;
  ::waitpid(child, &status, 0);
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) == 0);
  const std::size_t ours = fetched.size();
  std::size_t theirs = 0;
  std::ifstream log(child_log);
  for (long id = 0; log >> id; ++theirs)
    fetched.insert(id);
  CHECK(ours + theirs == 200);
  CHECK(fetched.size() == 200);
}

TEST_CASE("claims of a living run are respected, those of a dead one are void", "[process]") {
  StoreFixture fixture;
  const Listed listed = fixture.list(index_of(10));
  fixture.plan(listed.pages, Selection::all);
  CHECK(fixture.store->claim(4).size() == 4);
  Store other(fixture.path);
  other.begin_run("other", "winnow/test");
  other.plan({fixture.archive, listed.pages, {}, {}}, Selection::all);
  CHECK(other.claim(100).size() == 6);
  fixture.store.reset();  // without end_run(): as if killed
  CHECK(other.claim(100).size() == 4);
}

TEST_CASE("who holds the store is said", "[process]") {
  StoreFixture fixture;
  // A transaction left open by a run elsewhere; SQLite's patience is cut short for the test.
  SQLite::Database holder(fixture.path, SQLite::OPEN_READWRITE);
  holder.exec("BEGIN IMMEDIATE");
  std::string said;
  std::thread waiting([&] {
    try {
      Store second(fixture.path, std::chrono::milliseconds(50));
      second.archive("https://other.test", "wayback");
    } catch (const Error& failure) {
      said = failure.what();
    }
  });
  waiting.join();
  CHECK_THAT(said, Catch::Contains("is being written by `test` (process ") && Catch::Contains("try again"));
  holder.exec("ROLLBACK");
  CHECK_NOTHROW(fixture.store->archive("https://other.test", "wayback"));
}
