#include <catch2/catch.hpp>

#include "serve/diff_html.hpp"
#include "serve/reading_text.hpp"
#include "serve/time_axis.hpp"
#include "serve/words.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::serve;
using namespace winnow::test;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

VersionSummary version(std::uint32_t number, std::uint64_t first, std::uint64_t last, std::uint32_t words) {
  VersionSummary version{.number = number, .first_seen = at(first), .last_seen = at(last)};
  version.word_count = words;
  return version;
}

}  // namespace

TEST_CASE("a time axis covers whole years", "[serve]") {
  const TimeAxis axis(at(20110601000000), at(20140101000000));
  CHECK(axis.first_year() == 2011);
  CHECK(axis.last_year() == 2014);
  CHECK(axis.percent(at(20110101000000)) == 0);
  CHECK(axis.percent(at(20130101000000)) == Approx(50).margin(0.1));
  CHECK(axis.percent(at(20300101000000)) == 100);
  CHECK(axis.percent(at(19990101000000)) == 0);
}

TEST_CASE("a time line has each version, the brackets between them, captures and gaps", "[serve]") {
  const SeriesSummary series{.pages = {{"a", "http://a.test/<old>", {}, at(20120101000000)},
                                       {"b", "http://a.test/<new>", at(20120101000000), {}}}};
  std::vector<VersionSummary> versions = {version(1, 20100101000000, 20110101000000, 100),
                                          version(2, 20120101000000, 20120101000000, 200)};
  versions[1].changed_after = at(20110101000000);
  const std::vector<SeriesCapture> captures = {{at(20100101000000), "held", 200, true, ""},
                                               {at(20110101000000), "held", 200, true, ""},
                                               {at(20110601000000), "missing", {}, false, ""},
                                               {at(20120101000000), "held", 200, true, ""}};
  const Gap gap{
      .kind = Gap::Kind::between, .from = at(20110101000000), .to = at(20120101000000), .index_read = true};
  const std::string svg = timeline({series, versions, {"/v/1", "/v/\"2"}, captures, {gap}});
  CHECK(count(svg, "<rect class=\"version") == 2);
  CHECK(count(svg, "class=\"unsure\"") == 1);
  CHECK(count(svg, "class=\"capture\"") == 3);
  CHECK(count(svg, "class=\"capture bare\"") == 1);
  CHECK(count(svg, "class=\"gap\"") == 1);
  CHECK(svg.find("nothing was archived") != std::string::npos);
  CHECK(svg.find("moved to http://a.test/&lt;new&gt;") != std::string::npos);
  CHECK(svg.find("/v/&quot;2") != std::string::npos);
  CHECK(svg.find("style=") == std::string::npos);
  CHECK(svg.find(">200 words</text>") != std::string::npos);
  // The list has the same links for the keyboard.
  CHECK(count(svg, "<a href=") == count(svg, "tabindex=\"-1\""));
  CHECK(svg.find("version odd") == std::string::npos);
  versions[1].kind = "not-found";
  const std::string odd = timeline({series, versions, {"/v/1", "/v/2"}, captures, {gap}});
  CHECK(count(odd, "<rect class=\"version odd\"") == 1);
  CHECK(odd.find("200 words, error page or empty") != std::string::npos);
}

TEST_CASE("a time line is bounded whatever the captures", "[serve]") {
  const SeriesSummary series{.pages = {{"a", "http://a.test/", {}, {}}}};
  std::vector<SeriesCapture> captures;
  for (std::uint64_t day = 0; day < 50'000; ++day)
    captures.push_back({Timestamp::from_time(at(20000101000000).time() + std::chrono::hours(4 * day)), "held",
                        200, true, ""});
  const std::vector<VersionSummary> versions = {version(1, 20000101000000, 20200101000000, 0)};
  CHECK(timeline({series, versions, {"/"}, captures, {}}).size() < 200'000);
}

TEST_CASE("differences inline and side by side", "[serve]") {
  const std::string older =
      "# Title\n\nWe keep all the names of people & <b>.\n\nGone altogether.\n\nSame.\n";
  const std::string newer = "# Title\n\nWe keep all the faces of people & <b>.\n\nSame.\n\nNew altogether.\n";
  const std::string old_text = reading_text(older);
  const std::string new_text = reading_text(newer);
  const WordDiff diff = word_diff(old_text, new_text);
  const DiffHtml inlined = diff_html(diff, DiffLayout::inlined);
  CHECK(inlined.html.find("<del>names</del><ins>faces</ins>") != std::string::npos);
  CHECK(inlined.html.find("people &amp; &lt;b&gt;.") != std::string::npos);
  CHECK(inlined.html.find("<p class=\"l h\" dir=\"auto\">Title</p>") != std::string::npos);
  CHECK(count(inlined.html, "class=\"change\"") == inlined.changes);

  const DiffHtml side = diff_html(diff, DiffLayout::side_by_side);
  CHECK(side.changes == inlined.changes);
  CHECK(side.html.find("We keep all the <del>names</del> of people") != std::string::npos);
  CHECK(side.html.find("We keep all the <ins>faces</ins> of people") != std::string::npos);
  CHECK(count(side.html, "<del>") == count(inlined.html, "<del>"));
  CHECK(count(side.html, "<ins>") == count(inlined.html, "<ins>"));
  CHECK(count(side.html, "<div class=\"row same\">") == 2);  // the title and "Same."
}

TEST_CASE("a difference is of words: what only Markdown says is neither shown nor a change", "[serve]") {
  const auto [older, newer, changes, html] =
      GENERATE(table<std::string, std::string, std::size_t, std::string>({
          // tinder.com, 2026: all headings a level deeper, and the links of the new site
          {"## 1. Who we are", "### 1. Who we are", 0, "<p class=\"l h\" dir=\"auto\">1. Who we are</p>"},
          {"See [here](https://a.test/old).", "See [here](https://a.test/new).", 0, ">See here.</p>"},
          {"| Data | Use |\n| --- | --- |\n| name | ads |", "| **Data** | Use |\n|---|---|\n| name | ads |",
           0, ">Data"},
          {"> 1-4-1 Mita", "1-4-1 Mita", 0, ">1-4-1 Mita</p>"},
          {"We _may_ share.", "We **may** share.", 0, ">We may share.</p>"},
          {"We share, and sell.", "We share and sell.", 0, "<del>,</del>"},
          {"## Old", "## New", 1, "<p class=\"l h\" dir=\"auto\"><del>Old</del>"},
          {"1. We share.", "2. We share.", 1, "We share."},
          {"<!-- a\nb -->\n# Title", "<!-- a\nb -->\n# Other", 1, "<del>Title</del>"},
          {"", "# New", 1, "<ins>New</ins>"},
          {"Sumitomo Azabu Bldg", "4F Sumitomo Azabu Bldg", 1, "<ins>4F</ins> Sumitomo Azabu Bldg</p>"},
      }));
  CAPTURE(older, newer);
  const std::string old_text = reading_text(older);
  const std::string new_text = reading_text(newer);
  for (const DiffLayout layout : {DiffLayout::inlined, DiffLayout::side_by_side}) {
    const DiffHtml got = diff_html(word_diff(old_text, new_text), layout);
    CAPTURE(got.html);
    CHECK(got.changes == changes);
    CHECK(got.html.find(html) != std::string::npos);
    CHECK(got.html.find("dir=\"auto\"> ") ==
          std::string::npos);  // no line begins with the space behind what went
    CHECK(got.html.find("https") == std::string::npos);
    CHECK(got.html.find_first_of("#|*\x01") == std::string::npos);
  }
}

TEST_CASE("what is far from a change is folded, and the same text has none", "[serve]") {
  std::string older;
  for (int i = 0; i < 100; ++i)
    older += "Line " + std::to_string(i) + ".\n\n";
  const DiffHtml folded = diff_html(word_diff(older, older + "More.\n"), DiffLayout::inlined);
  CHECK(count(folded.html, "<details") == 1);
  CHECK(folded.changes == 1);
  CHECK(diff_html(word_diff(older, older), DiffLayout::inlined).changes == 0);
  CHECK(diff_html(word_diff("", ""), DiffLayout::side_by_side).html.empty());
}

TEST_CASE("times without a text in words", "[serve]") {
  Gap gap{
      .kind = Gap::Kind::between, .from = at(20110101000000), .to = at(20120101000000), .index_read = true};
  CHECK(gap_sentence(gap) == "No text from 2011-01-01 to 2012-01-01: nothing was archived");
  // moving.com: the version was in force all the time; "no text" would contradict the list of versions.
  CHECK(gap_within_sentence(gap, 3, 0) ==
        "2011-01-01 to 2012-01-01: nothing was archived; version 3 before and after");
  CHECK(gap_within_sentence(gap, 3, 11) ==
        "2011-01-01 to 2012-01-01: seldom captured, 11 times in between, each with version 3");
  gap.index_read = false;
  gap.from.reset();
  CHECK(gap_sentence(gap) ==
        "No text before 2012-01-01: not known, for no archive’s index was read for all of it");
  gap.captures = 2;
  gap.hindrances[{Hindrance::status, "404"}] = 2;
  CHECK(gap_sentence(gap) == "No text before 2012-01-01: 2 captures without a text (2 status 404)");
}

TEST_CASE("numbers for people", "[serve]") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(1234567) == "1,234,567");
  CHECK(counted(1, "page") == "1 page");
  CHECK(counted(2000, "page") == "2,000 pages");
  CHECK(counted(2, "series") == "2 series");
  CHECK(counted(0, "entry") == "0 entries");
  CHECK(serve::percent(0.0004) == "under 0.1\u00a0%");
  CHECK(serve::percent(0.045) == "4.5\u00a0%");
}
