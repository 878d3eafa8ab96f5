#include "cli/discover/keep_discovery.hpp"

#include <catch2/catch.hpp>

#include "storage/store_reader.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/cli/discover_fixture.hpp"

using namespace winnow;
using namespace winnow::cli;
using namespace winnow::test;

namespace {

Candidate listed_page(const char* url, const char* first, const char* last) {
  Candidate page = candidate(url, {});
  for (const char* date : {first, last})
    page.listed.push_back({page.urlkey, day(date), page.url, "text/html", 200, sha1(date), 100});
  page.confidence = 0.9;
  return page;
}

}  // namespace

TEST_CASE("a store that is told what was discovered has the pages as one series") {
  SiteDiscovery found;
  found.site = "a.example";
  found.pages = {listed_page("http://a.example/privacy.html", "2005", "2012"),
                 listed_page("http://a.example/p/123", "2013", "2019")};
  found.takeovers = {
      {found.pages[0].urlkey, found.pages[1].urlkey, day("2013"), Takeover::Evidence::link_replaced, 0.7}};
  Archive archive = known_archives().front();
  archive.dialect = Dialect::wayback;

  const TempDir dir;
  Store store(dir / "found.db");
  keep_discovery(store, archive, found);
  keep_discovery(store, archive, found);  // a second time changes nothing
  const auto series = StoreReader(dir / "found.db").find_series("a.example");
  REQUIRE(series.size() == 1);
  REQUIRE(series.front().pages.size() == 2);
  CHECK(series.front().pages[0].urlkey == "example,a)/privacy.html");
  CHECK(series.front().pages[1].url == "http://a.example/p/123");
  CHECK(series.front().pages[1].since == day("2013"));
  CHECK(series.front().captures == 4);
}
