#include "formats/partial_path.hpp"

#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "formats/atomic_file.hpp"
#include "formats/bag_writer.hpp"
#include "model/error.hpp"
#include "tests/support/temp_dir.hpp"

using namespace winnow;
using namespace winnow::test;

namespace fs = std::filesystem;

namespace {

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::size_t names_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("two writers of one name each leave a whole file there", "[partial_path]") {
  const TempDir folder;
  const fs::path name = folder.path() / "out";
  AtomicFile first(name);
  first.write(std::string(1U << 19U, 'a'));
  {
    AtomicFile second(name);
    second.write("second");
    second.commit();
  }
  CHECK(content(name) == "second");
  first.write("end");
  first.commit();
  CHECK(content(name) == std::string(1U << 19U, 'a') + "end");
  CHECK(names_in(folder.path()) == 1);
}

TEST_CASE("what a killed writer has left is used anew, and nothing else is", "[partial_path]") {
  const TempDir folder;
  folder.write(".out.partial", "half of one");
  const fs::path elsewhere = folder.write("elsewhere", "of somebody");
  fs::create_symlink(elsewhere, folder.path() / ".linked.partial");
  write_atomically(folder.path() / "out", "x");
  write_atomically(folder.path() / "linked", "y");
  CHECK(content(folder.path() / "out") == "x");
  CHECK_FALSE(fs::exists(folder.path() / ".out.partial"));
  CHECK(content(folder.path() / "linked") == "y");
  CHECK(content(elsewhere) == "of somebody");
}

TEST_CASE("folders are written beside each other, too", "[partial_path]") {
  const TempDir folder;
  const fs::path name = folder.path() / "bag/";
  fs::create_directories(folder.path() / ".bag.partial" / "old");
  {
    PartialPath first(name, PartialPath::Kind::folder);
    PartialPath second(name, PartialPath::Kind::folder);
    CHECK(names_in(first.path()) == 0);
    CHECK(first.path() != second.path());
    second.commit();
    // The second has written nothing into it: an empty folder may be taken over.
    std::ofstream(folder.path() / "bag" / "file") << "x";
    CHECK_THROWS_AS(first.commit(), Error);
  }
  CHECK(names_in(folder.path()) == 1);
  CHECK_THROWS_WITH(BagWriter(folder.path() / "bag"), Catch::Contains("is there already"));
  CHECK_THROWS_AS(PartialPath("/nowhere/at/all", PartialPath::Kind::file), Error);
}
