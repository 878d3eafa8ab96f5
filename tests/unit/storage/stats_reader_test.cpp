#include "storage/stats_reader.hpp"

#include <catch2/catch.hpp>

#include "storage/analysis_reader.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

class StatsFixture : public StoreFixture {
public:
  void add(const std::string& url, std::uint64_t time, const std::string& words, std::uint32_t word_count) {
    const Capture shown = capture(time, url);
    Held content = held(shown, words);
    Text said = text(words);
    said.word_count = word_count;
    content.content.text = pack_text(said);
    const ImportedCapture imported{shown, "", content.provenance, content.content, {}};
    store->import(archive, Found::warc, std::span(&imported, 1));
  }

  void analyse(double grade) {
    AnalysisReader reader(path);
    std::vector<AnalysedText> analysed;
    for (const UnanalysedText& text : reader.texts()) {
      TextAnalysis analysis;
      analysis.language = "en";
      analysis.kind = "policy";
      analysis.reading_grade = grade;
      analysed.push_back({text.id, analysis, ""});
    }
    store->note_analyses(analysed);
  }
};

}  // namespace

TEST_CASE_METHOD(StatsFixture, "A store in numbers, by years") {
  list({capture(20110505000000, "http://a.example/p", "listed"),
        capture(20110606000000, "http://a.example/p", "listed")});
  add("http://a.example/p", 20100101000000, "one", 100);
  add("http://a.example/p", 20100601000000, "two", 200);
  add("http://a.example/p", 20120101000000, "two", 200);
  analyse(8);
  add("http://a.example/q", 20120101000000, "three", 500);
  add("http://b.example/p", 20120301000000, "four", 300);
  analyse(12);
  add("http://b.example/p", 20130301000000, "five", 50);

  const StoreStats stats = StatsReader(path).stats("");
  CHECK(stats.sites == 2);
  CHECK(stats.series == 3);
  CHECK(stats.versions == 5);
  CHECK(stats.median_versions == 2);
  CHECK(stats.most_versions == 2);
  REQUIRE(stats.years.size() == 4);
  const YearStats& y2010 = stats.years.at(2010);
  CHECK(y2010.held == 2);
  CHECK(y2010.versions == 2);
  CHECK(y2010.median_words == 200);  // of the year's last version
  const YearStats& y2011 = stats.years.at(2011);
  CHECK(y2011.held == 0);
  CHECK(y2011.listed == 2);
  CHECK(y2011.versions == 0);
  CHECK(y2011.series == 1);  // before and after the year it was the same
  const YearStats& y2012 = stats.years.at(2012);
  CHECK(y2012.held == 3);
  CHECK(y2012.sites == 2);
  CHECK(y2012.series == 3);
  CHECK(y2012.median_words == 300);
  CHECK(y2012.mean_grade == Approx((8 + 12 + 12) / 3.0));
  CHECK_FALSE(stats.years.at(2013).mean_grade);
  CHECK(stats.languages == std::map<std::string, std::uint64_t>{{"", 1}, {"en", 2}});
  CHECK(stats.kinds == std::map<std::string, std::uint64_t>{{"", 1}, {"policy", 2}});

  const StoreStats of_site = StatsReader(path).stats("b.example");
  CHECK(of_site.series == 1);
  CHECK(of_site.years.size() == 2);
  CHECK(of_site.years.at(2012).held == 1);
  CHECK(StatsReader(path).stats("c.example").years.empty());
}
