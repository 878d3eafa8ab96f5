#include "storage/export_reader.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "model/error.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

using Seen = std::vector<std::string>;

void show(StoreFixture& fixture, std::uint64_t time, const std::string& url, const std::string& words,
          int status = 200) {
  const Capture one = capture(time, url, words + std::to_string(status), status);
  Held body = held(one, words, status);
  fixture.store->import(fixture.archive, Found::warc,
                        std::vector<ImportedCapture>{{one, {}, body.provenance, body.content, {}}});
}

Seen read(const std::string& path, const ExportSelection& selection, ExportUnit unit = ExportUnit::versions,
          ExportOrder order = ExportOrder::by_series) {
  ExportReader reader(path);
  Seen seen;
  reader.for_each(selection, unit, order, [&](const ExportedRecord& exported) {
    const VersionRecord& record = exported.record;
    seen.push_back(record.site + "#" + std::to_string(record.version.number) + " " +
                   record.capture.timestamp.date());
  });
  return seen;
}

/// a.test: three versions, the first twice, with an error and a redirect between; b.test: one.
void fill(StoreFixture& fixture) {
  show(fixture, 20100101000000, "http://a.test/privacy", "one");
  show(fixture, 20110101000000, "http://a.test/privacy", "one");
  show(fixture, 20120101000000, "http://a.test/privacy", "gone", 404);
  show(fixture, 20130101000000, "http://a.test/privacy", "two");
  show(fixture, 20150101000000, "http://a.test/privacy", "three");
  show(fixture, 20120601000000, "http://b.test/privacy", "one");
}

}  // namespace

TEST_CASE("versions are chosen by site and by the time in which they were in force", "[export]") {
  StoreFixture fixture;
  fill(fixture);
  const auto [selection, seen] = GENERATE(table<ExportSelection, Seen>({
      {{}, {"a.test#1 2010-01-01", "a.test#2 2013-01-01", "a.test#3 2015-01-01", "b.test#1 2012-06-01"}},
      {{.sites = {"b.test"}}, {"b.test#1 2012-06-01"}},
      {{.sites = {"b.test", "c.test"}}, {"b.test#1 2012-06-01"}},
      {{.sites = {"c.test"}}, {}},
      // Seen for the last time in 2011, and in force until another one is seen.
      {{.sites = {"a.test"}, .since = at(20120601000000), .until = at(20120701000000)},
       {"a.test#1 2010-01-01"}},
      {{.sites = {"a.test"}, .since = at(20130101000000)}, {"a.test#2 2013-01-01", "a.test#3 2015-01-01"}},
      {{.sites = {"a.test"}, .since = at(20300101000000)}, {"a.test#3 2015-01-01"}},
      {{.sites = {"a.test"}, .until = at(20130101000000)}, {"a.test#1 2010-01-01", "a.test#2 2013-01-01"}},
      {{.until = at(20091231000000)}, {}},
      {{.language = "en"}, {}},
  }));
  CHECK(read(fixture.path, selection) == seen);
}

TEST_CASE("captures are those that show a version, or all that have a body", "[export]") {
  StoreFixture fixture;
  fill(fixture);
  const ExportSelection a{.sites = {"a.test"}};
  CHECK(read(fixture.path, a, ExportUnit::captures) ==
        Seen{"a.test#1 2010-01-01", "a.test#1 2011-01-01", "a.test#2 2013-01-01", "a.test#3 2015-01-01"});
  CHECK(read(fixture.path, a, ExportUnit::all_captures) == Seen{"a.test#1 2010-01-01", "a.test#1 2011-01-01",
                                                                "a.test#0 2012-01-01", "a.test#2 2013-01-01",
                                                                "a.test#3 2015-01-01"});
  // Taken in that time, whatever was in force.
  CHECK(read(fixture.path, {.sites = {"a.test"}, .since = at(20110101000000), .until = at(20120601000000)},
             ExportUnit::all_captures) == Seen{"a.test#1 2011-01-01", "a.test#0 2012-01-01"});
}

TEST_CASE("by time, sites are mixed", "[export]") {
  StoreFixture fixture;
  fill(fixture);
  CHECK(read(fixture.path, {}, ExportUnit::versions, ExportOrder::by_time) ==
        Seen{"a.test#1 2010-01-01", "b.test#1 2012-06-01", "a.test#2 2013-01-01", "a.test#3 2015-01-01"});
}

TEST_CASE("minor changes and other languages can be left out", "[export]") {
  StoreFixture fixture;
  fill(fixture);
  const auto text_of = [&](const std::string& words) {
    return fixture.rows("SELECT t.id FROM texts t WHERE words_sha256 = x'" + sha256(words).hex() + "'").at(0);
  };
  const auto id = [&](const std::string& words) { return TextId{std::stoll(text_of(words))}; };
  fixture.store->note_changes(std::vector<MeasuredChange>{
      {id("one"), id("two"), {.words_removed = 1, .words_added = 1, .share = 0.01, .is_minor = true}}});
  fixture.store->note_analyses(
      std::vector<AnalysedText>{{.text = id("one"),
                                 .analysis = {.language = "pt-BR", .gate = "yes", .kind = "policy"},
                                 .search_words = {}},
                                {.text = id("two"),
                                 .analysis = {.language = "pta", .gate = "yes", .kind = "policy"},
                                 .search_words = {}}});
  const ExportSelection a{.sites = {"a.test"}, .with_minor = false};
  CHECK(read(fixture.path, a) == Seen{"a.test#1 2010-01-01", "a.test#3 2015-01-01"});
  CHECK(read(fixture.path, a, ExportUnit::captures) ==
        Seen{"a.test#1 2010-01-01", "a.test#1 2011-01-01", "a.test#3 2015-01-01"});
  CHECK(read(fixture.path, {.sites = {"a.test"}, .language = "pt"}) == Seen{"a.test#1 2010-01-01"});
  CHECK(read(fixture.path, {.sites = {"a.test"}, .language = "pt-BR"}) == Seen{"a.test#1 2010-01-01"});
  CHECK(read(fixture.path, {.sites = {"a.test"}, .language = "PT-br"}) == Seen{"a.test#1 2010-01-01"});
}

TEST_CASE("after a cursor comes what has come since, whatever its date", "[export]") {
  StoreFixture fixture;
  fill(fixture);
  fixture.arrive();
  const ExportCursor first = ExportReader(fixture.path).cursor();
  CHECK(first.number == 4);
  CHECK(read(fixture.path, {.after = first.number}).empty());
  CHECK(read(fixture.path, {.after = 0}).size() == 4);

  show(fixture, 20160101000000, "http://a.test/privacy", "four");
  show(fixture, 20080101000000, "http://b.test/privacy", "zero");
  // Their run has not ended, maybe never: they have not come yet, and are not forgotten.
  CHECK(read(fixture.path, {.after = first.number}).empty());
  CHECK(ExportReader(fixture.path).cursor() == first);
  fixture.arrive();
  CHECK(read(fixture.path, {.after = first.number}) == Seen{"a.test#4 2016-01-01", "b.test#1 2008-01-01"});
  CHECK(read(fixture.path, {.sites = {"b.test"}, .after = first.number}) == Seen{"b.test#1 2008-01-01"});
  CHECK(read(fixture.path, {.after = ExportReader(fixture.path).cursor().number}).empty());

  // A version that begins earlier than was known is another one.
  const std::uint64_t second = ExportReader(fixture.path).cursor().number;
  show(fixture, 20150601000000, "http://a.test/privacy", "four");
  fixture.arrive();
  CHECK(read(fixture.path, {.after = second}) == Seen{"a.test#4 2015-06-01"});
}

TEST_CASE("harvests and exports in turn hand on every version", "[export]") {
  StoreFixture fixture;
  Seen ids;
  std::uint64_t cursor = 0;
  for (std::uint64_t round = 0; round < 20; ++round) {
    // Now later, now earlier than what is there; sometimes words that were there.
    const std::uint64_t year = 2000 + (round * 7) % 20;
    show(fixture, year * 10000000000 + 101000000, "http://a.test/privacy",
         "words " + std::to_string(round % 13));
    if (round % 3 != 0) continue;
    fixture.arrive();
    ExportReader reader(fixture.path);
    reader.for_each({.after = cursor}, ExportUnit::versions, ExportOrder::by_series,
                    [&](const ExportedRecord& exported) { ids.push_back(record_id(exported)); });
    cursor = reader.cursor().number;
  }
  fixture.arrive();
  ExportReader reader(fixture.path);
  const auto take = [&](const ExportedRecord& exported) { ids.push_back(record_id(exported)); };
  reader.for_each({.after = cursor}, ExportUnit::versions, ExportOrder::by_series, take);
  std::size_t versions = 0;
  reader.for_each({}, ExportUnit::versions, ExportOrder::by_series, [&](const ExportedRecord& exported) {
    CHECK(std::count(ids.begin(), ids.end(), record_id(exported)) == 1);
    ++versions;
  });
  CHECK(versions > 10);
}

TEST_CASE("a damaged row ends the export with one clear error", "[export]") {
  StoreFixture fixture;
  fill(fixture);
  const std::string damage = GENERATE(as<std::string>{}, "UPDATE versions SET last_seen = 99999999999999",
                                      "UPDATE captures SET timestamp = 20119999000000; "
                                      "UPDATE versions SET first_seen = 20119999000000",
                                      "UPDATE texts SET sha256 = x'00'", "UPDATE bodies SET sha1 = x'00'",
                                      "UPDATE provenance SET record = '{\"requested_url\":\"x'");
  CAPTURE(damage);
  {
    SQLite::Database database(fixture.path, SQLite::OPEN_READWRITE);
    database.exec("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; " + damage);
  }
  for (const ExportUnit unit : {ExportUnit::versions, ExportUnit::captures}) {
    ExportReader reader(fixture.path);
    CHECK_THROWS_AS(
        reader.for_each({}, unit, ExportOrder::by_series,
                        [](const ExportedRecord& exported) { CHECK(exported.record.version.number > 0); }),
        Error);
  }
}

TEST_CASE("a cursor as text", "[export]") {
  const ExportCursor cursor{"0123456789abcdef", 4711};
  CHECK(cursor.str() == "0123456789abcdef-4711");
  CHECK(ExportCursor::parse(cursor.str()) == cursor);
  for (const char* none : {"", "4711", "0123456789abcdef", "0123456789abcdef-", "0123456789abcdef-x",
                           "0123456789abcdef--1", "0123456789ABCDEF-1", "0123456789abcdef-1 ",
                           "0123456789abcdef-9223372036854775808", "0123456789abcdef-99999999999999999999"}) {
    CAPTURE(none);
    CHECK_FALSE(ExportCursor::parse(none));
  }
}

TEST_CASE("all is of one moment, also what is read late", "[export]") {
  StoreFixture fixture;
  fill(fixture);
  fixture.arrive();
  ExportReader reader(fixture.path);
  show(fixture, 20200101000000, "http://a.test/privacy", "late");
  fixture.arrive();
  std::size_t versions = 0;
  reader.for_each({}, ExportUnit::versions, ExportOrder::by_series,
                  [&](const ExportedRecord&) { ++versions; });
  CHECK(versions == 4);
  CHECK(reader.cursor().number == 4);
  CHECK_THROWS_WITH(reader.body(sha256("<p>late</p>")), Catch::Contains("lacks the body"));
  CHECK(reader.body(sha256("<p>one</p>")) == "<p>one</p>");
}
