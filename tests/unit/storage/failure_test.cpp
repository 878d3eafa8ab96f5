// What goes wrong with the file: each in one clear line, with nothing lost.
#include <csignal>
#include <filesystem>

#include <catch2/catch.hpp>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/error.hpp"
#include "storage/body_lookup.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

/// Runs `work` in a child process; its exit code, or -1.
template <class Work>
int in_child(Work&& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    int code = 99;
    try {
      code = work();
    } catch (const std::exception&) {
    }
    ::_exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string message(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& failure) {
    return failure.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a file that is no store is named as what it is", "[failure]") {
  const TempDir folder;
  const auto other = folder / "other.db";
  SQLite::Database(other, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE t(x)");
  const auto text_file =
      folder.write("text.db", "this is no database, but a text of some length, longer than a header");
  CHECK_THAT(message([&] { Store store(other); }), Catch::Contains("no winnow store"));
  CHECK_THAT(message([&] { StoreReader store(other); }), Catch::Contains("no winnow store"));
  CHECK_THAT(message([&] { Store store(text_file); }), Catch::Contains("text.db is no winnow store"));
  CHECK_THAT(message([&] { StoreReader store(text_file); }), Catch::Contains("text.db is no winnow store"));
  CHECK_THAT(message([&] { StoreReader store(folder / "none.db"); }),
             Catch::Contains("there is no store at"));
  CHECK_THAT(message([&] { BodyLookup lookup(folder / "none.db"); }),
             Catch::Contains("there is no store at"));
  CHECK_THAT(message([&] { Store store(folder / "no/such/folder.db"); }),
             Catch::Contains("there is no folder"));
  CHECK_THAT(message([&] { Store store(folder.path()); }), Catch::Contains("is a folder"));
  CHECK_THAT(message([&] { StoreReader store(folder.path()); }), Catch::Contains("is a folder"));
  CHECK_THAT(message([&] { StoreReader store(folder.write("empty.db", "")); }), Catch::Contains("is empty"));
}

TEST_CASE("a store of a newer winnow is left alone", "[failure]") {
  StoreFixture fixture;
  fixture.store.reset();
  SQLite::Database(fixture.path, SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 999");
  CHECK_THAT(message([&] { Store store(fixture.path); }), Catch::Contains("newer winnow (schema 999"));
  CHECK_THAT(message([&] { StoreReader store(fixture.path); }), Catch::Contains("newer winnow"));
}

TEST_CASE("an existing empty file becomes a store", "[failure]") {
  const TempDir folder;
  const auto path = folder.write("winnow.db", "");
  { Store store(path); }
  CHECK_NOTHROW(StoreReader(path));
}

TEST_CASE("a store in a read-only folder can be read, not written", "[failure]") {
  StoreFixture fixture;
  const Capture one = capture(20100101000000, "http://a.test/");
  fixture.store->import(
      fixture.archive, Found::warc,
      std::vector<ImportedCapture>{{one, {}, provenance(one), {}, pack_text(text("words"))}});
  fixture.store.reset();
  namespace fs = std::filesystem;
  fs::permissions(fixture.path, fs::perms::owner_read | fs::perms::others_read);
  fs::permissions(fixture.folder.path(), fs::perms::owner_read | fs::perms::owner_exec |
                                             fs::perms::others_read | fs::perms::others_exec);
  const int code = in_child([&] {
    // root may write everywhere; nobody may not.
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return 77;
    StoreReader reader(fixture.path);
    if (reader.find_series("a.test").size() != 1) return 1;
    return message([&] { Store store(fixture.path); }).find("read-only") != std::string::npos ? 0 : 2;
  });
  fs::permissions(fixture.folder.path(), fs::perms::owner_all);
  CHECK(code == 0);
}

TEST_CASE("a disk that fills up costs the batch, not the store", "[failure]") {
  StoreFixture fixture;
  const std::vector<Capture> first = {capture(20100101000000, "http://a.test/")};
  fixture.list(first);
  fixture.store.reset();
  const int code = in_child([&] {
    // The system refuses to let files grow, as it does on a full disk.
    std::signal(SIGXFSZ, SIG_IGN);
    Store store(fixture.path);
    const rlimit limit{1U << 20U, 1U << 20U};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 77;
    std::vector<ListedCapture> rows;
    for (std::uint64_t i = 0; i < 20'000; ++i)
      rows.push_back({capture(20100101000000, "http://b.test/" + std::to_string(i)), 0});
    const std::string said = message([&] { store.add_captures(fixture.archive, rows); });
    if (said.find("disk full") == std::string::npos && said.find("disk is full") == std::string::npos)
      return 1;
    // The same object works on within what room there is.
    return store.add_captures(fixture.archive, std::vector<ListedCapture>{{first.at(0), 0}}).known == 1 ? 0
                                                                                                        : 2;
  });
  CHECK(code == 0);
  CHECK(fixture.rows("PRAGMA integrity_check") == std::vector<std::string>{"ok"});
  CHECK(fixture.rows("SELECT count(*) FROM captures") == std::vector<std::string>{"1"});
}
