#include "crawler/pywb/pywb_parser.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace winnow;

namespace {

// As pywb 2.10 writes it.
const std::string k_row =
    R"({"urlkey": "com,soompi)/privacy", "timestamp": "20110521195625", )"
    R"("url": "http://www.soompi.com:80/privacy", "mime": "text/html", "status": "200", )"
    R"("digest": "V22RGWC6PPUPWGAAEUQLY3YJ6LAJWWZF", "length": "8912", "source-coll": "c", "access": "allow"})"
    "\n";

struct Parsed {
  std::vector<Capture> rows;
  CdxOddities oddities;
  std::string resume_key;
  std::string stray;
  std::uint64_t records = 0;
};

Parsed parse(const std::string& text, std::size_t piece = 1'000'000) {
  Parsed parsed;
  PywbParser parser([&](std::vector<Capture>&& rows) {
    for (auto& row : rows)
      parsed.rows.push_back(std::move(row));
  });
  for (std::size_t at = 0; at < text.size(); at += piece)
    parser.feed(std::string_view(text).substr(at, piece));
  parser.finish();
  parsed.oddities = parser.oddities();
  if (!parser.further().empty()) parsed.resume_key = parser.further().front();
  parsed.stray = parser.stray_text();
  parsed.records = parser.records();
  return parsed;
}

std::string replaced(std::string row, std::string_view what, std::string_view with) {
  return row.replace(row.find(what), what.size(), with);
}

}  // namespace

TEST_CASE("pywb: a row is a JSON object") {
  const auto parsed = parse(k_row + replaced(k_row, "20110521195625", "20120102030405"), 7);
  REQUIRE(parsed.rows.size() == 2);
  const auto& row = parsed.rows[0];
  CHECK(row.urlkey == "com,soompi)/privacy");
  CHECK(row.timestamp.digits() == "20110521195625");
  CHECK(row.original == "http://www.soompi.com:80/privacy");
  CHECK(row.mimetype == "text/html");
  CHECK(row.statuscode == 200);
  CHECK(base32(row.digest.value()) == "V22RGWC6PPUPWGAAEUQLY3YJ6LAJWWZF");
  CHECK(row.length == 8912U);
  CHECK(parsed.oddities == CdxOddities{});
  CHECK(parsed.records == 2);
}

TEST_CASE("pywb: odd rows are kept as far as they go") {
  struct Case {
    const char* story;
    std::string row;
    std::string timestamp;
    std::string urlkey;
    std::optional<int> status;
    bool digest;
    CdxOddities oddities;
  };
  const std::string usual = "20110521195625";
  const std::string page = "com,soompi)/privacy";
  const std::vector<Case> cases = {
      {"status and length as numbers, as newer indexers write them",
       replaced(replaced(k_row, R"("200")", "200"), R"("8912")", "8912"),
       usual,
       page,
       200,
       true,
       {}},
      {"no status: a revisit",
       replaced(replaced(k_row, R"("status": "200", )", ""), "text/html", "warc/revisit"),
       usual,
       page,
       std::nullopt,
       true,
       {}},
      {"milliseconds, as crawlers in browsers write them",
       replaced(k_row, usual, "20110521195625123"),
       usual,
       page,
       200,
       true,
       {}},
      {"pywb's key keeps what web.archive.org's drops: its own is made of the URL",
       replaced(k_row, "com,soompi)/privacy", "com,soompi,www)/privacy?"),
       usual,
       page,
       200,
       true,
       {}},
      {"CDX' own names, as OutbackCDX writes them",
       replaced(replaced(replaced(k_row, "\"mime\"", "\"mimetype\""), "\"status\"", "\"statuscode\""),
                "\"url\"", "\"original\""),
       usual,
       page,
       200,
       true,
       {}},
      {"a SHA-256 for a digest",
       replaced(k_row, "V22RGWC6", "sha-256:"),
       usual,
       page,
       200,
       false,
       {.odd_digests = 1}},
      {"fields of fields are nobody's",
       replaced(k_row, "\"access\"", R"("x": {"status": "404", "y": [[1]]}, "z")"),
       usual,
       page,
       200,
       true,
       {}},
      {"the method is GET",
       replaced(k_row, "\"access\": \"allow\"", R"("method": "GET")"),
       usual,
       page,
       200,
       true,
       {}},
      {"Windows' line ends", replaced(k_row, "\n", "\r\n"), usual, page, 200, true, {}},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    const auto parsed = parse(c.row);
    CHECK(parsed.oddities == c.oddities);
    REQUIRE(parsed.rows.size() == 1);
    CHECK(parsed.rows[0].timestamp.digits() == c.timestamp);
    CHECK(parsed.rows[0].urlkey == c.urlkey);
    CHECK(parsed.rows[0].statuscode == c.status);
    CHECK(parsed.rows[0].digest.has_value() == c.digest);
  }
}

TEST_CASE("pywb: what is no row of the page is skipped and counted") {
  struct Case {
    const char* story;
    std::string row;
    CdxOddities oddities;
  };
  const std::string deep = R"({"a": )" + std::string(5000, '[') + std::string(5000, ']') + "}\n";
  const std::vector<Case> cases = {
      {"found by other rules than those asked for",
       replaced(k_row, "\"access\"", R"("is_fuzzy": "1", "access")"),
       {.fuzzy_rows = 1}},
      {"the answer to a POST, by its field",
       replaced(k_row, "\"access\": \"allow\"", R"("method": "POST")"),
       {.posted_rows = 1}},
      {"the answer to a POST, by its key",
       replaced(k_row, "/privacy\"", "/privacy?__wb_method=post&__wb_post_data=YQ\""),
       {.posted_rows = 1}},
      {"nobody's page",
       replaced(k_row, "http://www.soompi.com:80/privacy", "mailto:info@soompi.com"),
       {.foreign_originals = 1}},
      {"no timestamp", replaced(k_row, "20110521195625", "2011"), {.bad_rows = 1}},
      {"no URL", replaced(k_row, "\"url\": \"http://www.soompi.com:80/privacy\", ", ""), {.bad_rows = 1}},
      {"a line feed within the URL, which no CDX can hold",
       replaced(k_row, ":80/privacy", R"(/\nprivacy)"),
       {.bad_rows = 1}},
      {"cut JSON", k_row.substr(0, 100) + "\n", {.bad_rows = 1}},
      {"more behind the object", replaced(k_row, "\n", " {}\n"), {.bad_rows = 1}},
      {"bytes that are no UTF-8", replaced(k_row, "soompi.com:80", "s\xff.com"), {.bad_rows = 1}},
      {"an array for an object", "[\"com,soompi)/privacy\"]\n", {.bad_rows = 1}},
      {"an error's object", "{\"message\": \"Internal Error\"}\n", {.bad_rows = 1}},
      {"ten thousand brackets", deep, {.bad_rows = 1}},
      {"a row of 70 kB",
       replaced(k_row, "/privacy\"", "/" + std::string(70'000, 'a') + "\""),
       {.overlong_rows = 1}},
      {"an HTML page", "<html>\n", {.bad_rows = 1}},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    const auto parsed = parse(c.row);
    CHECK(parsed.rows.empty());
    CHECK(parsed.oddities == c.oddities);
  }
}

TEST_CASE("pywb: nothing is a resume key") {
  const auto parsed = parse(k_row + "\ncom%2Csoompi%29%2F+20110521195626\n");
  CHECK(parsed.rows.size() == 1);
  CHECK(parsed.resume_key.empty());
  CHECK(parsed.oddities == CdxOddities{.bad_rows = 1});
  CHECK(parsed.stray == "com%2Csoompi%29%2F+20110521195626\n");
}
