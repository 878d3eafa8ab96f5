#include "seeds/target.hpp"

#include <tuple>

#include <catch2/catch.hpp>

#include "model/error.hpp"
#include "tests/support/temp_dir.hpp"

using namespace winnow;
using test::TempDir;
using Kind = Target::Kind;

TEST_CASE("a target is a site, a URL or a prefix") {
  using Row = std::tuple<const char*, Kind, const char*>;
  const auto [text, kind, expected] = GENERATE(table<const char*, Kind, const char*>({
      Row{"soompi.com", Kind::site, "soompi.com"},
      Row{" WWW.Soompi.com ", Kind::site, "soompi.com"},
      Row{"policies.tinder.com", Kind::site, "policies.tinder.com"},
      Row{"soompi.com/privacy", Kind::url, "soompi.com/privacy"},
      Row{"soompi.com/", Kind::url, "soompi.com/"},
      Row{"https://soompi.com/Privacy?x=1", Kind::url, "https://soompi.com/Privacy?x=1"},
      Row{"127.0.0.1:8080/privacy", Kind::url, "127.0.0.1:8080/privacy"},
      Row{"soompi.com/legal/*", Kind::prefix, "soompi.com/legal/"},
      Row{"http://soompi.com/priv*", Kind::prefix, "http://soompi.com/priv"},
  }));
  CAPTURE(text);
  CHECK(parse_target(text) == Target{kind, expected});
}

TEST_CASE("what is no target is refused") {
  const auto* text = GENERATE("", "soompi", "two words.com", "so*mpi.com", "ftp://soompi.com/x",
                              "mailto:x@soompi.com", "http:///privacy", "*.soompi.com", ".com", "a..b");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_target(text), UsageError);
}

TEST_CASE("a seed list holds targets, comments and ranked domains") {
  const TempDir folder;
  const auto list = folder.write(
      "list",
      "\xef\xbb\xbf# sites\n\n1,soompi.com\r\n2,Example.org\nsoompi.com/privacy  # the page\nsoompi.com\n");
  const auto targets = parse_targets({"@" + list, "example.org"});
  REQUIRE(targets.size() == 3);
  CHECK(targets[0] == Target{Kind::site, "soompi.com"});
  CHECK(targets[1] == Target{Kind::site, "example.org"});
  CHECK(targets[2] == Target{Kind::url, "soompi.com/privacy"});
}

TEST_CASE("a seed list's errors name file and line") {
  const TempDir folder;
  const auto list = folder.write("list", "soompi.com\n\nnot a site\n");
  CHECK_THROWS_WITH(read_seed_list(list), Catch::Contains(list + ":3: 'not a site'"));
  const auto empty = folder.write("empty", "# nothing\n");
  CHECK_THROWS_WITH(read_seed_list(empty), Catch::Contains("holds no target"));
  CHECK_THROWS_WITH(read_seed_list("/nonexistent/list"), Catch::Contains("No such file"));
}
