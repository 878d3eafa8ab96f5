#include "cli/discover/merged_discovery.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/cli/discover_fixture.hpp"

using namespace winnow;
using namespace winnow::cli;
using namespace winnow::test;

namespace {

Candidate page(const char* url, std::vector<PageReading> read) {
  Candidate page = candidate(url, std::move(read));
  page.first = page.read.front().timestamp;
  page.last = page.read.back().timestamp;
  page.captures = page.read.size();
  judge(page, {});
  return page;
}

/// As one archive would tell it.
ArchiveDiscovery part(const char* archive, std::vector<Candidate> candidates) {
  ArchiveDiscovery part{archive, {}};
  part.found.site = "a.example";
  part.found.evidence.homepage.urlkey = "example,a)/";
  sort_out(part.found, std::move(candidates));
  return part;
}

}  // namespace

TEST_CASE("a page that several archives have is one, with all that was read of it") {
  auto early = part("one", {page("http://a.example/privacy", {policy("2005"), policy("2010")})});
  auto late =
      part("two", {page("http://a.example/privacy", {policy("2008"), policy("2015"), soft_404("2020")})});
  early.found.failures = {"the index could not be read"};
  early.found.index_rows = 3;
  late.found.index_rows = 4;
  const SiteDiscovery merged = merge({early, late});
  REQUIRE(merged.pages.size() == 1);
  const Candidate& one = merged.pages.front();
  CHECK(one.from == day("2005"));
  CHECK(one.to == day("2015"));
  CHECK(one.then == Refusal::soft_404);
  CHECK(one.captures == 5);
  CHECK(one.confidence == early.found.pages[0].confidence);  // the same evidence twice is no more of it
  REQUIRE(one.found.size() == 2);
  CHECK(one.found[0].archive == "one");
  CHECK(one.found[1].archive == "two");
  CHECK(merged.failures == std::vector<std::string>{"one: the index could not be read"});
  CHECK(merged.index_rows == 7);
}

TEST_CASE("what is an error page in one archive may be the policy in another") {
  const auto gone = page("http://a.example/privacy", {soft_404("2020")});
  CHECK(gone.refused == Refusal::soft_404);
  for (const bool policy_first : {false, true}) {
    auto had = part("one", {page("http://a.example/privacy", {policy("2005"), policy("2010")})});
    auto lost = part("two", {gone});
    const SiteDiscovery merged = policy_first ? merge({had, lost}) : merge({lost, had});
    CHECK(merged.refused.empty());
    REQUIRE(merged.pages.size() == 1);
    CHECK(merged.pages[0].to == day("2010"));
    CHECK(merged.pages[0].then == Refusal::soft_404);
  }
}

TEST_CASE("pages take over from each other across archives") {
  // The old page is in one archive alone, the new one in the other.
  auto one =
      part("one", {page("http://a.example/privacy", {policy("2005", "old"), policy("2010", "words")})});
  auto two = part("two", {page("http://a.example/legal", {policy("2011", "words"), policy("2020", "new")})});
  const SiteDiscovery merged = merge({two, one});
  REQUIRE(merged.takeovers.size() == 1);
  CHECK(merged.takeovers[0].from_urlkey == "example,a)/privacy");
  CHECK(merged.takeovers[0].evidence == Takeover::Evidence::same_text);
  CHECK(merged.series.size() == 1);
}
