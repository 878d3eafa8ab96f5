#include "storage/rereader.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "storage/analysis_reader.hpp"
#include "storage/compactor.hpp"
#include "storage/verify.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

using Rows = std::vector<std::string>;

constexpr const char* k_url = "http://a.test/privacy";

/// Two held captures and one inferred from the first.
void harvest(StoreFixture& fixture) {
  const auto listed = fixture.list({capture(20100101000000, k_url, "1"), capture(20120101000000, k_url, "2"),
                                    capture(20140101000000, k_url, "1")});
  fixture.plan(listed.pages, {Selection::unique});
  const auto claimed = fixture.store->claim(3);
  REQUIRE(claimed.size() == 2);
  fixture.store->record(std::vector{result(claimed.at(0), "we sell"), result(claimed.at(1), "we share")});
}

/// An extractor that finds the same words in every body.
std::vector<Reread> read(const std::vector<RereadTask>& tasks, const std::string& words) {
  std::vector<Reread> rereads;
  rereads.reserve(tasks.size());
  for (const RereadTask& task : tasks)
    rereads.push_back({task, pack_text(text(words))});
  return rereads;
}

}  // namespace

TEST_CASE("reading anew changes nothing before its end, and then all at once", "[reextract]") {
  StoreFixture fixture;
  harvest(fixture);
  fixture.arrive();
  fixture.store->note_told(2);  // of three
  fixture.store->end_run(0, "{}");
  Rereader rereader(fixture.path, "winnow/test");
  CHECK(rereader.left() == 2);
  const auto tasks = rereader.next(100);
  REQUIRE(tasks.size() == 2);
  CHECK(tasks.front().reading == Reading{sha256("<p>we sell</p>"), "", k_url});
  CHECK(tasks.front().known_url.empty());
  rereader.note(read(tasks, "we"));
  CHECK(rereader.next(100).empty());
  CHECK(fixture.rows("SELECT words FROM v_versions").size() == 3);
  const RereadOutcome outcome = rereader.finish();
  CHECK(outcome.readings == 2);
  CHECK(outcome.captures == 3);
  CHECK(outcome.versions == -2);
  rereader.end(0, "{}");
  CHECK(fixture.rows("SELECT version, first_seen, last_seen, captures FROM v_versions") ==
        Rows{"1|20100101000000|20140101000000|3"});
  CHECK(fixture.rows("SELECT count(*) FROM texts") == Rows{"1"});
  // The site has changed nothing: it is no news, but it is handed on.
  fixture.arrive();
  CHECK(fixture.rows("SELECT id, first_seen, told FROM arrivals") == Rows{"5|20100101000000|1"});
  CHECK(verify(fixture.path).damages.empty());
}

TEST_CASE("what was read before a sudden death is not read again", "[reextract]") {
  StoreFixture fixture;
  harvest(fixture);
  fixture.store->end_run(0, "{}");
  {
    Rereader killed(fixture.path, "winnow/test");
    killed.note(read(killed.next(1), "we"));
  }
  Rereader rereader(fixture.path, "winnow/test");
  CHECK(rereader.left() == 1);
  const auto tasks = rereader.next(100);
  CHECK(tasks.size() == 1);
  rereader.note(read(tasks, "we"));
  rereader.finish();
  CHECK(fixture.rows("SELECT captures FROM v_versions") == Rows{"3"});
}

TEST_CASE("texts that rest on one another can all go", "[reextract]") {
  StoreFixture fixture;
  harvest(fixture);
  fixture.store->end_run(0, "{}");
  Compactor compactor(fixture.path, "winnow/test");
  while (compactor.step()) {
  }
  compactor.end(0, "{}");
  Rereader rereader(fixture.path, "winnow/test");
  rereader.note(read(rereader.next(100), "we"));
  rereader.finish();
  CHECK(fixture.rows("SELECT count(*) FROM texts") == Rows{"1"});
  CHECK(verify(fixture.path).damages.empty());
}

TEST_CASE("nobody writes while all is read anew", "[reextract]") {
  StoreFixture fixture;
  harvest(fixture);
  CHECK_THROWS_WITH(Rereader(fixture.path, "winnow/test"), Catch::Contains("in use by another run"));
  fixture.store->end_run(0, "{}");
  const Rereader rereader(fixture.path, "winnow/test");
  CHECK_THROWS_WITH(fixture.store->begin_run("test", "winnow/test"),
                    Catch::Contains("being cared for by another `winnow reextract`"));
}

TEST_CASE("every reading is made anew, also of what no held capture stands for", "[reextract]") {
  StoreFixture fixture;
  harvest(fixture);
  fixture.store->end_run(0, "{}");
  // As an archive leaves it that plays https for what its index lists under http; and a failure later on.
  SQLite::Database(fixture.path, SQLite::OPEN_READWRITE)
      .exec(
          "UPDATE readings SET url = 'https://a.test/privacy' WHERE body_id = 1; "
          "UPDATE captures SET state = 4 WHERE id = 2; UPDATE texts SET extractor = 99");
  Rereader rereader(fixture.path, "winnow/test");
  const auto tasks = rereader.next(100);
  REQUIRE(tasks.size() == 2);
  CHECK(tasks.front().known_url == "https://a.test/privacy");
  rereader.note(read(tasks, "we"));
  rereader.finish();
  rereader.end(0, "{}");
  CHECK(fixture.rows("SELECT DISTINCT extractor FROM texts") == Rows{std::to_string(k_extractor)});
  CHECK_FALSE(has_texts_of_another_extractor(fixture.path));
}

TEST_CASE("imported texts stay, whatever their bodies say", "[reextract]") {
  StoreFixture fixture;
  const Capture imported = capture(20100101000000, k_url);
  fixture.store->import(fixture.archive, Found::import,
                        std::vector{ImportedCapture{.capture = imported,
                                                    .site = "a.test",
                                                    .provenance = provenance(imported),
                                                    .body = held(imported, "we sell").content,
                                                    .given_text = pack_text(text("given"))}});
  fixture.store->end_run(0, "{}");
  Rereader rereader(fixture.path, "winnow/test");
  rereader.note(read(rereader.next(100), "we"));
  CHECK(rereader.finish().captures == 0);
  CHECK(StoreReader(fixture.path).version(SeriesId{1}, 1)->text.markdown == "given\n");
}

TEST_CASE("a store of another extractor is told", "[reextract]") {
  StoreFixture fixture;
  harvest(fixture);
  CHECK_FALSE(has_texts_of_another_extractor(fixture.path));
  SQLite::Database(fixture.path, SQLite::OPEN_READWRITE).exec("UPDATE texts SET extractor = 99 WHERE id = 1");
  CHECK(has_texts_of_another_extractor(fixture.path));
}

TEST_CASE("one at a time cares for a store", "[reextract]") {
  StoreFixture fixture;
  harvest(fixture);
  fixture.store->end_run(0, "{}");
  const Rereader rereader(fixture.path, "winnow/test");
  CHECK_THROWS_WITH(Compactor(fixture.path, "winnow/test"),
                    Catch::Contains("being cared for by another `winnow reextract`"));
}
