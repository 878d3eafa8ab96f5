#include "cli/discover/takeovers.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/unit/cli/discover_fixture.hpp"

using namespace winnow;
using namespace winnow::cli;
using namespace winnow::test;

namespace {

Candidate page(const char* path, const char* from, const char* to, const char* text,
               std::uint64_t simhash = 0) {
  Candidate page = candidate(std::string("http://a.example/") + path,
                             {policy(from, text, simhash), policy(to, text, simhash)});
  page.from = day(from);
  page.to = day(to);
  page.confidence = 0.9;
  return page;
}

std::string key(const char* path) {
  return std::string("example,a)/") + path;
}

Sighting seen(const char* date, const std::vector<const char*>& paths) {
  Sighting sighting{day(date), {}};
  for (const char* path : paths)
    sighting.urlkeys.insert(key(path));
  return sighting;
}

/// "old>new 2012-01-01 redirect"
std::vector<std::string> told(const std::vector<Takeover>& takeovers) {
  std::vector<std::string> lines;
  for (const Takeover& takeover : takeovers) {
    lines.push_back(fmt::format("{}>{} {} {}", takeover.from_urlkey.substr(11), takeover.to_urlkey.substr(11),
                                takeover.when.date(), name(takeover.evidence)));
  }
  return lines;
}

using Lines = std::vector<std::string>;
constexpr std::uint64_t k_far = 0xFFFF;

}  // namespace

TEST_CASE("a redirect joins, also through a page that is no candidate") {
  const std::vector<Candidate> pages = {page("old", "2005", "2012", "a"),
                                        page("new", "2014", "2019", "b", k_far)};
  CHECK(told(find_takeovers(pages, {{key("old"), key("new"), day("2013"), FoundBy::redirect}}, {})) ==
        Lines{"old>new 2013-01-01 redirect"});
  CHECK(told(find_takeovers(pages,
                            {{key("old"), key("hop"), day("2013"), FoundBy::redirect},
                             {key("hop"), key("new"), day("2013-02"), FoundBy::redirect}},
                            {})) == Lines{"old>new 2013-01-01 redirect"});
  // Round in a circle, or to nothing that is known.
  CHECK(find_takeovers(pages,
                       {{key("old"), key("hop"), day("2013"), FoundBy::redirect},
                        {key("hop"), key("hop"), day("2013"), FoundBy::redirect}},
                       {})
            .empty());
  CHECK(find_takeovers(pages, {{key("hop"), key("new"), day("2013"), FoundBy::redirect}}, {}).empty());
}

TEST_CASE("texts join when they are the same or nearly so, and the new page is the younger") {
  const auto old_page = page("old", "2005", "2012", "a", 0);
  CHECK(told(find_takeovers({old_page, page("new", "2012", "2019", "a", 0)}, {}, {})) ==
        Lines{"old>new 2012-01-01 same-text"});
  CHECK(told(find_takeovers({old_page, page("new", "2012", "2019", "b", 0x0F)}, {}, {})) ==
        Lines{"old>new 2012-01-01 near-text"});
  CHECK(find_takeovers({old_page, page("new", "2012", "2019", "b", k_far)}, {}, {}).empty());
  // Copies beside it: one that began earlier, one that ended earlier.
  CHECK(find_takeovers({old_page, page("copy", "2001", "2019", "a", 0)}, {}, {}).empty());
  CHECK(find_takeovers({old_page, page("copy", "2007", "2010", "a", 0)}, {}, {}).empty());

  auto short_text = page("new", "2012", "2019", "b", 0x0F);
  for (auto& reading : short_text.read)
    reading.word_count = 60;
  CHECK(find_takeovers({old_page, short_text}, {}, {}).empty());
  auto german = page("new", "2012", "2019", "b", 0x0F);
  for (auto& reading : german.read)
    reading.language = "de";
  CHECK(find_takeovers({old_page, german}, {}, {}).empty());
}

TEST_CASE("a link joins when the homepage replaced it") {
  const std::vector<Candidate> pages = {page("old", "2005", "2012", "a"),
                                        page("new", "2014", "2019", "b", k_far)};
  const struct {
    const char* story;
    std::vector<Sighting> sightings;
    Lines takeovers;
  } k_rows[] = {
      // The page was captured before the homepage that links to it.
      {"replaced", {seen("2010", {"old"}), seen("2016", {"new"})}, {"old>new 2014-01-01 link-replaced"}},
      {"not linked for a while",
       {seen("2010", {"old"}), seen("2011", {}), seen("2013", {"new"})},
       {"old>new 2013-01-01 link-replaced"}},
      {"added beside", {seen("2010", {"old"}), seen("2013", {"old", "new"})}, {}},
      {"both, then one", {seen("2010", {"old", "new"}), seen("2013", {"new"})}, {}},
      {"of a page that was refused", {seen("2010", {"else"}), seen("2013", {"new"})}, {}},
  };
  for (const auto& row : k_rows) {
    INFO(row.story);
    CHECK(told(find_takeovers(pages, {}, row.sightings)) == row.takeovers);
  }
  auto other_language = pages;
  for (auto& reading : other_language[1].read)
    reading.language = "fr";
  CHECK(find_takeovers(other_language, {}, k_rows[0].sightings).empty());
}

TEST_CASE("of several kinds of evidence the surest is told, once for each pair") {
  const std::vector<Candidate> pages = {page("old", "2005", "2012", "a"), page("new", "2012", "2019", "a")};
  const std::vector<Sighting> sightings = {seen("2010", {"old"}), seen("2013", {"new"})};
  CHECK(told(find_takeovers(pages, {}, sightings)) == Lines{"old>new 2012-01-01 same-text"});
  CHECK(told(find_takeovers(pages,
                            {{key("old"), key("new"), day("2014"), FoundBy::redirect},
                             {key("old"), key("new"), day("2015"), FoundBy::redirect}},
                            sightings)) == Lines{"old>new 2014-01-01 redirect"});
}

TEST_CASE("pages that follow each other are one series") {
  const std::vector<Candidate> pages = {page("c", "2015", "2019", "a"), page("x", "2000", "2019", "x", k_far),
                                        page("a", "2005", "2010", "a"), page("b", "2010", "2014", "a")};
  const auto takeovers = find_takeovers(pages, {}, {});
  // Not a>c: b lies nearer.
  CHECK(told(takeovers) == Lines{"a>b 2010-01-01 same-text", "b>c 2015-01-01 same-text"});
  CHECK(group_series(pages, takeovers) == std::vector<std::vector<std::size_t>>{{1}, {2, 3, 0}});
}
