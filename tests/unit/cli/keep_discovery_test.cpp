#include "cli/discover/keep_discovery.hpp"

#include <catch2/catch.hpp>

#include "storage/store_reader.hpp"
#include "storage/watch_reader.hpp"
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
  const auto path = dir / "found.db";
  Store store(path);
  keep_discovery(store, path, archive, found, {});
  keep_discovery(store, path, archive, found, {});  // a second time changes nothing
  const auto series = StoreReader(dir / "found.db").find_series("a.example");
  REQUIRE(series.size() == 1);
  REQUIRE(series.front().pages.size() == 2);
  CHECK(series.front().pages[0].urlkey == "example,a)/privacy.html");
  CHECK(series.front().pages[1].url == "http://a.example/p/123");
  CHECK(series.front().pages[1].since == day("2013"));
  CHECK(series.front().captures == 4);
}

TEST_CASE(
    "a site counts as looked through in the dates that were, for half a year, unless a question was not "
    "answered") {
  SiteDiscovery found;
  found.site = "a.example";
  found.pages = {listed_page("http://a.example/privacy.html", "2005", "2012"),
                 listed_page("http://a.example/p/123", "2013", "2019")};
  found.pages[0].found = {{FoundBy::index, {}, {}, 0.6}};
  found.pages[1].found = {{FoundBy::link, day("2014"), "Privacy", 0.9}};
  Archive archive = known_archives().front();
  archive.dialect = Dialect::wayback;
  const TempDir dir;
  const auto path = dir / "found.db";
  Store store(path);
  const auto long_ago = *Timestamp::parse("20200101000000");
  const auto known = [&](const DateRange& dates, Timestamp noted_since) {
    return WatchReader(path).discovered_pages(archive.base_url, {"a.example", dates.since, dates.until, {}},
                                              noted_since);
  };

  SiteDiscovery unanswered = found;
  unanswered.failures = {"the index of a.example could not be read"};
  keep_discovery(store, path, archive, unanswered, {});
  CHECK(!known({}, long_ago));

  const DateRange years{day("2010"), day("2015")};
  keep_discovery(store, path, archive, found, years);
  CHECK(known({day("2011"), day("2012")}, long_ago));
  CHECK(!known({day("2009"), day("2012")}, long_ago));
  CHECK(!known({day("2011"), {}}, long_ago));
  CHECK(!known({}, long_ago));

  keep_discovery(store, path, archive, found, {});
  // Only what the listing by URL does not bring.
  CHECK(known({}, long_ago) == std::vector<std::string>{"http://a.example/p/123"});
  CHECK(known(years, long_ago));
  CHECK(!known({}, Timestamp::from_time(Timestamp::now().time() + std::chrono::hours(1))));
  CHECK(!WatchReader(path).discovered_pages("http://other.example", {"a.example", {}, {}, {}}, long_ago));
}

TEST_CASE("pages of the listing that are none of the policy go on the ledger, others do not") {
  struct Case {
    Refusal refusal;
    FoundBy found;
    bool on_ledger;
  };
  const Case cases[] = {
      {Refusal::news, FoundBy::index, true},           {Refusal::soft_404, FoundBy::index, true},
      {Refusal::other_document, FoundBy::index, true}, {Refusal::other_document, FoundBy::link, false},
      {Refusal::unread, FoundBy::index, false},        {Refusal::leads_away, FoundBy::index, false},
      {Refusal::variant, FoundBy::index, false},       {Refusal::other_company, FoundBy::link, false},
  };
  Archive archive = known_archives().front();
  archive.dialect = Dialect::wayback;
  for (const auto& c : cases) {
    INFO(name(c.refusal));
    SiteDiscovery found;
    found.site = "a.example";
    found.refused = {candidate("http://a.example/privacy/news", {})};
    found.refused[0].refused = c.refusal;
    found.refused[0].found = {{c.found, {}, {}, 0.6}};
    const TempDir dir;
    const auto path = dir / "found.db";
    Store store(path);
    keep_discovery(store, path, archive, found, {});
    CHECK(WatchReader(dir / "found.db").refused_pages(archive.base_url).size() == (c.on_ledger ? 1 : 0));
  }
}

TEST_CASE("what was read of a page is held, and is not fetched again") {
  const auto read_page = [](const char* url, const char* date) {
    Candidate page = candidate(url, {policy(date)});
    const std::string bytes = std::string("<p>We keep your name. ") + date + "</p>";
    const Capture capture{page.urlkey, day(date), url, "text/html", 200, sha1(bytes), 100};
    page.listed = {capture};
    page.read.front().url = url;
    const Provenance provenance{.archive = known_archives().front().base_url,
                                .requested_url = url,
                                .requested_timestamp = day(date),
                                .replayed_url = url,
                                .replayed_timestamp = day(date),
                                .statuscode = 200,
                                .digest_check = DigestCheck::decoded,
                                .fetched_at = day("2026")};
    page.read.front().played = std::make_shared<PlayedPage>(
        PlayedPage{capture, provenance, "text/html", {bytes, sha1(bytes), sha256(bytes), false}});
    return page;
  };
  SiteDiscovery found;
  found.site = "a.example";
  found.pages = {read_page("http://a.example/privacy", "2010")};
  found.refused = {read_page("http://a.example/privacy-news", "2011")};
  found.refused[0].refused = Refusal::news;
  Archive archive = known_archives().front();
  archive.dialect = Dialect::wayback;
  const TempDir dir;
  const auto path = dir / "found.db";
  Store store(path);
  const Recorded recorded = keep_discovery(store, path, archive, found, {});
  CHECK(recorded.held == 1);
  CHECK(recorded.versions == 1);

  // Another capture with its digest is the same body; the plan wants neither.
  store.begin_run("test", "winnow/test");
  const ArchiveId id = store.archive(archive.base_url, "wayback");
  Capture again = found.pages[0].listed[0];
  again.timestamp = day("2012");
  const Listed listed = store.add_captures(id, std::vector<ListedCapture>{{again, 1}});
  const Plan plan = store.plan({id, {listed.pages.begin(), listed.pages.end()}, {}, {}, {}}, Selection{});
  CHECK(plan.held == 1);
  CHECK(plan.inferred == 1);
  CHECK(plan.pending == 0);
}
