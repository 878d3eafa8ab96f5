#include "model/timestamp.hpp"

#include <tuple>

#include <catch2/catch.hpp>

using namespace winnow;

namespace {

std::string digits(std::optional<Timestamp> timestamp) {
  return timestamp ? timestamp->digits() : "nothing";
}

}  // namespace

TEST_CASE("a timestamp is fourteen digits of a real date") {
  using Row = std::tuple<const char*, const char*>;
  const auto [text, expected] = GENERATE(table<const char*, const char*>({
      Row{"20110521195625", "20110521195625"},
      Row{"20000229000000", "20000229000000"},
      Row{"20161231235960", "20161231235959"},  // a leap second
      Row{"20010229000000", "nothing"},
      Row{"20111321195625", "nothing"},
      Row{"20110521245625", "nothing"},
      Row{"2011052119562", "nothing"},
      Row{"201105211956250", "nothing"},
      Row{"2011052119562x", "nothing"},
      Row{"19691231235959", "nothing"},
      Row{"", "nothing"},
      Row{"-", "nothing"},
  }));
  CAPTURE(text);
  CHECK(digits(Timestamp::parse(text)) == expected);
}

TEST_CASE("index rows of the year 2000 with 00 inserted are mended") {
  CHECK(digits(Timestamp::parse_cdx("20000008241731")) == "20000824173100");    // before the month, cut to 14
  CHECK(digits(Timestamp::parse_cdx("20001000241731")) == "20001024173100");    // before the day, cut to 14
  CHECK(digits(Timestamp::parse_cdx("2000000824173112")) == "20000824173112");  // 16 digits
  CHECK(digits(Timestamp::parse_cdx("20110521195625")) == "20110521195625");
  CHECK(digits(Timestamp::parse_cdx("20000099999999")) == "nothing");
}

TEST_CASE("a partial date covers a span") {
  using Row = std::tuple<const char*, const char*, const char*>;
  const auto [text, first, last] = GENERATE(table<const char*, const char*, const char*>({
      Row{"2011", "20110101000000", "20111231235959"},
      Row{"201102", "20110201000000", "20110228235959"},
      Row{"2012-02", "20120201000000", "20120229235959"},
      Row{"201104", "20110401000000", "20110430235959"},
      Row{"2011-05-21", "20110521000000", "20110521235959"},
      Row{"2011-05-21T19:56:25Z", "20110521195625", "20110521195625"},
      Row{"20110231", "nothing", "nothing"},
      Row{"yesterday", "nothing", "nothing"},
      Row{"-2011", "nothing", "nothing"},
      Row{"", "nothing", "nothing"},
  }));
  CAPTURE(text);
  CHECK(digits(Timestamp::parse_partial(text, Timestamp::Round::down)) == first);
  CHECK(digits(Timestamp::parse_partial(text, Timestamp::Round::up)) == last);
}

TEST_CASE("HTTP dates come in three forms") {
  CHECK(digits(Timestamp::parse_http_date("Sat, 21 May 2011 19:56:25 GMT")) == "20110521195625");
  CHECK(digits(Timestamp::parse_http_date("Saturday, 21-May-11 19:56:25 GMT")) == "20110521195625");
  CHECK(digits(Timestamp::parse_http_date("Sat May 21 19:56:25 2011")) == "20110521195625");
  CHECK(digits(Timestamp::parse_http_date("120")) == "nothing");
  CHECK(digits(Timestamp::parse_http_date("")) == "nothing");
}

TEST_CASE("a timestamp is written as each reader wants it") {
  const auto timestamp = *Timestamp::parse("20110521195625");
  CHECK(timestamp.date() == "2011-05-21");
  CHECK(timestamp.iso() == "2011-05-21T19:56:25Z");
  CHECK(timestamp.http_date() == "Sat, 21 May 2011 19:56:25 GMT");
  CHECK(Timestamp::from_time(timestamp.time()) == timestamp);
  CHECK(Timestamp::from_value(timestamp.value()) == timestamp);
}
