#include "formats/corpus_layout.hpp"

#include <catch2/catch.hpp>

#include "formats/atomic_file.hpp"
#include "model/error.hpp"
#include "tests/support/temp_dir.hpp"

using namespace winnow;

namespace {

std::vector<std::string> files_of(const test::TempDir& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("no site's folder leads out of the corpus", "[corpus_layout]") {
  const auto [site, folder] = GENERATE(table<std::string, std::string>({
      {"soompi.com", "soompi.com"},
      {"a-b_c.co.uk", "a-b_c.co.uk"},
      {"..", "%2E."},
      {"../../etc", "%2E.%2F..%2Fetc"},
      {"/etc", "%2Fetc"},
      {".hidden", "%2Ehidden"},
      {"b\xc3\xbc"
       "cher.de",
       "b%C3%BCcher.de"},
      {"[::1]", "%5B%3A%3A1%5D"},
      {"", "%"},
  }));
  CHECK(corpus_folder(site) == folder);
}

TEST_CASE("a site of any length has a folder of its own that can be made", "[corpus_layout]") {
  const std::string longest(255, 'a');
  CHECK(corpus_folder(longest) == longest);
  const std::string one = corpus_folder(longest + "b");
  CHECK(one != corpus_folder(longest + "c"));
  const test::TempDir folder;
  CHECK(std::filesystem::create_directory(folder / one));
}

TEST_CASE("pages of a site captured in one second have names of their own", "[corpus_layout]") {
  CorpusNames names;
  const Timestamp one = Timestamp::from_value(20100101000000);
  const Timestamp two = Timestamp::from_value(20100101000001);
  CHECK(names.next("a.test", one) == "a.test/20100101000000");
  CHECK(names.next("a.test", one) == "a.test/20100101000000-2");
  CHECK(names.next("a.test", two) == "a.test/20100101000001");
  CHECK(names.next("a.test", one) == "a.test/20100101000000-3");
  CHECK(names.next("b.test", one) == "b.test/20100101000000");
}

TEST_CASE("a file is there whole or not at all", "[atomic_file]") {
  const test::TempDir folder;
  const std::string path = folder.write("out.txt", "old");
  {
    AtomicFile file(path);
    file.write(std::string(1'000'000, 'x'));
    CHECK(content(path) == "old");
  }
  CHECK(content(path) == "old");
  CHECK(files_of(folder) == std::vector<std::string>{"out.txt"});
  {
    AtomicFile file(path);
    file.write("new ");
    file.write("text");
    file.commit();
  }
  CHECK(content(path) == "new text");
  CHECK(files_of(folder) == std::vector<std::string>{"out.txt"});
}

TEST_CASE("a file that can't be written is named", "[atomic_file]") {
  const test::TempDir folder;
  CHECK_THROWS_WITH(write_atomically(folder / "no/such.txt", "x"), Catch::Contains("no/such.txt"));
  // A folder where the file should be: found out at the rename, and cleaned up.
  std::filesystem::create_directory(folder / "taken");
  CHECK_THROWS_AS(write_atomically(folder / "taken", "x"), Error);
  CHECK(files_of(folder) == std::vector<std::string>{"taken"});
}
