#include "storage/backup.hpp"

#include <csignal>
#include <filesystem>
#include <thread>

#include <catch2/catch.hpp>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/error.hpp"
#include "storage/verify.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

namespace fs = std::filesystem;
using Rows = std::vector<std::string>;

const auto k_go_on = [] { return true; };

void fill(StoreFixture& fixture, int from, int to) {
  std::vector<ImportedCapture> captures;
  for (int n = from; n < to; ++n) {
    const Timestamp time = Timestamp::from_time(at(20100101000000).time() + std::chrono::minutes(n));
    const Capture one = capture(time.value(), "http://a.test/", std::to_string(n));
    std::string words;
    for (int i = 0; i < 100; ++i)
      words += sha256(std::to_string(n) + "," + std::to_string(i)).hex();
    captures.push_back({one, {}, provenance(one), held(one, words).content, {}});
  }
  fixture.store->import(fixture.archive, Found::warc, captures);
}

std::vector<std::string> files(const TempDir& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder / "."))
    if (entry.path().filename().string().starts_with("copy")) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("a backup is the store of one moment, in one file", "[backup]") {
  StoreFixture fixture;
  fill(fixture, 0, 500);
  const auto copy = fixture.folder / "copy.db";
  int written = 500;
  // A harvest goes on between the pieces.
  const std::uint64_t size = back_up(fixture.path, copy, [&] {
    fill(fixture, written, written + 10);
    written += 10;
    return true;
  });
  CHECK(written > 500);
  CHECK(size == fs::file_size(copy));
  CHECK(files(fixture.folder) == Rows{"copy.db"});
  CHECK(verify(copy).captures == 500);
  CHECK(verify(fixture.path).captures == static_cast<std::uint64_t>(written));
  // And it can be gone on with.
  { Store store(copy); }
  CHECK(StoreReader(copy).series_with_versions().size() == 1);
}

TEST_CASE("a backup overwrites nothing but what was left half done", "[backup]") {
  StoreFixture fixture;
  fill(fixture, 0, 10);
  const auto copy = fixture.folder.write("copy.db", "precious");
  CHECK_THROWS_WITH(back_up(fixture.path, copy, k_go_on), Catch::Contains("is there already"));
  CHECK(fs::file_size(copy) == 8);
  fs::remove(copy);
  fixture.folder.write("copy.db.partial", "half of one");
  CHECK(back_up(fixture.path, copy, k_go_on) > 0);
  CHECK(verify(copy).damages.empty());
  CHECK_THROWS_WITH(back_up(fixture.path, fixture.folder / "none/copy.db", k_go_on),
                    Catch::Contains("no folder"));
  CHECK_THROWS_WITH(back_up(fixture.path, fixture.folder / ".", k_go_on), Catch::Contains("is a folder"));
  CHECK_THROWS_WITH(back_up(fixture.folder / "none.db", fixture.folder / "copy2.db", k_go_on),
                    Catch::Contains("there is no store"));
}

TEST_CASE("stopped, killed or without room, there is no file of that name", "[backup]") {
  StoreFixture fixture;
  fill(fixture, 0, 3000);
  const auto copy = fixture.folder / "copy.db";
  SECTION("stopped") {
    CHECK(back_up(fixture.path, copy, [] { return false; }) == 0);
    CHECK(files(fixture.folder).empty());
  }
  SECTION("killed") {
    for (int round = 0; round < 8; ++round) {
      const pid_t child = ::fork();
      if (child == 0) {
        try {
          back_up(fixture.path, copy, k_go_on);
        } catch (...) {
        }
        ::_exit(0);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1 + round * 10));
      ::kill(child, SIGKILL);
      int status = 0;
      ::waitpid(child, &status, 0);
      if (fs::exists(copy)) {
        CHECK(verify(copy).damages.empty());
        fs::remove(copy);
      }
    }
  }
  SECTION("without room") {
    const pid_t child = ::fork();
    if (child == 0) {
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{200'000, 200'000};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      try {
        back_up(fixture.path, copy, k_go_on);
      } catch (const Error& failure) {
        ::_exit(std::string(failure.what()).find("no room for the backup") != std::string::npos ? 7 : 8);
      }
      ::_exit(9);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WEXITSTATUS(status) == 7);
    CHECK(files(fixture.folder).empty());
  }
}

TEST_CASE("what is damaged is not passed on as a backup", "[backup]") {
  StoreFixture fixture;
  fill(fixture, 0, 10);
  {
    SQLite::Database database(fixture.path, SQLite::OPEN_READWRITE);
    database.exec("UPDATE pages SET url = 'http://b.test/'");
  }
  CHECK_THROWS_WITH(back_up(fixture.path, fixture.folder / "copy.db", k_go_on), Catch::Contains("damage"));
  CHECK(files(fixture.folder).empty());
}
