#include "cli/extract/file_names.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "model/error.hpp"
#include "tests/support/temp_dir.hpp"

using winnow::cli::FileNames;

namespace {

std::vector<std::string> all(std::vector<std::string> arguments) {
  FileNames names(std::move(arguments));
  std::vector<std::string> found;
  while (auto name = names.next())
    found.push_back(*name);
  return found;
}

}  // namespace

TEST_CASE("names come in order, those of lists in their place") {
  const winnow::test::TempDir folder;
  const std::string list = "@" + folder.write("list", "a b.html\r\n\n-\n@x\nlast");
  const std::string empty = "@" + folder.write("empty", "");
  CHECK(all({"first", list, "-", empty, list}) == std::vector<std::string>{"first", "a b.html", "./-", "./@x",
                                                                           "last", "-", "a b.html", "./-",
                                                                           "./@x", "last"});
  CHECK(all({}).empty());
}

TEST_CASE("standard input is read once, and a list must be there") {
  CHECK_THROWS_AS(FileNames({"-", "x", "-"}), winnow::UsageError);
  CHECK_THROWS_AS(FileNames({"@-", "-"}), winnow::UsageError);
  CHECK_THROWS_WITH(all({"@/nowhere/list"}), "cannot read the list /nowhere/list: No such file or directory");
  CHECK_THROWS_AS(all({"@/"}), winnow::Error);
}
