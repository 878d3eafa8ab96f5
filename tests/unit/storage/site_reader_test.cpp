#include "storage/site_reader.hpp"

#include <catch2/catch.hpp>

#include "storage/overview_reader.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

class SitesFixture : public StoreFixture {
public:
  void add(const std::string& url, std::uint64_t time, const std::string& words) {
    const Capture shown = capture(time, url);
    const Held content = held(shown, words);
    const ImportedCapture imported{shown, "", content.provenance, content.content, {}};
    store->import(archive, Found::warc, std::span(&imported, 1));
  }

  /// b.example: two captures that could not be had, one of which will be asked for again, and the site
  /// itself.
  void fail() {
    const auto listed = list({capture(20110505000000, "http://b.example/p", "listed"),
                              capture(20120505000000, "http://b.example/p", "gone")});
    store->note_look({archive, listed.pages, {}, at(20200101000000)});
    plan(listed.pages, Selection::all);
    const auto claimed = store->claim(10);
    store->record(std::vector<CaptureResult>{failure(claimed.at(0), Reason::transport_error),
                                             failure(claimed.at(1), Reason::not_a_policy)});
    store->note_target(
        archive, "b.example",
        Missed{.reason = Reason::excluded, .status = 403, .detail = "", .hops = {}, .retry_at = {}});
  }

  std::vector<std::string> names(const SiteQuery& query) {
    std::vector<std::string> names;
    for (const SiteOverview& found : SiteReader(path).sites(query).sites)
      names.push_back(found.site.name);
    return names;
  }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE_METHOD(SitesFixture, "Sites by name, with what is known of each", "[sites]") {
  fail();
  add("http://a.example/p", 20100101000000, "one");
  add("http://a.example/p", 20100601000000, "two");
  add("http://a.example/q", 20120101000000, "three");

  std::vector<SiteSummary> sites;
  SiteReader(path).for_each_site([&](const SiteSummary& site) { sites.push_back(site); });
  REQUIRE(sites.size() == 2);
  CHECK(sites[0].name == "a.example");
  CHECK(sites[0].series == 2);
  CHECK(sites[0].versions == 3);
  CHECK(sites[0].captures == 3);
  CHECK(sites[0].first_seen == at(20100101000000));
  CHECK(sites[0].last_seen == at(20120101000000));
  CHECK(sites[0].changed == at(20120101000000));
  CHECK_FALSE(sites[0].last_look);
  CHECK(sites[0].ledger == 0);
  CHECK(sites[0].waiting == 0);
  CHECK(sites[1].name == "b.example");
  CHECK(sites[1].series == 0);
  CHECK(sites[1].captures == 2);
  CHECK_FALSE(sites[1].first_seen);
  CHECK(sites[1].last_look == at(20200101000000));
  CHECK(rows("SELECT count(*) FROM ledger WHERE retry = 'never'") == Names{"1"});
  CHECK(sites[1].ledger == 3);
  CHECK(sites[1].waiting == 2);
}

TEST_CASE_METHOD(SitesFixture, "A page of sites, with their captures and changes over time", "[sites]") {
  fail();
  add("http://a.example/p", 20100101000000, "one");
  add("http://a.example/p", 20100102000000, "one");
  add("http://a.example/p", 20100601000000, "two");
  const SiteList list = SiteReader(path).sites({});
  REQUIRE(list.sites.size() == 2);
  const SiteOverview& found = list.sites[0];
  CHECK(found.site.captures == 3);
  CHECK(found.months == MonthlyCaptures{{12 * 2010, 2}, {12 * 2010 + 5, 1}});
  CHECK(found.changes == std::vector{at(20100101000000), at(20100601000000)});
  CHECK(list.sites[1].site.ledger == 3);
}

TEST_CASE_METHOD(SitesFixture, "Sites in each order, some at a time", "[sites]") {
  fail();
  add("http://c.example/p", 20100101000000, "one");
  add("http://c.example/q", 20110101000000, "two");
  add("http://c.example/p", 20120101000000, "three");
  add("http://a.example/p", 20130101000000, "four");
  add("http://d.example/p", 20110601000000, "five");
  add("http://d.example/p", 20110701000000, "six");
  using Order = SiteOrder;
  const auto [query, expected] = GENERATE(table<SiteQuery, Names>({
      {{"", Order::name, 0, 50}, {"a.example", "b.example", "c.example", "d.example"}},
      {{"", Order::name, 1, 2}, {"b.example", "c.example"}},
      {{"c.", Order::name, 0, 50}, {"c.example"}},
      {{"%", Order::name, 0, 50}, {}},
      {{"", Order::changed, 0, 50}, {"a.example", "c.example", "d.example", "b.example"}},
      {{"", Order::changed, 1, 1}, {"c.example"}},
      {{"", Order::changed, 3, 9}, {"b.example"}},
      {{"", Order::changed, 9, 9}, {}},
      {{"d.", Order::changed, 0, 50}, {"d.example"}},
      {{"", Order::versions, 0, 50}, {"c.example", "d.example", "a.example", "b.example"}},
      {{"", Order::versions, 2, 1}, {"a.example"}},
  }));
  CHECK(names(query) == expected);
}

TEST_CASE_METHOD(SitesFixture, "What the first page asks is found without a look at all rows", "[sites]") {
  add("http://a.example/p", 20100101000000, "one");
  const auto plan_of = [&](const std::string& sql) {
    const SQLite::Database database(path, SQLite::OPEN_READONLY);
    SQLite::Statement query(database, "EXPLAIN QUERY PLAN " + sql);
    std::string plan;
    while (query.executeStep())
      plan += query.getColumn(3).getString() + "\n";
    return plan;
  };
  CHECK(plan_of("SELECT series_id, first_seen, words_sha256 FROM versions WHERE number > 1 "
                "ORDER BY first_seen DESC LIMIT 1")
            .find("USING COVERING INDEX versions_first_seen") != std::string::npos);
  CHECK(plan_of("SELECT 1 FROM captures WHERE page_id = 1 AND state = 4").find("captures_missing") !=
        std::string::npos);
}

TEST_CASE_METHOD(SitesFixture, "Changes as they came, and as they were", "[sites]") {
  add("http://a.example/p", 20100101000000, "one");
  add("http://a.example/p", 20140101000000, "two");
  add("http://b.example/p", 20100101000000, "one");
  add("http://b.example/p", 20130101000000, "two");
  arrive();
  // An older change is found later.
  add("http://b.example/p", 20120101000000, "three");
  arrive();
  OverviewReader reader(path);
  const auto when = [](const std::vector<VersionNews>& news) {
    Names found;
    for (const VersionNews& one : news)
      found.push_back(one.site + " " + one.first_seen.date());
    return found;
  };
  CHECK(when(reader.latest_changes(9)) ==
        Names{"a.example 2014-01-01", "b.example 2013-01-01", "b.example 2012-01-01"});
  CHECK(when(reader.latest_changes(1)) == Names{"a.example 2014-01-01"});
  CHECK(when(reader.last_arrived_changes("", 9)).at(0) == "b.example 2012-01-01");
  CHECK(when(reader.last_arrived_changes("", 1)) == Names{"b.example 2012-01-01"});
  CHECK(when(reader.last_arrived_changes("a.example", 9)) == Names{"a.example 2014-01-01"});
  CHECK(reader.last_arrived_changes("c.example", 9).empty());
  CHECK(reader.last_arrived_changes("", 1).at(0).learnt == at(20260101000000));
}

TEST_CASE_METHOD(SitesFixture, "What came last is looked for among the last 20,000", "[sites]") {
  add("http://a.example/p", 20100101000000, "one");
  add("http://a.example/p", 20140101000000, "two");
  arrive();
  CHECK(OverviewReader(path).last_arrived_changes("", 9).size() == 1);
  // Arrivals of versions that are no more: as costly to look at as any.
  SQLite::Database(path, SQLite::OPEN_READWRITE)
      .exec(
          "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 19999) "
          "INSERT INTO arrivals(site_id, words_sha256, first_seen, told) "
          "SELECT (SELECT id FROM sites), randomblob(32), 20100101000000 + i, 1 FROM n");
  CHECK(OverviewReader(path).last_arrived_changes("", 9).size() == 1);
  SQLite::Database(path, SQLite::OPEN_READWRITE)
      .exec(
          "INSERT INTO arrivals(site_id, words_sha256, first_seen, told) "
          "SELECT id, randomblob(32), 20100101000000, 1 FROM sites");
  CHECK(OverviewReader(path).last_arrived_changes("", 9).empty());
  CHECK(OverviewReader(path).last_arrived_changes("a.example", 9).size() == 1);
}
