#include "crawler/site_index.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

using namespace winnow;

namespace {

Capture row(std::string_view urlkey, std::string_view date, std::optional<int> status,
            std::string_view digest = "a") {
  return {std::string(urlkey),
          *Timestamp::parse_partial(date, Timestamp::Round::down),
          "http://site.example/" + std::string(date),
          "text/html",
          status,
          sha1(digest),
          {}};
}

std::vector<std::string> dates(const std::vector<Capture>& captures) {
  std::vector<std::string> dates;
  for (const Capture& capture : captures)
    dates.push_back(capture.timestamp.date());
  return dates;
}

std::vector<Capture> at(const std::vector<std::string_view>& moments) {
  std::vector<Capture> captures;
  for (const auto moment : moments)
    captures.push_back(row("example,site)/", moment, 200));
  return captures;
}

using Dates = std::vector<std::string>;
constexpr std::string_view k_privacy = "example,site)/privacy";

}  // namespace

TEST_CASE("a page's captures are told by what they brought") {
  SiteIndex index;
  index.add(row(k_privacy, "2010-01-05", 200));
  index.add(row(k_privacy, "2010-02-05", {}));  // a revisit
  index.add(row(k_privacy, "2011-02-05", 404));
  index.add(row(k_privacy, "2012-02-05", 301));
  const IndexedPage* page = index.find(k_privacy);
  REQUIRE(page != nullptr);
  CHECK(dates(page->served) == Dates{"2010-01-05", "2010-02-05"});
  CHECK(dates(page->led_away) == Dates{"2012-02-05"});
  CHECK(page->captures == 4);
  CHECK(page->url() == "http://site.example/2010-02-05");
  CHECK(page->url_score > 0.9);

  index.add(row("example,site)/privacy-policy", "2010", 404));
  CHECK(index.find("example,site)/privacy-policy")->url() == "http://site.example/2010");
}

TEST_CASE("of a month's captures with one digest the first and the last are kept") {
  SiteIndex index;
  for (const auto* const day : {"2010-01-01", "2010-01-02", "2010-01-03", "2010-01-04"})
    index.add(row(k_privacy, day, 200));
  index.add(row(k_privacy, "2010-01-05", 200, "b"));
  index.add(row(k_privacy, "2010-02-01", 200, "b"));
  index.add(row(k_privacy, "2010-01-02", 200));  // the index was asked again
  CHECK(dates(index.find(k_privacy)->served) ==
        Dates{"2010-01-01", "2010-01-04", "2010-01-05", "2010-02-01"});
  CHECK(index.find(k_privacy)->captures == 7);
}

TEST_CASE("a page whose URL is clearly another's is kept only when it is wanted") {
  SiteIndex index;
  index.add(row("example,site)/tag/privacy", "2010", 200));
  index.add(row("example,site)/p/123", "2010", 200));
  CHECK(index.pages().empty());
  CHECK(index.left_out() == 2);
  index.add(row("example,site)/p/123", "2010", 200), true);
  CHECK(index.find("example,site)/p/123")->url_score == 0);
  index.add_page("example,site)/legal.html");
  CHECK(index.find("example,site)/legal.html")->captures == 0);
  CHECK(index.find("example,site)/legal.html")->url().empty());
}

TEST_CASE("of a homepage a few captures a decade are read") {
  const struct {
    std::vector<std::string_view> moments;
    Dates chosen;
  } k_rows[] = {
      {{}, {}},
      {{"2010"}, {"2010-01-01"}},
      // One era: nearest to the middle, and the last.
      {{"2010-01", "2010-05", "2010-11", "2011-01"}, {"2010-05-01", "2011-01-01"}},
      // Four eras of ten years, of which one has no capture.
      {{"2000-01-01", "2000-12-01", "2002-01-01", "2005-12-31", "2009-12-31"},
       {"2000-12-01", "2005-12-31", "2009-12-31"}},
      // Two moments alike.
      {{"2010-01-01", "2010-01-01"}, {"2010-01-01"}},
  };
  for (const auto& row : k_rows) {
    CAPTURE(row.moments.size());
    CHECK(dates(choose_by_era(at(row.moments))) == row.chosen);
  }
}

TEST_CASE("however often a homepage was captured, few are read") {
  std::vector<std::string> moments;
  for (int year = 1996; year <= 2026; ++year) {
    for (int month = 10; month <= 12; ++month)
      moments.push_back(std::to_string(year) + "-" + std::to_string(month));
  }
  const auto chosen = choose_by_era(at({moments.begin(), moments.end()}));
  CHECK(chosen.size() == 13);  // 12 eras of about 30 months, and the last capture
  CHECK(chosen.back().timestamp.date() == "2026-12-01");
}

TEST_CASE("between two moments the capture nearest to their middle is read") {
  const auto captures = at({"2010", "2011", "2012", "2013"});
  const auto moment = [](std::string_view date) {
    return *Timestamp::parse_partial(date, Timestamp::Round::down);
  };
  CHECK(choose_between(captures, moment("2010"), moment("2013"))->timestamp.date() == "2012-01-01");
  CHECK(choose_between(captures, moment("2010"), moment("2012"))->timestamp.date() == "2011-01-01");
  CHECK_FALSE(choose_between(captures, moment("2012"), moment("2013")));
  CHECK_FALSE(choose_between({}, moment("2012"), moment("2013")));
}
