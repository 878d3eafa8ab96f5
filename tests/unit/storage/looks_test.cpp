#include <catch2/catch.hpp>

#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

using Rows = std::vector<std::string>;

struct Dates {
  std::optional<Timestamp> since, until;
};

/// The times of the only page's looks, `now` for the present.
Rows looks(const StoreFixture& fixture) {
  return fixture.rows(
      "SELECT since, CASE WHEN until > 20260000000000 THEN 'now' ELSE until END FROM looks ORDER BY since");
}

}  // namespace

TEST_CASE("times for which an index was read become one where they touch", "[looks]") {
  struct Case {
    const char* story;
    std::vector<Dates> dates;
    Rows rows;
  };
  const auto y2010 = at(20100101000000);
  const auto y2012 = at(20120101000000);
  const auto y2014 = at(20140101000000);
  const auto y2016 = at(20160101000000);
  const auto future = at(90000101000000);
  const std::vector<Case> cases = {
      {"the whole", {{{}, {}}}, {"0|now"}},
      {"twice the whole", {{{}, {}}, {{}, {}}}, {"0|now"}},
      {"a part", {{y2010, y2012}}, {"20100101000000|20120101000000"}},
      {"parts apart", {{y2014, y2016}, {{}, y2010}}, {"0|20100101000000", "20140101000000|20160101000000"}},
      {"parts that touch", {{y2010, y2012}, {y2012, y2016}}, {"20100101000000|20160101000000"}},
      {"a part that joins two",
       {{y2010, y2012}, {y2014, y2016}, {y2012, y2014}},
       {"20100101000000|20160101000000"}},
      {"a part of the whole", {{{}, {}}, {y2010, y2012}}, {"0|now"}},
      {"what is to come is not known", {{y2010, future}}, {"20100101000000|now"}},
      {"only what is to come", {{future, {}}}, {}},
  };
  for (const auto& [story, dates, rows] : cases) {
    CAPTURE(story);
    StoreFixture fixture;
    const auto pages = fixture.list({capture(20100101000000, "http://a.test/")}).pages;
    for (const auto& [since, until] : dates)
      fixture.store->note_look({fixture.archive, pages, since, until});
    CHECK(looks(fixture) == rows);
  }
}
