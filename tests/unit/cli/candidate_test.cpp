#include "cli/discover/candidate.hpp"

#include <optional>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/cli/discover_fixture.hpp"

using namespace winnow;
using namespace winnow::cli;
using namespace winnow::test;

namespace {

Homepage homepage() {
  return {"example,a)/", {reading("2015", PageKind::homepage, Band::no, "home", 0xFFFF'0000'FFFF'0000)}};
}

}  // namespace

TEST_CASE("a page is refused for what it was, in words") {
  auto near_home = reading("2012", PageKind::article, Band::no, "home of another day", 0xFFFF'0000'FFFF'0001);
  const struct {
    const char* story;
    const char* url;
    std::vector<PageReading> read;
    Refusal refusal;
  } k_rows[] = {
      {"an error page", "http://a.example/privacy", {soft_404("2012")}, Refusal::soft_404},
      {"an archived 404, whatever the index says",
       "http://a.example/privacy",
       {gone("2012")},
       Refusal::error_status},
      {"the homepage, on another day", "http://a.example/privacy", {near_home}, Refusal::homepage},
      {"a redirect to the homepage",
       "http://a.example/privacy",
       {signpost("2012", "http://www.a.example/")},
       Refusal::homepage},
      {"a redirect elsewhere",
       "http://a.example/privacy",
       {signpost("2012", "http://a.example/legal")},
       Refusal::leads_away},
      {"no capture", "http://a.example/privacy", {}, Refusal::never_archived},
      {"an article",
       "http://a.example/our-new-privacy-policy",
       {reading("2018", PageKind::article, Band::no)},
       Refusal::news},
      {"a tag's page",
       "http://a.example/tag/privacy",
       {reading("2018", PageKind::article, Band::no)},
       Refusal::listing},
      {"terms",
       "http://a.example/privacy",
       {reading("2018", PageKind::legal, Band::no)},
       Refusal::other_document},
      {"cookies",
       "http://a.example/privacy",
       {reading("2018", PageKind::cookie_policy, Band::uncertain)},
       Refusal::other_document},
      {"for sale",
       "http://a.example/privacy",
       {reading("2018", PageKind::parked, Band::no)},
       Refusal::parked},
      {"captcha", "http://a.example/privacy", {reading("2018", PageKind::login, Band::no)}, Refusal::login},
      {"a shell",
       "http://a.example/privacy",
       {reading("2018", PageKind::script_shell, Band::no)},
       Refusal::empty},
  };
  for (const auto& row : k_rows) {
    INFO(row.story);
    Candidate page = candidate(row.url, row.read);
    judge(page, homepage());
    REQUIRE(page.refused);
    CHECK(name(*page.refused) == name(row.refusal));
    CHECK(page.status == (row.refusal == Refusal::error_status ? std::optional(404) : std::nullopt));
  }
}

TEST_CASE("how sure: the text first, then what leads to it") {
  const auto confidence = [](Candidate page) {
    judge(page, homepage());
    return page.refused ? -1 : page.confidence;
  };
  const Candidate in_index = candidate("http://a.example/privacy", {policy("2012")});
  Candidate linked = in_index;
  add_finding(linked, {FoundBy::link, day("2012"), "Privacy Policy", 0.9});
  CHECK(sureness(confidence(linked)) == "certain");
  CHECK(sureness(confidence(in_index)) == "likely");

  Candidate unclear = linked;
  unclear.read.front().gate.band = Band::uncertain;
  CHECK(sureness(confidence(unclear)) == "unsure");

  // In a language that the gate can't judge its kind says nothing.
  Candidate foreign = linked;
  foreign.read = {reading("2012", PageKind::article, Band::uncertain)};
  CHECK(confidence(foreign) == -1);
  foreign.read.front().language = "tlh";
  CHECK(sureness(confidence(foreign)) == "unsure");

  // News that quote a policy, unless the site links there.
  Candidate post = candidate("http://a.example/news/2018/privacy-policy-update", {policy("2018")});
  CHECK(sureness(confidence(post)) == "unsure");

  // Listed, and not to be had.
  Candidate unplayable = candidate("http://a.example/privacy", {});
  unplayable.failure = Failure{.reason = Reason::unplayable};
  CHECK(sureness(confidence(unplayable)) == "unsure");
}

TEST_CASE("a page is the policy from when to when") {
  const struct {
    const char* story;
    std::vector<PageReading> read;
    const char* from;
    const char* to;
    std::optional<Refusal> then;
  } k_rows[] = {
      // The index lists captures from 2005 to 2019.
      {"read in the middle", {policy("2010")}, "2005-01-01", "2019-01-01", {}},
      {"gone", {policy("2005"), soft_404("2019")}, "2005-01-01", "2005-01-01", Refusal::soft_404},
      {"gone, with a status",
       {policy("2005"), gone("2019")},
       "2005-01-01",
       "2005-01-01",
       Refusal::error_status},
      {"gone, narrowed down",
       {policy("2005"), policy("2012"), soft_404("2015"), soft_404("2019")},
       "2005-01-01",
       "2012-01-01",
       Refusal::soft_404},
      {"was another page before",
       {reading("2005", PageKind::legal, Band::no), policy("2012"), policy("2019")},
       "2012-01-01",
       "2019-01-01",
       {}},
      {"gone for a while",
       {policy("2005"), soft_404("2012"), policy("2019")},
       "2005-01-01",
       "2019-01-01",
       {}},
      {"a redirect ends nothing that the index lists as a page",
       {policy("2005"), signpost("2012", "http://a.example/new")},
       "2005-01-01",
       "2019-01-01",
       {}},
  };
  for (const auto& row : k_rows) {
    INFO(row.story);
    Candidate page = candidate("http://a.example/privacy", row.read);
    page.first = day("2005");
    page.last = day("2019");
    judge(page, homepage());
    REQUIRE_FALSE(page.refused);
    CHECK(page.from->date() == row.from);
    CHECK(page.to->date() == row.to);
    CHECK(page.then == row.then);
    CHECK(page.status == (row.then == Refusal::error_status ? std::optional(404) : std::nullopt));
  }
}

TEST_CASE("the turns of a page lie between neighbours of different nature") {
  Candidate page = candidate("http://a.example/privacy",
                             {policy("2005"), signpost("2008", "http://b.example/"), policy("2010"),
                              soft_404("2015"), soft_404("2016"), policy("2019")});
  const auto found = turns(page);
  REQUIRE(found.size() == 2);
  CHECK(found[0].after.date() == "2010-01-01");
  CHECK(found[0].before.date() == "2015-01-01");
  CHECK(found[1].after.date() == "2016-01-01");
  CHECK(found[1].before.date() == "2019-01-01");
}

TEST_CASE("of each way in which a page was found the best counts, and all add up") {
  Candidate page = candidate("http://a.example/privacy", {});
  CHECK(promise(page) == Approx(0.65));
  add_finding(page, {FoundBy::link, day("2010"), "Privacy", 0.7});
  add_finding(page, {FoundBy::link, day("2012"), "Privacy Policy", 0.9});
  add_finding(page, {FoundBy::link, day("2014"), "Legal", 0.6});
  REQUIRE(page.found.size() == 2);
  CHECK(page.found[1].words == "Privacy Policy");
  CHECK(promise(page) == Approx(1 - 0.35 * 0.1));
}

TEST_CASE("links that were refused are told when they speak of privacy") {
  const auto refusal = [](LinkReason reason, const char* url) {
    return refusal_of(LinkVerdict{LinkKind::other, reason, 0}, url);
  };
  CHECK(refusal(LinkReason::other_company, "http://google.com/privacy") == Refusal::other_company);
  CHECK(refusal(LinkReason::other_place, "http://a.example/tag/privacy") == Refusal::listing);
  CHECK(refusal(LinkReason::other_place, "http://a.example/news/privacy") == Refusal::news);
  CHECK(refusal(LinkReason::control, "http://a.example/x") == Refusal::control);
  CHECK(refusal(LinkReason::aside, "http://a.example/x") == Refusal::aside);
  CHECK_FALSE(refusal(LinkReason::no_policy, "http://a.example/x"));
}
