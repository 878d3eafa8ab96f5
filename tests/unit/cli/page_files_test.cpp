#include "cli/discover/page_files.hpp"

#include <fstream>

#include <catch2/catch.hpp>

#include "model/error.hpp"
#include "tests/support/temp_dir.hpp"

using namespace winnow;
using namespace winnow::cli;

TEST_CASE("pages on disk come with a URL each, or with none") {
  const auto pages = parse_page_files({"a.html", "b.html"}, {"http://a.example/", "http://b.example/"});
  REQUIRE(pages.size() == 2);
  CHECK(pages[1].file == "b.html");
  CHECK(pages[1].url == "http://b.example/");
  CHECK(parse_page_files({"a.html"}, {}).front().url.empty());
  CHECK_THROWS_AS(parse_page_files({"a.html", "b.html"}, {"http://a.example/"}), UsageError);
}

TEST_CASE("a list names files and URLs, divided by a tab") {
  const test::TempDir dir;
  const auto list = (dir.path() / "list").string();
  std::ofstream(list) << "a.html\thttp://a.example/\r\n\nb.html\n";
  const auto pages = parse_page_files({"@" + list}, {});
  REQUIRE(pages.size() == 2);
  CHECK(pages[0].file == "a.html");
  CHECK(pages[0].url == "http://a.example/");
  CHECK(pages[1].file == "b.html");
  CHECK(pages[1].url.empty());
  CHECK_THROWS_AS(parse_page_files({"@" + list + ".missing"}, {}), Error);
}
