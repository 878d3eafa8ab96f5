#include "crawler/cdx_parser.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace winnow;

namespace {

const std::string k_row =
    "com,soompi)/privacy 20110521195625 http://www.soompi.com:80/privacy text/html 200 "
    "V22RGWC6PPUPWGAAEUQLY3YJ6LAJWWZF 8912\n";

struct Parsed {
  std::vector<Capture> rows;
  std::string resume_key;
  CdxOddities oddities;
  bool cut = false;
  bool ends_badly = false;
  std::string stray;
};

Parsed parse(const std::string& text, std::size_t piece = 1'000'000) {
  Parsed parsed;
  CdxParser parser([&](std::vector<Capture>&& rows) {
    for (auto& row : rows)
      parsed.rows.push_back(std::move(row));
  });
  for (std::size_t at = 0; at < text.size(); at += piece)
    parser.feed(std::string_view(text).substr(at, piece));
  parser.finish();
  CHECK(parser.rows() == parsed.rows.size());
  if (!parser.further().empty()) parsed.resume_key = parser.further().front();
  parsed.oddities = parser.oddities();
  parsed.cut = parser.cut();
  parsed.ends_badly = parser.ends_badly();
  parsed.stray = parser.stray_text();
  return parsed;
}

std::string replaced(std::string row, std::string_view what, std::string_view with) {
  return row.replace(row.find(what), what.size(), with);
}

}  // namespace

TEST_CASE("a row's seven fields") {
  const auto parsed = parse(k_row);
  REQUIRE(parsed.rows.size() == 1);
  const auto& row = parsed.rows[0];
  CHECK(row.urlkey == "com,soompi)/privacy");
  CHECK(row.timestamp.digits() == "20110521195625");
  CHECK(row.original == "http://www.soompi.com:80/privacy");
  CHECK(row.mimetype == "text/html");
  CHECK(row.statuscode == 200);
  REQUIRE(row.digest);
  CHECK(base32(*row.digest) == "V22RGWC6PPUPWGAAEUQLY3YJ6LAJWWZF");
  CHECK(row.length == 8912U);
  CHECK(parsed.oddities == CdxOddities{});
  CHECK(!parsed.cut);
}

TEST_CASE("pieces of any size give the same rows") {
  const std::string text = k_row + replaced(k_row, "20110521", "20120521") + "\ncom%2Csoompi%29%2F+2012\n";
  for (const std::size_t piece : {1, 2, 3, 7, 64, 1000}) {
    const auto parsed = parse(text, piece);
    CHECK(parsed.rows.size() == 2);
    CHECK(parsed.resume_key == "com%2Csoompi%29%2F+2012");
    CHECK(parsed.oddities == CdxOddities{});
  }
}

TEST_CASE("rows are handed over in batches") {
  std::vector<std::size_t> batches;
  CdxParser parser([&](std::vector<Capture>&& rows) { batches.push_back(rows.size()); }, 2);
  for (const char* year : {"2011", "2012", "2013", "2014", "2015"})
    parser.feed(replaced(k_row, "2011", year));
  CHECK(batches == std::vector<std::size_t>{2, 2});
  parser.finish();
  CHECK(batches == std::vector<std::size_t>{2, 2, 1});
}

TEST_CASE("odd rows that are kept") {
  struct Case {
    const char* story;
    std::string row;
    std::uint64_t CdxOddities::*counter;
  };
  const Case cases[] = {
      {"a 404 of 2003 whose status the index never knew", replaced(k_row, " 200 ", " - "),
       &CdxOddities::missing_statuses},
      {"a status that is no number", replaced(k_row, " 200 ", " OK "), &CdxOddities::odd_statuses},
      {"a status with more digits than HTTP has", replaced(k_row, " 200 ", " 20000 "),
       &CdxOddities::odd_statuses},
      {"40 hex digits",
       replaced(k_row, "V22RGWC6PPUPWGAAEUQLY3YJ6LAJWWZF", "aeb513585e7be8fb18002520bc6f09f2c09b5b25"),
       &CdxOddities::hex_digests},
      {"a digest that is none", replaced(k_row, "V22RGWC6PPUPWGAAEUQLY3YJ6LAJWWZF", "V22"),
       &CdxOddities::odd_digests},
      {"a length that is none", replaced(k_row, "8912", "8912a"), &CdxOddities::odd_lengths},
      {"year 2000, 00 inserted before the month: edgi/wayback _utils.py",
       replaced(k_row, "20110521195625", "2000000823023358"), &CdxOddities::repaired_timestamps},
      {"blanks that nobody escaped", replaced(k_row, "80/privacy", "80/privacy policy.html"),
       &CdxOddities::spaced_rows},
      {"336 of 33,640 rows of one domain",
       replaced(k_row, "http://www.soompi.com:80/privacy", "http://mailto:info@soompi.com/"),
       &CdxOddities::mailto_hosts},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    const auto parsed = parse(c.row);
    REQUIRE(parsed.rows.size() == 1);
    CHECK(parsed.oddities.*c.counter == 1);
    CdxOddities rest = parsed.oddities;
    rest.*c.counter = 0;
    CHECK(rest == CdxOddities{});
  }
}

TEST_CASE("what the kept rows hold") {
  CHECK(parse(replaced(k_row, " 200 ", " - ")).rows[0].statuscode == std::nullopt);
  CHECK(parse(replaced(k_row, "8912", "-")).rows[0].length == std::nullopt);
  CHECK(parse(replaced(k_row, "20110521195625", "2000000823023358")).rows[0].timestamp.digits() ==
        "20000823023358");
  CHECK(parse(replaced(k_row, "80/privacy", "80/a b c")).rows[0].original ==
        "http://www.soompi.com:80/a b c");
  CHECK(parse(replaced(k_row, "http://www.soompi.com:80/privacy", "soompi.com:80/privacy")).rows.size() == 1);
}

TEST_CASE("a revisit has no status, which is not odd") {
  const auto parsed = parse(replaced(replaced(k_row, "text/html", "warc/revisit"), " 200 ", " - "));
  REQUIRE(parsed.rows.size() == 1);
  CHECK(parsed.rows[0].mimetype == "warc/revisit");
  CHECK(parsed.oddities == CdxOddities{});
}

TEST_CASE("rows that are skipped") {
  struct Case {
    const char* story;
    std::string row;
    std::uint64_t CdxOddities::*counter;
  };
  const Case cases[] = {
      {"too few fields", "com,soompi)/privacy 20110521195625 http://www.soompi.com/\n",
       &CdxOddities::bad_rows},
      {"no timestamp", replaced(k_row, "20110521195625", "2011"), &CdxOddities::bad_rows},
      {"no date", replaced(k_row, "20110521195625", "20111350195625"), &CdxOddities::bad_rows},
      {"a NUL byte", replaced(k_row, "80/privacy", std::string_view("80/pri\0acy", 10)),
       &CdxOddities::bad_rows},
      {"mailto:", replaced(k_row, "http://www.soompi.com:80/privacy", "mailto:info@soompi.com"),
       &CdxOddities::foreign_originals},
      {"an inline image of thousands of characters",
       replaced(k_row, "http://www.soompi.com:80/privacy", "data:image/png;base64," + std::string(9000, 'A')),
       &CdxOddities::foreign_originals},
      {"one of 70,000",
       replaced(k_row, "http://www.soompi.com:80/privacy",
                "data:image/png;base64," + std::string(70'000, 'A')),
       &CdxOddities::overlong_rows},
      {"no URL at all", replaced(k_row, "http://www.soompi.com:80/privacy", "undefined"),
       &CdxOddities::no_url_originals},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    for (const std::size_t piece : {1000, 1'000'000}) {
      const auto parsed = parse(c.row + k_row, piece);
      CHECK(parsed.rows.size() == 1);
      CHECK(parsed.oddities.*c.counter == 1);
    }
  }
}

TEST_CASE("consecutive rows may repeat; one moment may have two digests") {
  const auto repeated = parse(k_row + k_row);
  CHECK(repeated.rows.size() == 1);
  CHECK(repeated.oddities.repeated_rows == 1);

  const auto twins = parse(k_row + replaced(k_row, "V22RGWC6", "W22RGWC6"));
  CHECK(twins.rows.size() == 2);
  CHECK(twins.oddities.same_moment == 1);
}

TEST_CASE("resume keys") {
  CHECK(parse(k_row).resume_key.empty());
  CHECK(parse(k_row + "\n").resume_key.empty());
  CHECK(parse("\ncom%2Csoompi%29%2F+20110521195626\n").resume_key == "com%2Csoompi%29%2F+20110521195626");
  CHECK(parse(k_row + "\r\n" + "key\r\n").resume_key == "key");
  const auto unended = parse(k_row + "\nkey");
  CHECK(unended.resume_key == "key");
  CHECK(unended.cut);
}

TEST_CASE("no captures: an empty body, or JSON's word for it") {
  for (const char* text : {"", "[]", "[]\n", "\n"}) {
    const auto parsed = parse(text);
    CHECK(parsed.rows.empty());
    CHECK(parsed.stray.empty());
    CHECK(parsed.resume_key.empty());
  }
}

TEST_CASE("a cut row is seen") {
  const auto parsed = parse(k_row + k_row.substr(0, 60));
  CHECK(parsed.rows.size() == 1);
  CHECK(parsed.cut);
  // Some servers do not end their last line.
  const auto whole = parse(k_row.substr(0, k_row.size() - 1));
  CHECK(whole.rows.size() == 1);
  CHECK(whole.cut);
}

TEST_CASE("an error in place of rows, or behind them, is kept as evidence") {
  const auto html =
      parse("<html><head><title>Scheduled Maintenance</title></head>\n<body>back soon</body></html>\n");
  CHECK(html.rows.empty());
  CHECK(html.stray.find("Scheduled Maintenance") != std::string::npos);

  const auto behind = parse(k_row + "java.net.SocketTimeoutException: Read timed out\n");
  CHECK(behind.rows.size() == 1);
  CHECK(behind.ends_badly);
  CHECK(!parse("garbage\n" + k_row).ends_badly);
  CHECK(parse(std::string(1'000'000, '<') + "\n").stray.size() <= 3000);
}
