#include "model/gap.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace winnow;
using namespace std::chrono_literals;

namespace {

Timestamp at(std::uint64_t year) {
  return Timestamp::from_value(year * 10'000'000'000 + 101'000'000);
}

DatedCapture text(std::uint64_t year) {
  return {at(year), {}, {}};
}

DatedCapture not_text(std::uint64_t year, Hindrance hindrance, std::string detail = {}) {
  return {at(year), hindrance, std::move(detail)};
}

/// "between 2010-2012 read: 2 ledger/truncated"
std::string told(const Gap& gap) {
  const auto year = [](const std::optional<Timestamp>& time) {
    return time ? time->digits().substr(0, 4) : "";
  };
  std::string out =
      fmt::format("{} {}-{}{}", name(gap.kind), year(gap.from), year(gap.to), gap.index_read ? " read" : "");
  std::uint64_t sum = 0;
  for (const auto& [why, count] : gap.hindrances) {
    out += fmt::format("; {} {} {}", count, name(why.first), why.second);
    sum += count;
  }
  CHECK(sum == gap.captures);
  return out;
}

std::vector<std::string> gaps(const std::vector<Look>& looks, const std::vector<DatedCapture>& captures,
                              std::chrono::seconds least = k_default_gap) {
  GapFinder finder(looks, least);
  for (const auto& capture : captures)
    finder.add(capture);
  std::vector<std::string> all;
  for (const Gap& gap : finder.finish())
    all.push_back(told(gap));
  return all;
}

}  // namespace

TEST_CASE("gaps are told apart by where they lie and what is known of them", "[gap]") {
  struct Case {
    const char* story;
    std::vector<Look> looks;
    std::vector<DatedCapture> captures;
    std::vector<std::string> gaps;
  };
  const Look whole{{}, at(2020)};
  const std::vector<Case> cases = {
      {"never archived before, between and after",
       {whole},
       {text(2010), text(2012)},
       {"before-first -2010 read", "between 2010-2012 read", "after-last 2012-2020 read"}},
      {"archived, and on the ledger",
       {whole},
       {text(2010), not_text(2011, Hindrance::ledger, "truncated"),
        not_text(2011, Hindrance::ledger, "truncated"), not_text(2012, Hindrance::ledger, "excluded"),
        text(2020)},
       {"before-first -2010 read", "between 2010-2020 read; 1 ledger excluded; 2 ledger truncated"}},
      {"listed, but not fetched; to be fetched; an error page; a page without words",
       {whole},
       {text(2010), not_text(2011, Hindrance::not_wanted), not_text(2012, Hindrance::pending),
        not_text(2013, Hindrance::status, "404"), not_text(2014, Hindrance::no_text), text(2020)},
       {"before-first -2010 read",
        "between 2010-2020 read; 1 not-wanted ; 1 pending ; 1 status 404; 1 no-text "}},
      {"no text at all",
       {whole},
       {not_text(2011, Hindrance::status, "404")},
       {"all -2020 read; 1 status 404"}},
      {"no capture at all", {whole}, {}, {"all -2020 read"}},
      {"nobody has asked: imported captures",
       {},
       {text(2010), text(2012)},
       {"before-first -2010", "between 2010-2012", "after-last 2012-"}},
      {"asked for a part only",
       {{at(2011), at(2015)}},
       {text(2010), text(2012), text(2014)},
       {"before-first -2010", "between 2010-2012", "between 2012-2014 read", "after-last 2014-2015 read"}},
      {"two archives, one asked for each half",
       {{at(2010), at(2013)}, {at(2013), at(2016)}},
       {text(2010), text(2016)},
       {"before-first -2010", "between 2010-2016 read"}},
      {"two archives, a hole between what they were asked for",
       {{at(2014), at(2016)}, {at(2010), at(2012)}},
       {text(2010), text(2016)},
       {"before-first -2010", "between 2010-2016"}},
      {"a capture behind the last look",
       {whole},
       {text(2010), not_text(2022, Hindrance::status, "404")},
       {"before-first -2010 read", "after-last 2010-2022; 1 status 404"}},
      {"texts close to each other, and to the look",
       {{{}, at(2010)}},
       {text(2010), text(2010)},
       {"before-first -2010 read"}},
      {"a text behind the last look",
       {{{}, at(2009)}},
       {text(2010)},
       {"before-first -2010", "after-last 2010-"}},
  };
  for (const auto& [story, looks, captures, wanted] : cases) {
    CAPTURE(story);
    CHECK(gaps(looks, captures) == wanted);
  }
}

TEST_CASE("a gap is told from its least length on", "[gap]") {
  const std::vector<DatedCapture> two = {text(2010), text(2011)};  // 365 days
  const std::vector<Look> looks = {{{}, at(2011)}};
  CHECK(gaps(looks, two, 365 * 24h).size() == 2);
  CHECK(gaps(looks, two, 365 * 24h + 1s).size() == 1);
}
