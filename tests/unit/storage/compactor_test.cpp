#include "storage/compactor.hpp"

#include <csignal>
#include <thread>

#include <catch2/catch.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "model/error.hpp"
#include "storage/body_packer.hpp"
#include "storage/verify.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

using Rows = std::vector<std::string>;

constexpr int k_pages = 6;
constexpr int k_bodies = 40;  // of each page

/// The n-th body of a page: 20 kB that all pages share, 10 kB of the page's own, and a sentence; as real
/// pages, of which every other capture says something else.
std::string body(int page, int n) {
  std::string bytes;
  for (int i = 0; i < 600; ++i)
    bytes += sha256("all" + std::to_string(i)).raw();
  for (int i = 0; i < 300; ++i)
    bytes += sha256(std::to_string(n % 2) + "page" + std::to_string(page) + std::to_string(i)).raw();
  return bytes + fmt::format("<p>Version {} of our policy</p>", n);
}

std::string policy(int page, int n) {
  std::string words;
  for (int i = 0; i < 100; ++i)
    words += sha256("word" + std::to_string(i)).hex() + " ";
  return words + fmt::format("page {} in its version {}", page, n);
}

/// As a harvest leaves it.
void fill(StoreFixture& fixture, int from = 0, int to = k_bodies) {
  BodyPacker packer;
  std::vector<ImportedCapture> captures;
  for (int page = 0; page < k_pages; ++page) {
    const std::string url = fmt::format("http://site{}.test/{}", page / 2, page % 2);
    for (int n = from; n < to; ++n) {
      const Capture one =
          capture(20100101000000 + static_cast<std::uint64_t>(n), url, fmt::format("{} {}", page, n));
      Held fetched = held(one, policy(page, n));
      const std::string bytes = body(page, n);
      fetched.content.reading.body = sha256(bytes);
      fetched.content.sha1 = sha1(bytes);
      fetched.content.size = bytes.size();
      fetched.content.body = packer.pack(url, bytes);
      packer.keep(url, sha256(bytes), bytes, fetched.content.body->depth);
      captures.push_back({one, {}, fetched.provenance, fetched.content, {}});
    }
  }
  fixture.store->import(fixture.archive, Found::warc, captures);
}

void compact(const std::string& path) {
  Compactor compactor(path, "winnow/test");
  while (compactor.step()) {
  }
  compactor.shrink();
  compactor.end(0, "{}");
}

bool all_there(const std::string& path) {
  StoreReader reader(path);
  for (int page = 0; page < k_pages; ++page) {
    for (int n = 0; n < k_bodies; ++n) {
      if (reader.body(sha256(body(page, n))) != body(page, n)) return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("compact packs every body and text against what it is most like", "[compact]") {
  StoreFixture fixture;
  fill(fixture);
  fixture.store->end_run(0, "{}");
  const auto versions = fixture.rows("SELECT * FROM v_versions");
  const auto captures = fixture.rows("SELECT * FROM v_captures");

  Compactor compactor(fixture.path, "winnow/test");
  const StoreSize before = compactor.size();
  CHECK(compactor.left() == 2 * k_pages * k_bodies);
  while (compactor.step()) {
  }
  CHECK(compactor.left() == 0);
  CHECK(compactor.damaged() == 0);
  CHECK(compactor.shrink() == Compactor::Shrunk::done);
  const StoreSize after = compactor.size();
  compactor.end(0, "{}");
  CHECK(after.bodies.count == k_pages * k_bodies);
  CHECK(after.bodies.bytes == before.bodies.bytes);
  CHECK(after.bodies.packed * 3 < before.bodies.packed);
  CHECK(after.texts.packed * 3 < before.texts.packed);
  CHECK(after.file * 2 < before.file);

  CHECK(all_there(fixture.path));
  CHECK(fixture.rows("SELECT * FROM v_versions") == versions);
  CHECK(fixture.rows("SELECT * FROM v_captures") == captures);
  CHECK(fixture.rows("SELECT max(depth) <= 20, min(compacted) FROM bodies") == Rows{"1|1"});
  CHECK(verify(fixture.path).damages.empty());

  SECTION("once more there is nothing to do") {
    Compactor again(fixture.path, "winnow/test");
    CHECK_FALSE(again.step());
    CHECK(again.shrink() == Compactor::Shrunk::nothing_to_give);
  }
  SECTION("what comes later is packed against what is there") {
    fixture.store->begin_run("test", "winnow/test");
    fill(fixture, k_bodies, k_bodies + 5);
    fixture.store->end_run(0, "{}");
    compact(fixture.path);
    CHECK(fixture.rows(fmt::format("SELECT count(*), sum(base_id IS NULL) FROM bodies WHERE id > {}",
                                   after.bodies.count)) == Rows{fmt::format("{}|0", k_pages * 5)});
    CHECK(verify(fixture.path).damages.empty());
  }
}

TEST_CASE("a body that a capture refers to can't be deleted", "[compact]") {
  StoreFixture fixture;
  fill(fixture, 0, 2);
  SQLite::Database database(fixture.path, SQLite::OPEN_READWRITE);
  database.exec("PRAGMA foreign_keys = ON");
  CHECK_THROWS_WITH(database.exec("DELETE FROM bodies"), Catch::Contains("FOREIGN KEY"));
  CHECK_THROWS_WITH(database.exec("DELETE FROM texts"), Catch::Contains("FOREIGN KEY"));
}

TEST_CASE("compact beside a harvest: both go on, and the room is handed back later", "[compact]") {
  StoreFixture fixture;  // its run goes on
  fill(fixture, 0, 20);
  Compactor compactor(fixture.path, "winnow/test");
  CHECK(compactor.step());
  fill(fixture, 20, k_bodies);
  StoreReader reader(fixture.path);
  while (compactor.step())
    CHECK(reader.body(sha256(body(0, 0))) == body(0, 0));
  CHECK(compactor.shrink() == Compactor::Shrunk::others_write);
  CHECK(all_there(fixture.path));
  CHECK(verify(fixture.path).damages.empty());
  CHECK_THROWS_WITH(Compactor(fixture.path, "winnow/test"), Catch::Contains("being cared for by another"));
}

TEST_CASE("killed while it compacts, every body is there and the next goes on", "[compact]") {
  StoreFixture fixture;
  fill(fixture);
  fixture.store->end_run(0, "{}");
  fixture.store.reset();
  for (int round = 0; round < 10; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      try {
        compact(fixture.path);
      } catch (...) {
        ::_exit(1);
      }
      ::_exit(0);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(8 + round * 12));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(all_there(fixture.path));
  }
  compact(fixture.path);
  CHECK(fixture.rows("SELECT count(*) FROM bodies WHERE compacted IS NULL") == Rows{"0"});
  CHECK(all_there(fixture.path));
  CHECK(verify(fixture.path).damages.empty());
}

TEST_CASE("what is damaged stays as it is, and nothing is packed against it", "[compact]") {
  StoreFixture fixture;
  fill(fixture);
  fixture.store->end_run(0, "{}");
  {
    SQLite::Database database(fixture.path, SQLite::OPEN_READWRITE);
    database.exec("UPDATE bodies SET content = x'00' WHERE id = 5");
  }
  Compactor compactor(fixture.path, "winnow/test");
  while (compactor.step()) {
  }
  // And those that rest on it.
  CHECK(std::to_string(compactor.damaged()) ==
        fixture.rows("SELECT count(*) FROM bodies WHERE compacted IS NULL").at(0));
  CHECK(compactor.damaged() == 17);
  CHECK(fixture.rows("SELECT hex(content) FROM bodies WHERE id = 5") == Rows{"00"});
}
