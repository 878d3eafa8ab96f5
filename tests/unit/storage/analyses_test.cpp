#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "storage/analysis_reader.hpp"
#include "storage/repair.hpp"
#include "storage/verify.hpp"
#include "storage/watch_reader.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

using Rows = std::vector<std::string>;

/// Three versions of a page, the last one with the words of the first.
void harvest(StoreFixture& fixture) {
  const std::string url = "http://a.test/privacy";
  const auto listed = fixture.list({capture(20100101000000, url, "1"), capture(20120101000000, url, "2"),
                                    capture(20140101000000, url, "3")});
  fixture.plan(listed.pages, {Selection::all});
  const auto claimed = fixture.store->claim(3);
  fixture.store->record(std::vector{result(claimed.at(0), "we sell"), result(claimed.at(1), "we share"),
                                    result(claimed.at(2), "we sell")});
}

std::size_t found(const StoreFixture& fixture, const std::string& word) {
  return fixture.rows("SELECT rowid FROM text_words WHERE text_words MATCH '" + word + "'").size();
}

}  // namespace

TEST_CASE("what is said of texts and changes stands beside the versions", "[analyses]") {
  StoreFixture fixture;
  harvest(fixture);
  AnalysisReader reader(fixture.path);
  REQUIRE(reader.texts().size() == 2);  // each text once
  CHECK(reader.texts().front().url == "http://a.test/privacy");
  CHECK(reader.changes().empty());  // measured in the language that the analysis tells
  CHECK(reader.text(reader.texts().front().id).markdown == "we sell\n");
  CHECK(reader.text(reader.texts().front().id).title == "Policy");

  fixture.arrive();
  CHECK(reader.texts().empty());
  CHECK(reader.changes().empty());
  CHECK(fixture.rows("SELECT version, language, kind, claimed_date, words_removed, words_added, share, "
                     "simhash_distance, minor, returns_to FROM v_versions ORDER BY version") ==
        Rows{"1|en|policy|2012-05||||||", "2|en|policy|2012-05|1|2|0.25|3|1|",
             "3|en|policy|2012-05|1|2|0.25|3|1|1"});
  CHECK(fixture.rows("SELECT version, changed_after, seen_by FROM v_changes") ==
        Rows{"2|20100101000000|20120101000000", "3|20120101000000|20140101000000"});
  const auto versions = StoreReader(fixture.path).versions(SeriesId{1});
  REQUIRE(versions.size() == 3);
  CHECK(!versions[0].change);
  CHECK(versions[1].change == StoreFixture::change());
  CHECK(!versions[1].returns_to);
  CHECK(versions[2].returns_to == 1U);
  CHECK(versions[2].claimed_date == "2012-05");
  CHECK(versions[2].language == "en");
  CHECK(versions[2].kind == "policy");
  CHECK(found(fixture, "sell") == 1);
  CHECK(verify(fixture.path).damages.empty());
}

TEST_CASE("a date in figures is read so that it fits the time in which its text came up", "[analyses]") {
  StoreFixture fixture;
  harvest(fixture);  // seen in January 2010, 2012, 2014
  const auto [text, claimed, or_date, read] =
      GENERATE(table<std::size_t, const char*, const char*, const char*>({
          // "We sell" is the first text that is known: what it says may be two months ahead.
          {0, "2009-03-04", "2009-04-03", "2009-03-04"},
          {0, "2010-02-01", "2010-01-02", "2010-02-01"},
          {0, "2010-09-01", "2010-01-09", "2010-01-09"},
          // "We share" came between 2010-01-01 and 2012-01-01.
          {1, "2011-03-04", "2011-04-03", "2011-03-04"},
          {1, "2012-05-01", "2012-01-05", "2012-01-05"},
          {1, "2012-05-06", "2012-06-05", "2012-05-06"},
          {1, "2009-03-04", "2009-04-03", "2009-04-03"},
      }));
  INFO(claimed);
  AnalysisReader reader(fixture.path);
  std::vector<AnalysedText> texts;
  for (const auto& unanalysed : reader.texts()) {
    TextAnalysis analysis = StoreFixture::analysis();
    if (texts.size() == text) {
      analysis.claimed_date = claimed;
      analysis.claimed_or_date = or_date;
    }
    texts.push_back({unanalysed.id, analysis, "words"});
  }
  REQUIRE(texts.size() == 2);
  fixture.store->note_analyses(texts);
  const auto versions = StoreReader(fixture.path).versions(SeriesId{1});
  REQUIRE(versions.size() == 3);
  CHECK(versions[text].claimed_date == read);
  CHECK(versions[text].claimed_or_date == (read == std::string(claimed) ? or_date : claimed));
  CHECK(versions[1 - text].claimed_date == "2012-05");
  CHECK_FALSE(versions[1 - text].claimed_or_date);
  // The first text came back: what it says is as old as it was.
  CHECK(versions[2].claimed_date == versions[0].claimed_date);
}

TEST_CASE("of a site's pages the one that shows a privacy policy comes first", "[analyses]") {
  StoreFixture fixture;
  const auto listed = fixture.list({capture(20100101000000, "http://a.test/cookies", "1"),
                                    capture(20100101000000, "http://a.test/privacy", "2")});
  fixture.plan(listed.pages, {Selection::all});
  const auto claimed = fixture.store->claim(2);
  fixture.store->record(std::vector{result(claimed.at(0), "we bake"), result(claimed.at(1), "we sell")});
  CHECK(StoreReader(fixture.path).find_series("a.test").at(0).name == "test,a)/cookies");
  AnalysisReader reader(fixture.path);
  std::vector<AnalysedText> texts;
  for (const auto& unanalysed : reader.texts()) {
    TextAnalysis analysis = StoreFixture::analysis();
    if (unanalysed.url == "http://a.test/cookies") analysis.gate = "no";
    texts.push_back({unanalysed.id, analysis, "words"});
  }
  fixture.store->note_analyses(texts);
  CHECK(StoreReader(fixture.path).find_series("a.test").at(0).name == "test,a)/privacy");
}

TEST_CASE("a text that another process has analysed meanwhile is indexed once", "[analyses]") {
  StoreFixture fixture;
  harvest(fixture);
  const TextId text = AnalysisReader(fixture.path).texts().front().id;
  fixture.store->note_analyses(std::vector{AnalysedText{text, StoreFixture::analysis(), "sell"}});
  fixture.store->note_analyses(std::vector{AnalysedText{text, StoreFixture::analysis(), "buy"}});
  CHECK(found(fixture, "sell") == 1);
  CHECK(found(fixture, "buy") == 0);
}

TEST_CASE("versions have numbers in the order of their arrival, once they are analysed", "[analyses]") {
  StoreFixture fixture;
  harvest(fixture);
  CHECK(fixture.store->note_arrivals() == 0);
  CHECK(WatchReader(fixture.path).versions().empty());
  fixture.arrive();
  CHECK(fixture.store->note_arrivals() == 3);  // and again
  fixture.store->note_told(2);
  CHECK(fixture.rows("SELECT id, first_seen, told FROM arrivals") ==
        Rows{"1|20100101000000|1", "2|20120101000000|1", "3|20140101000000|0"});
  CHECK(WatchReader(fixture.path).versions().size() == 3);
  CHECK(WatchReader(fixture.path).told_versions().size() == 2);
  // An older one comes later.
  const auto listed = fixture.list({capture(20080101000000, "http://a.test/privacy", "0")});
  fixture.plan(listed.pages, {Selection::all});
  fixture.store->record(std::vector{result(fixture.store->claim(1).at(0), "we lend")});
  CHECK(fixture.store->note_arrivals() == 3);
  fixture.arrive();
  CHECK(fixture.store->note_arrivals() == 4);
  CHECK(fixture.rows("SELECT id, first_seen FROM arrivals ORDER BY id DESC LIMIT 1") ==
        Rows{"4|20080101000000"});
}

TEST_CASE("a run looks at the sites that it has brought something of, and at no others", "[analyses]") {
  StoreFixture fixture;
  harvest(fixture);
  CHECK(fixture.rows("SELECT s.name FROM unsettled u JOIN sites s ON s.id = u.site_id") == Rows{"a.test"});
  fixture.arrive();
  CHECK(fixture.rows("SELECT count(*) FROM unsettled") == Rows{"0"});
  // Were a settled site looked at, its texts would be analysed anew, and its arrivals go.
  const auto spoil = [&](const char* sql) {
    SQLite::Database(fixture.path, SQLite::OPEN_READWRITE).exec(sql);
  };
  spoil("DELETE FROM analyses");
  const auto listed = fixture.list({capture(20100101000000, "http://b.test/privacy", "1")});
  fixture.plan(listed.pages, {Selection::all});
  fixture.store->record(std::vector{result(fixture.store->claim(1).at(0), "we lend")});
  AnalysisReader reader(fixture.path);
  REQUIRE(reader.texts().size() == 1);
  CHECK(reader.texts().front().url == "http://b.test/privacy");
  CHECK(reader.changes().empty());
  CHECK(fixture.store->note_arrivals() == 3);  // it stays unsettled until it is analysed
  CHECK(fixture.rows("SELECT count(*) FROM unsettled") == Rows{"1"});
  fixture.arrive();
  CHECK(fixture.rows("SELECT count(*) FROM unsettled") == Rows{"0"});
  CHECK(fixture.rows("SELECT count(*) FROM arrivals") == Rows{"4"});
}

TEST_CASE("a version that is gone, or has another text with its words, unsettles its site", "[analyses]") {
  StoreFixture fixture;
  harvest(fixture);
  fixture.arrive();
  const auto listed = fixture.list({capture(20130101000000, "http://a.test/privacy", "4"),
                                    capture(20090101000000, "http://a.test/privacy", "5")});
  fixture.plan(listed.pages, {Selection::all});
  const auto claimed = fixture.store->claim(2);
  // Earlier than the first capture of the first version: that version is another one.
  fixture.store->record(std::vector{result(claimed.at(0), "we sell")});
  fixture.arrive();
  CHECK(fixture.rows("SELECT first_seen FROM arrivals ORDER BY first_seen") ==
        Rows{"20090101000000", "20120101000000", "20140101000000"});
  // The same words, written in another way, before the last version.
  Held other = held(claimed.at(1).capture, "we sell");
  Text text = winnow::test::text("we sell");
  text.markdown = "[we sell](http://a.test/)\n";
  other.content.text = pack_text(text);
  other.content.reading.url = "http://other.test/";
  const std::string body = "<p><a>we sell</a></p>";
  other.content.reading.body = sha256(body);
  other.content.sha1 = sha1(body);
  other.content.size = body.size();
  other.content.body = pack(body);
  fixture.store->record(std::vector<CaptureResult>{{claimed.at(1).id, other}});
  CHECK(AnalysisReader(fixture.path).texts().size() == 1);
  fixture.arrive();
  CHECK(fixture.rows("SELECT first_seen FROM arrivals ORDER BY first_seen") ==
        Rows{"20090101000000", "20120101000000", "20130101000000"});
  CHECK(verify(fixture.path).damages.empty());
}

TEST_CASE("a byte changed in what is searched is found, and repaired by forgetting it", "[analyses]") {
  StoreFixture fixture;
  harvest(fixture);
  fixture.arrive();
  fixture.store->note_told(fixture.store->note_arrivals());
  fixture.store.reset();
  const auto* const sql = GENERATE("UPDATE text_words_data SET block = block || x'00' WHERE id = 10",
                                   "UPDATE analyses SET kind = 'legal'", "UPDATE changes SET minor = 0",
                                   "UPDATE arrivals SET told = 0");
  SQLite::Database(fixture.path, SQLite::OPEN_READWRITE).exec(sql);
  CHECK_FALSE(verify(fixture.path).damages.empty());
  CHECK(repair(fixture.path, "winnow/test").after.damages.empty());
  fixture.store = std::make_unique<Store>(fixture.path);
  fixture.arrive();
  fixture.store->note_arrivals();
  CHECK(fixture.rows("SELECT count(*) FROM arrivals WHERE told = 1") == Rows{"3"});
  CHECK(found(fixture, "share") == 1);
  CHECK(fixture.rows("SELECT DISTINCT kind FROM analyses") == Rows{"policy"});
  CHECK(verify(fixture.path).damages.empty());
}
