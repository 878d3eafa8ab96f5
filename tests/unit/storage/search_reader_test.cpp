#include "storage/search_reader.hpp"

#include <catch2/catch.hpp>

#include "storage/analysis_reader.hpp"
#include "storage/search_words.hpp"
#include "storage/snippets.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

/// A store whose versions were analysed as at the end of a run.
class SearchFixture : public StoreFixture {
public:
  void add(const std::string& url, const std::vector<std::pair<std::uint64_t, std::string>>& pages) {
    std::vector<ImportedCapture> captures;
    for (const auto& [time, words] : pages) {
      const Capture shown = capture(time * 1000000, url);
      const Held content = held(shown, words);
      captures.push_back({shown, "", content.provenance, content.content, {}});
    }
    store->import(archive, Found::warc, captures);
  }

  void analyse(const std::string& language = "en") {
    AnalysisReader reader(path);
    std::vector<AnalysedText> analysed;
    for (const UnanalysedText& text : reader.texts()) {
      const Text content = reader.text(text.id);
      TextAnalysis analysis;
      analysis.language = language;
      analysis.kind = "policy";
      analysed.push_back({text.id, analysis, search_words(content.title, content.markdown)});
    }
    store->note_analyses(analysed);
  }

  /// `site#shown: 1-3 5`, with `<` and `>` where a run is known to begin and to end.
  std::vector<std::string> search(const std::string& words, SearchQuery query = {}) {
    query.match = match_expression(words).value();
    result = SearchReader(path).search(query);
    std::vector<std::string> found;
    for (const SearchHit& hit : result.hits) {
      std::string line = hit.site + "#" + std::to_string(hit.version) + ":";
      for (const VersionRun& run : hit.runs) {
        line += std::string(" ") + (run.absent_until ? "<" : "") + std::to_string(run.first) + "-" +
                std::to_string(run.last) + (run.absent_from ? ">" : "");
      }
      found.push_back(line);
    }
    return found;
  }

  SearchResult result;
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE_METHOD(SearchFixture, "A search tells the runs of versions that have the words") {
  add("http://a.example/privacy", {{20100101, "we sell data"},
                                   {20110101, "we love data"},
                                   {20120101, "we sell data"},
                                   {20130101, "we sell nothing"}});
  add("http://b.example/privacy", {{20100101, "nothing at all"}, {20110101, "they sell"}});
  add("http://c.example/privacy", {{20100101, "all"}});
  analyse();

  CHECK(search("love") == Lines{"a.example#2: <2-2>"});
  CHECK(search("\"sell data\"").at(0).substr(11) == ": 1-1> <3-3>");
  CHECK(search("data -love").at(0).substr(11) == ": 1-1> <3-3>");
  CHECK(search("sell", {.site = "b.example"}) == Lines{"b.example#2: <2-2"});
  CHECK(search("sell").size() == 2);
  CHECK(search("nowhere").empty());

  SECTION("the bracket of a run are the captures beside it") {
    search("love");
    const VersionRun& run = result.hits.at(0).runs.at(0);
    CHECK(run.absent_until == at(20100101000000));
    CHECK(run.first_seen == at(20110101000000));
    CHECK(run.last_seen == at(20110101000000));
    CHECK(run.absent_from == at(20120101000000));
    CHECK(result.hits[0].url == "http://a.example/privacy");
    CHECK(result.hits[0].versions == 4);
    CHECK(result.hits[0].markdown == "we love data\n");
  }

  SECTION("who had it first, and who has lost it") {
    CHECK(search("sell", {.order = SearchOrder::first}) ==
          Lines{"a.example#1: 1-1> <3-4", "b.example#2: <2-2"});
    CHECK(search("data", {.order = SearchOrder::last}) == Lines{"a.example#3: 1-3>"});
    CHECK(search("sell", {.order = SearchOrder::last}) ==
          Lines{"a.example#4: 1-1> <3-4", "b.example#2: <2-2"});
    CHECK(search("nothing", {.order = SearchOrder::last}) == Lines{"b.example#1: 1-1>", "a.example#4: <4-4"});
  }

  SECTION("dates are when a version was seen, or when the words came or went") {
    CHECK(search("sell", {.since = at(20120101000000), .until = at(20121231000000)}) ==
          Lines{"a.example#3: 1-1> <3-4"});
    CHECK(search("sell", {.since = at(20110101000000), .order = SearchOrder::first}) ==
          Lines{"b.example#2: <2-2"});
    CHECK(search("sell", {.until = at(20111231000000), .order = SearchOrder::last}) ==
          Lines{"b.example#2: <2-2"});
    CHECK(search("sell", {.since = at(20200101000000)}).empty());
  }

  SECTION("no more series than asked for, and whether there are more") {
    CHECK(search("sell", {.limit = 1}).size() == 1);
    CHECK(result.are_more);
    CHECK(search("sell", {.limit = 2}).size() == 2);
    CHECK_FALSE(result.are_more);
    CHECK(search("sell", {.order = SearchOrder::first, .limit = 1}) == Lines{"a.example#1: 1-1> <3-4"});
    CHECK(result.are_more);
  }

  SECTION("what can't be searched yet is no absence") {
    CHECK(SearchReader(path).unsearched_versions() == 0);
    add("http://a.example/privacy", {{20140101, "we sell cars"}});
    CHECK(search("sell", {.site = "a.example", .order = SearchOrder::last}) ==
          Lines{"a.example#4: 1-1> <3-4"});
    CHECK(SearchReader(path).unsearched_versions() == 1);
    analyse();
    CHECK(search("sell", {.site = "a.example", .order = SearchOrder::last}) ==
          Lines{"a.example#5: 1-1> <3-5"});
    CHECK(SearchReader(path).unsearched_versions() == 0);
  }
}

TEST_CASE_METHOD(SearchFixture, "The best match comes first, with its best version") {
  add("http://a.example/privacy",
      {{20100101, "cookies and many more words that are about other things entirely"},
       {20110101, "cookies cookies cookies"}});
  add("http://b.example/privacy", {{20100101, "cookies cookies and a few words"}});
  analyse();
  CHECK(search("cookies") == Lines{"a.example#2: 1-2", "b.example#1: 1-1"});
  // By dates that its best version is not in, the other site is better.
  CHECK(search("cookies", {.until = at(20101231000000)}) == Lines{"b.example#1: 1-1", "a.example#1: 1-2"});
}

TEST_CASE_METHOD(SearchFixture, "Of many series those that are asked for are the first of all") {
  for (std::uint64_t i = 0; i < 20; ++i) {
    const std::uint64_t year = 2000 + i * 7 % 20;  // neither as they come nor backwards
    add("http://" + std::to_string(year) + ".example/privacy",
        {{year * 10000 + 101, "sell " + std::to_string(i)}, {year * 10000 + 601, "keep"}});
  }
  analyse();
  CHECK(search("sell", {.order = SearchOrder::first, .limit = 2}) ==
        Lines{"2000.example#1: 1-1>", "2001.example#1: 1-1>"});
  CHECK(result.are_more);
  CHECK(search("sell", {.order = SearchOrder::last, .limit = 2}) ==
        Lines{"2019.example#1: 1-1>", "2018.example#1: 1-1>"});
  CHECK(search("sell", {.order = SearchOrder::first, .limit = 20}).size() == 20);
  CHECK_FALSE(result.are_more);
}

TEST_CASE_METHOD(SearchFixture, "A text that comes back is searched once and found in each of its versions") {
  add("http://a.example/privacy",
      {{20100101, "one"}, {20110101, "two"}, {20120101, "one"}, {20130101, "two"}});
  analyse();
  CHECK(search("one") == Lines{"a.example#3: 1-1> <3-3>"});
}

TEST_CASE_METHOD(SearchFixture, "Versions of one language only") {
  add("http://a.example/privacy", {{20100101, "cookies in English"}});
  analyse("en");
  add("http://a.example/privacy", {{20110101, "cookies traditionell"}});
  analyse("zh-Hant");
  CHECK(search("cookies", {.language = "en"}) == Lines{"a.example#1: 1-2"});
  CHECK(search("cookies", {.language = "zh"}) == Lines{"a.example#2: 1-2"});
  CHECK(search("cookies", {.language = "z"}).empty());
}

TEST_CASE_METHOD(SearchFixture, "Captures that nobody has read stand between a version and the one before") {
  const std::string url = "http://a.example/privacy";
  list({capture(20110101000000, url, "unread")});
  add(url, {{20100101, "one"}, {20120101, "two"}});
  analyse();
  search("two");
  CHECK(result.hits.at(0).runs.at(0).unread_before == 1);
  search("one");
  CHECK(result.hits.at(0).runs.at(0).unread_after == 1);
}

TEST_CASE_METHOD(SearchFixture, "Words that thousands of texts have are found without ranking") {
  std::vector<std::pair<std::uint64_t, std::string>> pages;
  for (std::uint64_t i = 0; i <= SearchReader::k_most_ranked; ++i)
    pages.emplace_back(20100101 + i / 28 % 12 * 100 + i % 28 + i / 336 * 10000,
                       "privacy " + std::to_string(i));
  add("http://a.example/privacy", pages);
  add("http://b.example/privacy", {{20100101, "other"}, {20110101, "privacy"}});
  analyse();
  CHECK(search("privacy", {.limit = 1}).at(0).substr(0, 14) == "a.example#5001");
  CHECK(result.is_unranked);
  CHECK(search("privacy", {.site = "b.example"}) == Lines{"b.example#2: <2-2"});
  CHECK(search("priv*", {.site = "b.example"}) == Lines{"b.example#2: <2-2"});
  CHECK(search("privacy", {.order = SearchOrder::first}) ==
        Lines{"a.example#1: 1-5001", "b.example#2: <2-2"});
  CHECK(search("privacy", {.until = at(20100601000000), .order = SearchOrder::first}) ==
        Lines{"a.example#1: 1-5001"});
  CHECK(search("privacy", {.since = at(20110101000000), .order = SearchOrder::first}) ==
        Lines{"b.example#2: <2-2"});
  CHECK(search("privacy 4711").size() == 1);
  CHECK_FALSE(result.is_unranked);
}

TEST_CASE_METHOD(SearchFixture, "One phrase is ranked as bm25() ranks it") {
  // Among as many hits the shorter text is better, and of texts as long that with more hits.
  add("http://a.example/privacy",
      {{20100101, "we sell data " + std::string(600, 'x') + " and much else besides"}});
  add("http://b.example/privacy", {{20100101, "we sell data"}});
  add("http://c.example/privacy", {{20100101, "we sell data and sell data again and sell data on and on"}});
  add("http://d.example/privacy", {{20100101, "data that we sell"}});
  analyse();
  const auto by_phrase = search("\"sell data\"");
  CHECK(by_phrase == Lines{"c.example#1: 1-1", "b.example#1: 1-1", "a.example#1: 1-1"});
  // Twice the same phrase, which is weighed by bm25().
  CHECK(search("\"sell data\" \"sell data\"") == by_phrase);
}

TEST_CASE_METHOD(SearchFixture,
                 "All series that have the words are counted by year, whatever is shown of them") {
  add("http://a.example/privacy", {{20100101, "we sell"}, {20110101, "we keep"}, {20130101, "we sell"}});
  add("http://b.example/privacy", {{20100601, "they sell"}, {20120601, "they sell a lot"}});
  add("http://c.example/privacy", {{20110101, "nothing"}, {20120101, "nothing at all"}});
  analyse();
  /// `year: with words/known`
  const auto years = [&](SearchQuery query, const std::string& words = "sell") {
    query.limit = 1;
    query.by_year = true;
    search(words, query);
    CHECK_FALSE(result.are_years_estimated);
    std::string line;
    for (const YearCount& count : result.years)
      line += std::to_string(count.year) + ": " + std::to_string(count.with_words) + "/" +
              std::to_string(count.known) + " ";
    return line;
  };
  CHECK(years({}) == "2010: 2/2 2011: 1/2 2012: 1/2 2013: 1/1 ");
  CHECK(result.hits.size() == 1);
  CHECK(years({.order = SearchOrder::first}) == "2010: 2/2 2011: 1/2 2012: 1/2 2013: 1/1 ");
  CHECK(years({.site = "b.example"}) == "2010: 1/1 2011: 1/1 2012: 1/1 ");
  CHECK(years({.since = at(20120101000000), .until = at(20121231000000)}) == "2012: 1/2 ");
  CHECK(years({.language = "de"}).empty());
  CHECK(years({}, "nowhere").empty());
  search("sell");
  CHECK(result.years.empty());
}

TEST_CASE_METHOD(SearchFixture, "Of more series than can be counted a sample is, and the count says so") {
  std::vector<ImportedCapture> captures;
  for (int i = 0; i < 2100; ++i) {
    const Capture shown = capture(20100101000000, "http://" + std::to_string(i) + ".example/privacy");
    const Held content = held(shown, "sell " + std::to_string(i));
    captures.push_back({shown, "", content.provenance, content.content, {}});
  }
  store->import(archive, Found::warc, captures);
  add("http://rare.example/privacy", {{20110101, "sell a lantern"}});
  analyse();
  CHECK(search("sell", {.limit = 1, .by_year = true}).size() == 1);
  CHECK(result.are_years_estimated);
  REQUIRE(result.years.size() <= 2);
  CHECK(result.years.at(0).year == 2010);
  CHECK(result.years.at(0).with_words >= 2090);
  CHECK(result.years.at(0).with_words <= 2101);
  search("lantern", {.by_year = true});
  CHECK_FALSE(result.are_years_estimated);
  CHECK(result.years.at(0).with_words == 1);
}

namespace {

/// Hits in brackets.
std::string snippet(const std::string& words, const std::string& text, const std::string& title = "") {
  const Snippet found = Snippets().snippet(title, text, mark_expression(words));
  std::string line = found.is_start ? "" : "... ";
  for (const SnippetPiece& piece : found.pieces)
    line += piece.is_hit ? "[" + piece.text + "]" : piece.text;
  return line + (found.is_end ? "" : " ...");
}

}  // namespace

TEST_CASE("A snippet has the words around the hits, as they stand in the text") {
  CHECK(snippet("data", "Our (Data) policy.") == "Our ([Data]) policy");
  CHECK(snippet("\"personal data\"", "Your personal\ndata, data.") == "Your [personal\ndata], data");
  CHECK(snippet("a c", "a b c") == "[a] b [c]");
  CHECK(snippet("consent* -cookies", "You consented to cookies") == "You [consented] to cookies");
  CHECK(snippet("confidentialite", "La confidentialité") == "La [confidentialité]");
  CHECK(snippet("隐私", "本隐私政策") == "本[隐私]政策");
  CHECK(snippet("lantern", "Nothing here", "The Lantern Post") == "The [Lantern] Post");
  CHECK(snippet("\"sell data\" \"data on\"", "We sell data on.") == "We [sell data on]");
  CHECK(snippet("\"sell da\"*", "We sell. Da! We sell data") == "We [sell. Da]! We [sell data]");
  CHECK(snippet("a", "") == "...  ...");
  CHECK(snippet("lantern nothing", "Nothing here", "The Lantern Post") == "[Nothing] here");
}

TEST_CASE("A snippet is of some thirty words where the most of them stand together") {
  std::string words;
  for (int i = 0; i < 100; ++i)
    words += "w" + std::to_string(i) + " ";
  CHECK(snippet("w50", words).substr(0, 12) == "... w40 w41 ");
  CHECK(snippet("w50", words).find("w49 [w50] w51") != std::string::npos);
  CHECK(snippet("w50", words).substr(snippet("w50", words).size() - 8) == " w69 ...");
  std::string lines;
  for (int i = 0; i < 3000; ++i)
    lines += "line " + std::to_string(i) + "\n";
  // Far behind the beginning, which is looked at first; the last words before its end are no end of the text.
  CHECK(snippet("data", lines + "data\n" + lines).find("2999\n[data]\nline 0") != std::string::npos);
  CHECK(snippet("line data", lines + "data line").find("2999\n[data] [line]") != std::string::npos);
  CHECK(snippet("line", lines).substr(0, 17) == "[line] 0\n[line] 1");
  CHECK(snippet("458", lines).substr(snippet("458", lines).size() - 12) == "467\nline ...");
  CHECK(snippet("data w77", "data " + words + "data").substr(0, 7) == "[data] ");
  CHECK(snippet("data w77", "data w1 w2 " + words + "w77 w78 data").substr(0, 4) == "... ");
  CHECK(snippet("\"" + words + "\"", words).substr(0, 4) == "[w0 ");
}
