#include <catch2/catch.hpp>

#include "storage/export_reader.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

/// Two pages of a.test, the second ranked higher, and one of b.test without a text.
void fill(StoreFixture& fixture) {
  const std::vector<ListedCapture> rows = {{capture(20100101000000, "http://a.test/old"), 1},
                                           {capture(20110101000000, "http://www.a.test/privacy", "P"), 9},
                                           {capture(20120101000000, "http://a.test/privacy", "P"), 9},
                                           {capture(20130101000000, "http://a.test/privacy", "Q"), 9},
                                           {capture(20110101000000, "http://b.test/"), 0}};
  fixture.plan(fixture.store->add_captures(fixture.archive, rows).pages, Selection::unique);
  for (const auto& claimed : fixture.store->claim(100)) {
    const bool is_b = claimed.capture.urlkey == "test,b)/";
    fixture.store->record(
        std::vector{is_b ? failure(claimed, Reason::unplayable)
                         : result(claimed, "words of " + claimed.capture.timestamp.digits())});
  }
}

}  // namespace

TEST_CASE("pages are found as people name them", "[reader]") {
  StoreFixture fixture;
  fill(fixture);
  StoreReader reader(fixture.path);
  const auto [target, pages] = GENERATE(table<std::string, std::vector<std::string>>({
      {"a.test", {"test,a)/privacy", "test,a)/old"}},
      {"A.Test", {"test,a)/privacy", "test,a)/old"}},
      {"http://a.test/privacy", {"test,a)/privacy"}},
      {"https://www.a.test:443/privacy/", {"test,a)/privacy"}},
      {"test,a)/privacy", {"test,a)/privacy"}},
      {"b.test", {"test,b)/"}},
      {"c.test", {}},
  }));
  CAPTURE(target);
  std::vector<std::string> found;
  for (const auto& page : reader.find_series(target))
    found.push_back(page.name);
  CHECK(found == pages);
}

TEST_CASE("versions of a page, and what is known of each", "[reader]") {
  StoreFixture fixture;
  fill(fixture);
  StoreReader reader(fixture.path);
  const SeriesSummary page = reader.find_series("a.test").at(0);
  CHECK(page.captures == 3);
  CHECK(page.versions == 2);
  const auto versions = reader.versions(page.id);
  REQUIRE(versions.size() == 2);
  CHECK(versions[0].captures == 2);
  CHECK(versions[0].last_seen == at(20120101000000));
  CHECK_FALSE(versions[0].changed_after);
  CHECK(versions[1].changed_after == at(20120101000000));
  const auto record = reader.version(page.id, 1);
  REQUIRE(record);
  CHECK(record->capture.original == "http://www.a.test/privacy");
  CHECK(record->state == "held");
  CHECK(record->provenance);
  CHECK_FALSE(reader.version(page.id, 3));
}

TEST_CASE("an inferred capture answers with the provenance of the held one", "[reader]") {
  StoreFixture fixture;
  // The earliest capture is a revisit: its digest's 200 is fetched, and it is inferred.
  Capture revisit = capture(20090101000000, "http://a.test/", "P", {});
  revisit.mimetype = "warc/revisit";
  fixture.plan(fixture.list({revisit, capture(20100101000000, "http://a.test/", "P")}).pages,
               Selection::unique);
  fixture.store->record(std::vector{result(fixture.store->claim(1).at(0), "words")});
  StoreReader reader(fixture.path);
  const auto record = reader.version(reader.find_series("a.test").at(0).id, 1);
  REQUIRE(record);
  CHECK(record->state == "inferred");
  CHECK(record->capture.timestamp == at(20090101000000));
  CHECK_FALSE(record->replayed_statuscode);
  REQUIRE(record->provenance);
  CHECK(record->provenance->replayed_timestamp == at(20100101000000));
}

TEST_CASE("the last capture up to a moment tells what was to be seen then", "[reader]") {
  StoreFixture fixture;
  fixture.list(
      {capture(20100101000000, "http://a.test/", "A"), capture(20120101000000, "http://a.test/", "B", 404),
       capture(20130101000000, "http://a.test/", "C", 301), capture(20130101000000, "http://a.test/", "A"),
       capture(20140101000000, "http://a.test/", "D", {})});
  StoreReader reader(fixture.path);
  const SeriesId page = reader.find_series("a.test").at(0).id;
  CHECK_FALSE(reader.last_capture(page, at(20091231235959)));
  CHECK(reader.last_capture(page, at(20100101000000))->statuscode == 200);
  CHECK(reader.last_capture(page, at(20121231000000))->statuscode == 404);
  CHECK(reader.last_capture(page, at(20121231000000))->timestamp == at(20120101000000));
  CHECK(reader.last_capture(page, at(20130601000000))->statuscode == 200);  // two in one second
  CHECK(reader.last_capture(page, at(20140601000000))->statuscode == std::nullopt);
}

TEST_CASE("all versions come in order, those of one moment", "[reader]") {
  StoreFixture fixture;
  fill(fixture);
  ExportReader reader(fixture.path);
  std::vector<std::string> seen;
  reader.for_each({}, ExportUnit::versions, ExportOrder::by_series, [&](const ExportedRecord& exported) {
    const VersionRecord& record = exported.record;
    seen.push_back(record.capture.urlkey + "#" + std::to_string(record.version.number));
    // Written meanwhile by another connection: not part of this reading.
    fixture.store->import(fixture.archive, Found::warc,
                          std::vector<ImportedCapture>{{capture(20300101000000, "http://z.test/"),
                                                        {},
                                                        provenance(capture(20300101000000, "http://z.test/")),
                                                        {},
                                                        pack_text(text("late"))}});
  });
  CHECK(seen == std::vector<std::string>{"test,a)/old#1", "test,a)/privacy#1", "test,a)/privacy#2"});
}

TEST_CASE("packing and unpacking", "[codec]") {
  const std::string bytes =
      GENERATE(std::string(), std::string("a"), std::string(1'000'000, 'x'), std::string("\0\n", 2));
  const Packed packed = pack(bytes);
  CHECK(unpack(packed.encoding, packed.bytes, bytes.size()) == bytes);
  CHECK_THROWS_WITH(unpack(packed.encoding, packed.bytes, bytes.size() + 1), Catch::Contains("damaged"));
  CHECK_THROWS_WITH(unpack(packed.encoding, "no zstd", 10), Catch::Contains("damaged"));
  CHECK_THROWS_WITH(unpack(Encoding{99}, packed.bytes, bytes.size()), Catch::Contains("update winnow"));
}
