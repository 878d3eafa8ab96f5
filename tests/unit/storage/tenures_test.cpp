#include <catch2/catch.hpp>

#include "storage/export_reader.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

using Rows = std::vector<std::string>;

constexpr const char* k_old = "http://a.test/privacy.html";
constexpr const char* k_new = "http://legal.a.test/privacy";
constexpr const char* k_other = "http://a.test/terms";

void show(StoreFixture& fixture, std::uint64_t time, const std::string& url, const std::string& words) {
  const Capture one = capture(time, url, words);
  const Held body = held(one, words);
  fixture.store->import(fixture.archive, Found::warc,
                        std::vector<ImportedCapture>{{one, {}, body.provenance, body.content, {}}});
}

Takeover takeover(const std::string& from, const std::string& to, std::uint64_t when,
                  double confidence = 0.9) {
  return {urlkey(from), urlkey(to), at(when), Takeover::Evidence::redirect, confidence};
}

const std::string k_versions =
    "SELECT series, version, first_seen, last_seen, changed_after, captures, urlkey FROM v_versions "
    "ORDER BY series, version";

/// The old page moves in 2012 and stays where it was for years, stale; the new one was there for a while
/// before.
void fill(StoreFixture& fixture) {
  show(fixture, 20100101000000, k_old, "A");
  show(fixture, 20110101000000, k_old, "B");
  show(fixture, 20110601000000, k_new, "draft");
  show(fixture, 20120601000000, k_new, "B");
  show(fixture, 20130101000000, k_old, "B");
  show(fixture, 20140101000000, k_new, "C");
}

}  // namespace

TEST_CASE("versions run along the pages that took over from each other", "[tenures]") {
  StoreFixture fixture;
  fill(fixture);
  CHECK(fixture.rows("SELECT count(*) FROM v_versions") == Rows{"5"});
  CHECK(fixture.store->join(std::vector{takeover(k_old, k_new, 20120101000000)}) == 2);
  const Rows joined = {
      "test,a)/privacy.html|1|20100101000000|20100101000000||1|test,a)/privacy.html",
      "test,a)/privacy.html|2|20110101000000|20120601000000|20100101000000|2|test,a)/privacy.html",
      "test,a)/privacy.html|3|20140101000000|20140101000000|20120601000000|1|test,a,legal)/privacy",
      // Nothing is lost: what a page showed beside its tenures is a series of its own.
      "test,a)/privacy.html (aside)|1|20130101000000|20130101000000||1|test,a)/privacy.html",
      "test,a,legal)/privacy (aside)|1|20110601000000|20110601000000||1|test,a,legal)/privacy"};
  CHECK(fixture.rows(k_versions) == joined);
  CHECK(fixture.rows("SELECT timestamp, version, series FROM v_captures ORDER BY timestamp LIMIT 3") ==
        Rows{"20100101000000|1|test,a)/privacy.html", "20110101000000|2|test,a)/privacy.html",
             "20110601000000|1|test,a,legal)/privacy (aside)"});
  CHECK(fixture.rows("SELECT series, urlkey, since, until, evidence FROM v_series WHERE evidence <> ''") ==
        Rows{"test,a)/privacy.html|test,a,legal)/privacy|20120101000000||redirect"});

  SECTION("told again, nothing changes") {
    CHECK(fixture.store->join(std::vector{takeover(k_old, k_new, 20120101000000)}) == 0);
    CHECK(fixture.rows(k_versions) == joined);
  }
  SECTION("captures that come later find their series") {
    show(fixture, 20120301000000, k_new, "B2");
    CHECK(
        fixture.rows("SELECT series, version, captures FROM v_versions WHERE first_seen = 20120301000000") ==
        Rows{"test,a)/privacy.html|3|1"});
    CHECK(fixture.rows("SELECT count(*) FROM v_versions WHERE series = 'test,a)/privacy.html'") == Rows{"5"});
  }
  SECTION("a third page carries it on") {
    show(fixture, 20200101000000, k_other, "D");
    fixture.next_run();
    CHECK(fixture.store->join(std::vector{takeover(k_new, k_other, 20190101000000)}) == 2);
    CHECK(fixture.rows("SELECT series, version FROM v_versions WHERE first_seen = 20200101000000") ==
          Rows{"test,a)/privacy.html|4"});
    CHECK(fixture.rows("SELECT count(*) FROM series WHERE page_id IS NULL") == Rows{"1"});
  }
}

TEST_CASE("takeovers give the same versions in whatever order captures and takeovers come", "[tenures]") {
  StoreFixture first;
  fill(first);
  first.store->join(std::vector{takeover(k_old, k_new, 20120101000000)});
  StoreFixture second;
  show(second, 20140101000000, k_new, "C");
  show(second, 20130101000000, k_old, "B");
  second.store->join(std::vector{takeover(k_old, k_new, 20120101000000)});
  fill(second);
  CHECK(second.rows(k_versions) == first.rows(k_versions));
}

TEST_CASE("an earlier takeover moves the border, and a page without captures has no tenure", "[tenures]") {
  StoreFixture fixture;
  fill(fixture);
  fixture.store->join(std::vector{takeover(k_old, k_new, 20120101000000)});
  CHECK(fixture.store->join(std::vector{takeover(k_old, "http://a.test/never", 20090101000000)}) == 0);
  CHECK(fixture.store->join(std::vector{takeover(k_old, k_new, 20110301000000)}) == 2);
  CHECK(fixture.rows(
            "SELECT version, first_seen, urlkey FROM v_versions WHERE series = 'test,a)/privacy.html'") ==
        Rows{"1|20100101000000|test,a)/privacy.html", "2|20110101000000|test,a)/privacy.html",
             "3|20110601000000|test,a,legal)/privacy", "4|20120601000000|test,a,legal)/privacy",
             "5|20140101000000|test,a,legal)/privacy"});
}

TEST_CASE("a series is found by any of its pages, and read as one", "[tenures]") {
  StoreFixture fixture;
  fill(fixture);
  show(fixture, 20100101000000, k_other, "terms");
  fixture.store->join(std::vector{takeover(k_old, k_new, 20120101000000)});
  StoreReader reader(fixture.path);
  for (const char* target : {k_old, k_new, "a.test"}) {
    CAPTURE(target);
    const SeriesSummary series = reader.find_series(target).at(0);
    CHECK(series.name == "test,a)/privacy.html");
    CHECK(series.site == "a.test");
    CHECK(series.captures == 4);
    CHECK(series.versions == 3);
    REQUIRE(series.pages.size() == 2);
    CHECK(series.pages[0].urlkey == "test,a)/privacy.html");
    CHECK_FALSE(series.pages[0].since);
    CHECK(series.pages[0].until == at(20120101000000));
    CHECK(series.pages[1].since == at(20120101000000));
    CHECK_FALSE(series.pages[1].until);
  }
  CHECK(reader.find_series(k_other).size() == 1);
  const SeriesId id = reader.find_series(k_new).at(0).id;
  CHECK(reader.last_capture(id, at(20111231000000))->timestamp == at(20110101000000));
  CHECK(reader.last_capture(id, at(20131231000000))->timestamp == at(20120601000000));
  std::vector<std::string> seen;
  ExportReader exporter(fixture.path);
  exporter.for_each({}, ExportUnit::versions, ExportOrder::by_series, [&](const ExportedRecord& exported) {
    const VersionRecord& record = exported.record;
    seen.push_back(record.capture.urlkey + " " + record.capture.timestamp.date());
  });
  CHECK(seen.size() == 6);
  CHECK(seen[2] == "test,a,legal)/privacy 2014-01-01");
}
