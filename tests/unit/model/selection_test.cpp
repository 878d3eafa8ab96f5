#include "model/selection.hpp"

#include <tuple>

#include <catch2/catch.hpp>

#include "model/timestamp.hpp"

using namespace winnow;

namespace {

std::chrono::sys_seconds moment(std::uint64_t digits) {
  return Timestamp::from_value(digits).time();
}

std::string digits(std::chrono::sys_seconds moment) {
  return Timestamp::from_time(moment).digits();
}

}  // namespace

TEST_CASE("--captures is read, and written in one spelling", "[selection]") {
  const auto [text, spelling] = GENERATE(table<std::string, std::string>({
      {"unique", "unique"},
      {"all", "all"},
      {"changes", "changes"},
      {"every:6mo", "every:6mo"},
      {"every:30d", "every:30d"},
      {"every:1y", "every:1y"},
      {"every:9999d", "every:9999d"},
      {"changes,every:7d", "changes,every:7d"},
      {"every:7d,changes", "changes,every:7d"},
  }));
  CAPTURE(text);
  const auto selection = Selection::parse(text);
  REQUIRE(selection);
  CHECK(selection->text() == spelling);
  CHECK(Selection::parse(spelling) == selection);
}

TEST_CASE("what is no selection is refused", "[selection]") {
  const auto* const text = GENERATE(
      "", "Unique", "some", "every", "every:", "every:7", "every:d", "every:0d", "every:-7d", "every:+7d",
      "every:6m", "every:6months", "every:10000d", "every:99999999999999999999d", "every:7d ", "every: 7d",
      "every:1.5y", "changes,", ",changes", "changes,changes", "changes,unique", "unique,every:7d",
      "all,changes", "every:7d,every:1y", "changes,every:7d,changes");
  CAPTURE(text);
  CHECK_FALSE(Selection::parse(text));
}

TEST_CASE("periods lie at fixed points of the calendar", "[selection]") {
  const auto [text, at, begin, middle] =
      GENERATE(table<std::string, std::uint64_t, std::string, std::string>({
          {"1y", 20110521195625, "20110101000000", "20110702120000"},
          {"1y", 20120521195625, "20120101000000", "20120702000000"},
          {"10y", 20110521195625, "20100101000000", "20150101000000"},
          {"6mo", 20110521195625, "20110101000000", "20110401120000"},
          {"6mo", 20110701000000, "20110701000000", "20111001000000"},
          {"3mo", 20110630235959, "20110401000000", "20110516120000"},
          {"1mo", 20240229120000, "20240201000000", "20240215120000"},
          // 2026-11-22 is a Sunday: the week's last day.
          {"7d", 20261122235959, "20261116000000", "20261119120000"},
          {"7d", 20261123000000, "20261123000000", "20261126120000"},
          {"1d", 20261123000000, "20261123000000", "20261123120000"},
          {"30d", 19900131000000, "19900131000000", "19900215000000"},
          {"30d", 19900130235959, "19900101000000", "19900116000000"},
          // Before the first day that is counted.
          {"30d", 19891231235959, "19891202000000", "19891217000000"},
          {"7d", 19700101000000, "19691229000000", "19700101120000"},
      }));
  CAPTURE(text, at);
  const auto period = Period::parse(text);
  REQUIRE(period);
  const auto number = period->number_at(moment(at));
  CHECK(period->begin(number) <= moment(at));
  CHECK(moment(at) < period->begin(number + 1));
  if (at > 19710101000000) CHECK(digits(period->begin(number)) == begin);
  CHECK(digits(period->middle(number)) == middle);
}
