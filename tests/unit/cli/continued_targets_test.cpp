#include "cli/harvest/continued_targets.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::cli;
using namespace winnow::test;

namespace {

std::vector<std::string> shown(const std::vector<Target>& targets) {
  std::vector<std::string> lines;
  for (const Target& target : targets)
    lines.push_back(fmt::format("{} {}", target.text, target.since ? target.since->date() : "-"));
  return lines;
}

}  // namespace

TEST_CASE("a harvest asks for each page since the last look at it", "[harvest]") {
  StoreFixture fixture;
  const auto look = [&](const std::string& url, std::uint64_t until) {
    fixture.store->note_look(
        {fixture.archive, fixture.list({capture(20100101000000, url, url)}).pages, {}, at(until)});
  };
  look("http://a.test/privacy", 20200601000000);
  look("http://legal.a.test/privacy", 20190601000000);
  look("http://b.test/legal/privacy", 20100115000000);
  fixture.list({capture(20100101000000, "http://c.test/never-looked-at")});

  struct Case {
    const char* story;
    std::vector<std::string> seeds;
    std::vector<std::string> targets;
  };
  // Sixty days before the last look, or the last capture that is known when that is earlier.
  const std::string a = "http://a.test/privacy 2010-01-01";
  const std::vector<Case> cases = {
      {"everything, the longest not looked at first",
       {},
       {"http://b.test/legal/privacy 2009-11-16", "http://legal.a.test/privacy 2010-01-01", a}},
      {"a site, with its subdomains", {"a.test"}, {"http://legal.a.test/privacy 2010-01-01", a}},
      {"a subdomain", {"legal.a.test"}, {"http://legal.a.test/privacy 2010-01-01"}},
      {"a page, as it may be spelled", {"https://www.a.test/privacy/"}, {a}},
      {"a prefix", {"b.test/legal/*"}, {"http://b.test/legal/privacy 2009-11-16"}},
      {"what is new to the store comes first, whole",
       {"a.test", "d.test"},
       {"d.test -", "http://legal.a.test/privacy 2010-01-01", a}},
  };
  for (const auto& [story, seeds, targets] : cases) {
    CAPTURE(story);
    WatchReader reader(fixture.path);
    CHECK(shown(continued_targets(reader, k_archive, parse_targets(seeds))) == targets);
  }
  WatchReader reader(fixture.path);
  CHECK(shown(continued_targets(reader, "https://other.test", {})).empty());
}

TEST_CASE("a page that another one took over from is not watched any longer", "[harvest]") {
  StoreFixture fixture;
  const auto pages =
      fixture
          .list({capture(20100101000000, "http://a.test/old"), capture(20150101000000, "http://a.test/new")})
          .pages;
  fixture.store->note_look({fixture.archive, pages, {}, at(20200101000000)});
  fixture.store->join(std::vector<Takeover>{
      {"test,a)/old", "test,a)/new", at(20140101000000), Takeover::Evidence::redirect, 0.9}});
  WatchReader reader(fixture.path);
  CHECK(shown(continued_targets(reader, k_archive, {})) ==
        std::vector<std::string>{"http://a.test/new 2015-01-01"});
}

TEST_CASE("a seed that the archive has nothing of is not asked for again before its time", "[harvest]") {
  StoreFixture fixture;
  fixture.store->note_target(fixture.archive, "http://a.test/privacy", {.reason = Reason::not_archived});
  fixture.store->note_target(fixture.archive, "b.test", {.reason = Reason::transport_error});
  WatchReader reader(fixture.path);
  CHECK(shown(continued_targets(reader, k_archive, parse_targets({"http://a.test/privacy", "b.test"}))) ==
        std::vector<std::string>{"b.test -"});
}

TEST_CASE("nor is a page that came from elsewhere and that the archive has nothing of", "[harvest]") {
  StoreFixture fixture;
  fixture.plan(fixture.list({capture(20100101000000, "http://a.test/privacy")}).pages, Selection::all);
  const auto claimed = fixture.store->claim(1);
  const std::vector<CaptureResult> results = {result(claimed.at(0), "words")};
  fixture.store->record(results);
  const auto other = fixture.store->archive("https://other.test", "wayback");
  WatchReader reader(fixture.path);
  CHECK(shown(continued_targets(reader, "https://other.test", {})) ==
        std::vector<std::string>{"http://a.test/privacy -"});
  fixture.store->note_target(other, "http://a.test/privacy", {.reason = Reason::not_archived});
  CHECK(shown(continued_targets(reader, "https://other.test", {})).empty());
}
