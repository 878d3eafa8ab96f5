#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "model/url.hpp"
#include "serve/cdx_answer.hpp"
#include "serve/cdx_query.hpp"

using namespace winnow;
using namespace winnow::serve;

namespace {

void add(CaptureIndex& index, const std::string& timestamp, const std::string& url,
         const std::string& body = "a", int status = 200, const std::string& type = "text/html") {
  const Capture row{urlkey(url), *Timestamp::parse(timestamp), url, type, status, sha1(body), 100};
  index.add({row, status, {}, {}, {}}, 0, {index.size() * 100, 100, 0, Compression::gzip});
}

CaptureIndex small_index() {
  CaptureIndex index;
  add(index, "20100101000000", "http://soompi.com/", "home");
  add(index, "20110521195625", "http://www.soompi.com:80/privacy", "one");
  add(index, "20120101000000", "http://soompi.com/privacy", "one");
  add(index, "20130101000000", "https://soompi.com/privacy/", "two");
  add(index, "20130601000000", "https://soompi.com/privacy", "gone", 404);
  add(index, "20140101000000", "https://soompi.com/privacy", "one");
  add(index, "20140101000000", "https://soompi.com/privacy", "also", 200, "text/plain");
  add(index, "20110101000000", "http://soompi.com/privacy/old", "old");
  add(index, "20110101000000", "http://soompi.com/privacypolicy", "pp");
  add(index, "20110101000000", "http://docs.soompi.com/privacy", "docs");
  add(index, "20110101000000", "http://soompi.com:8080/privacy", "port");
  add(index, "20110101000000", "http://soompi-fans.com/privacy", "fans");
  add(index, "20110101000000", "http://soompi.community/privacy", "community");
  index.seal();
  return index;
}

std::string ask(const CaptureIndex& index, const std::string& parameters, std::size_t piece = 1U << 20U) {
  auto parsed = parse_cdx_query(parameters);
  if (const auto* problem = std::get_if<std::string>(&parsed)) return "400 " + *problem;
  CdxAnswer answer(index, std::move(std::get<CdxQuery>(parsed)));
  std::string out;
  for (bool more = true; more;) {
    std::string part;
    more = answer.fill(part, piece);
    out += part;
  }
  return out;
}

std::string ask(const std::string& parameters) {
  return ask(small_index(), parameters);
}

/// One word a row: enough to tell which rows came.
std::string originals(const std::string& parameters) {
  std::string rows = ask(parameters + "&fl=original");
  std::replace(rows.begin(), rows.end(), '\n', ' ');
  return rows;
}
std::string times(const std::string& parameters) {
  std::string rows = ask("url=soompi.com/privacy&" + parameters + "&fl=timestamp");
  std::string shortened;
  for (std::size_t at = 0; at < rows.size(); at = rows.find('\n', at) + 1)
    shortened += rows.substr(at + 2, 4) + " ";
  return shortened;
}

}  // namespace

TEST_CASE("rows are lines of seven fields") {
  CHECK(ask("url=http%3A%2F%2Fwww.soompi.com%2Fprivacy&limit=1") ==
        "com,soompi)/privacy 20110521195625 http://www.soompi.com:80/privacy text/html 200 " +
            base32(sha1("one")) + " 100\n");
}

TEST_CASE("whatever the spelling of the page, its rows are found") {
  const auto* url =
      GENERATE("soompi.com/privacy", "http://soompi.com/privacy", "https://www.soompi.com/privacy/",
               "soompi.com:80/privacy", "HTTP%3A//Soompi.com/privacy");
  CAPTURE(url);
  CHECK(times("url=" + std::string(url)) == "1105 1201 1301 1306 1401 1401 ");
}

TEST_CASE("a page that was never captured has no rows") {
  CHECK(ask("url=nowhere.example").empty());
  CHECK(ask("url=nowhere.example&output=json") == "[]\n");
  CHECK(ask("url=nowhere.example&output=json&showResumeKey=true&limit=5") == "[]\n");
  CHECK(ask("url=nowhere.example/*").empty());
}

TEST_CASE("match types and wildcards") {
  const std::string privacy = "http://www.soompi.com:80/privacy ";
  SECTION("prefix, also with a part of a name") {
    const auto* query = GENERATE("url=soompi.com/privacy&matchType=prefix", "url=soompi.com/privacy*");
    CHECK(originals(std::string(query) + "&from=2011&to=2011") ==
          privacy + "http://soompi.com/privacy/old http://soompi.com/privacypolicy ");
  }
  SECTION("below a folder") {
    const auto* query = GENERATE("url=soompi.com/privacy/*", "url=soompi.com/privacy/&matchType=prefix");
    CHECK(originals(query) == "http://soompi.com/privacy/old ");
  }
  SECTION("host: without other ports and subdomains") {
    CHECK(originals("url=soompi.com&matchType=host&to=2011") ==
          "http://soompi.com/ " + privacy + "http://soompi.com/privacy/old http://soompi.com/privacypolicy ");
    CHECK(originals("url=docs.soompi.com/x/y&matchType=host") == "http://docs.soompi.com/privacy ");
  }
  SECTION("all pages of a host") {
    CHECK(originals("url=docs.soompi.com/*") == "http://docs.soompi.com/privacy ");
  }
  SECTION("domain: with subdomains and ports, without longer names") {
    const auto* query = GENERATE("url=soompi.com&matchType=domain", "url=*.soompi.com");
    const std::string found = originals(std::string(query) + "&to=2011");
    CHECK(found == "http://soompi.com/ " + privacy +
                       "http://soompi.com/privacy/old http://soompi.com/privacypolicy "
                       "http://docs.soompi.com/privacy http://soompi.com:8080/privacy ");
  }
}

TEST_CASE("dates, filters, limits") {
  const auto [parameters, expected] = GENERATE(table<std::string, std::string>({
      {"", "1105 1201 1301 1306 1401 1401 "},
      {"from=2012&to=2013", "1201 1301 1306 "},
      {"from=20110521195625&to=20110521195625", "1105 "},
      {"from=20110521195626", "1201 1301 1306 1401 1401 "},
      {"from=&to=&limit=", "1105 1201 1301 1306 1401 1401 "},
      {"filter=statuscode:404", "1306 "},
      {"filter=!statuscode:404", "1105 1201 1301 1401 1401 "},
      {"filter=statuscode:20", ""},
      {"filter=statuscode:2..&filter=mimetype:text/plain", "1401 "},
      {"filter=original:https.*", "1301 1306 1401 1401 "},
      {"filter=original:.*(%3Fi)PRIVACY", "1105 1201 1306 1401 1401 "},
      {"collapse=digest", "1105 1301 1306 1401 1401 "},
      {"collapse=timestamp:4", "1105 1201 1301 1401 "},
      {"collapse=timestamp:4&collapse=digest", "1105 1301 1401 "},
      {"collapse=digest&filter=statuscode:200", "1105 1301 1401 1401 "},
      {"limit=2", "1105 1201 "},
      {"limit=0", ""},
      {"limit=-2", "1401 1401 "},
      {"limit=-100", "1105 1201 1301 1306 1401 1401 "},
      {"limit=-1&filter=statuscode:404", "1306 "},
      {"offset=4", "1401 1401 "},
      {"offset=1&limit=2", "1201 1301 "},
      {"offset=100", ""},
      {"gzip=false&whatever=x", "1105 1201 1301 1306 1401 1401 "},
  }));
  CAPTURE(parameters);
  CHECK(times(parameters) == expected);
}

TEST_CASE("fields in the order asked for") {
  CHECK(ask("url=soompi.com/privacy&limit=1&fl=statuscode,timestamp") == "200 20110521195625\n");
}

TEST_CASE("what an index does not know is a dash") {
  CaptureIndex index;
  index.add(
      {Capture{"com,a)/", *Timestamp::parse("20110101000000"), "http://a.com/", "warc/revisit", {}, {}, {}},
       {},
       {},
       {},
       RefersTo{}},
      0, {});
  index.seal();
  CHECK(ask(index, "url=a.com&fl=mimetype,statuscode,digest,length") == "warc/revisit - - -\n");
}

TEST_CASE("JSON is an array of arrays, the fields' names first") {
  const auto rows =
      nlohmann::json::parse(ask("url=soompi.com/privacy&output=json&fl=timestamp,statuscode&limit=2"));
  CHECK(rows == nlohmann::json::parse(
                    R"([["timestamp","statuscode"],["20110521195625","200"],["20120101000000","200"]])"));
}

TEST_CASE("URLs that are no text do not break rows") {
  CaptureIndex index;
  add(index, "20110101000000", "http://a.com/x y\n\"\xff");
  index.seal();
  CHECK(ask(index, "url=a.com/*&fl=original,statuscode") == "http://a.com/x%20y%0A\"\xff 200\n");
  const auto rows = nlohmann::json::parse(ask(index, "url=a.com/*&fl=original&output=json"));
  CHECK(rows[1][0] == "http://a.com/x y\n\"\xef\xbf\xbd");
}

TEST_CASE("a resume key leads through all rows, each once, and the last page has none") {
  const auto* more = GENERATE("", "&collapse=timestamp:4", "&filter=!statuscode:404", "&collapse=digest");
  const auto limit = GENERATE(1, 2, 3, 5, 6, 7, 100);
  const std::string query =
      "url=soompi.com/*" + std::string(more) + "&limit=" + std::to_string(limit) + "&showResumeKey=true";
  CAPTURE(query);
  std::string all;
  std::string key;
  for (int pages = 0; pages < 50; ++pages) {
    const std::string page = ask(query + (key.empty() ? "" : "&resumeKey=" + quote_query_value(key)));
    const std::size_t blank = page.rfind("\n\n");
    if (blank == std::string::npos) {
      all += page;
      break;
    }
    all += page.substr(0, blank + 1);
    key = page.substr(blank + 2, page.size() - blank - 3);
    CHECK(std::count(page.begin(), page.end(), '\n') == limit + 2);
  }
  CHECK(all == ask("url=soompi.com/*" + std::string(more)));
}

TEST_CASE("in JSON the resume key follows an empty row") {
  const auto rows =
      nlohmann::json::parse(ask("url=soompi.com/privacy&output=json&fl=urlkey&limit=1&showResumeKey=true"));
  REQUIRE(rows.size() == 4);
  CHECK(rows[2].empty());
  CHECK(rows[3][0] == "com%2Csoompi%29%2Fprivacy+20120101000000+0");
}

TEST_CASE("a resume key that was not escaped again is still understood") {
  const auto key = parse_resume_key("com%2Csoompi%29%2Fprivacy 20120101000000 0");
  REQUIRE(key);
  CHECK(key->urlkey == "com,soompi)/privacy");
  CHECK(key->timestamp.digits() == "20120101000000");
}

TEST_CASE("pages part the rows before they are filtered") {
  CaptureIndex index;
  for (int i = 0; i < 7000; ++i) {
    add(index, "2011010100" + std::to_string(1000 + i % 60), "http://a.com/" + std::to_string(10000 + i));
  }
  index.seal();
  const auto page_count = [&](const std::string& parameters) {
    auto query = parse_cdx_query(parameters);
    return cdx_page_count(index, std::get<CdxQuery>(query));
  };
  CHECK(page_count("url=a.com/*") == 1);
  CHECK(page_count("url=a.com/*&pageSize=1") == 3);
  CHECK(page_count("url=b.com/*&pageSize=1") == 0);
  std::string all;
  for (const auto* page : {"0", "1", "2", "3"})
    all += ask(index, "url=a.com/*&pageSize=1&page=" + std::string(page));
  CHECK(all == ask(index, "url=a.com/*"));
  CHECK(std::count(all.begin(), all.end(), '\n') == 7000);
  CHECK(ask(index, "url=a.com/*&page=99999999999999").empty());
  // An answer in pieces is the same answer.
  CHECK(ask(index, "url=a.com/*&output=json", 1000) == ask(index, "url=a.com/*&output=json"));
}

TEST_CASE("questions that make no sense are told so") {
  const auto* parameters = GENERATE(
      "", "url=", "matchType=exact", "url=a.com&matchType=all", "url=a.com&from=yesterday",
      "url=a.com&to=123456789012345", "url=a.com&filter=statuscode", "url=a.com&filter=color:red",
      "url=a.com&filter=original:(", "url=a.com&collapse=color", "url=a.com&collapse=digest:x",
      "url=a.com&fl=timestamp,color", "url=a.com&limit=many", "url=a.com&page=-1", "url=a.com&resumeKey=abc");
  CAPTURE(parameters);
  CHECK(ask(parameters).starts_with("400 "));
}

TEST_CASE("query strings") {
  using Parameters = std::vector<std::pair<std::string, std::string>>;
  CHECK(parse_query_string("a=1&b=x+y%2Bz&&c&d=e=f") ==
        Parameters{{"a", "1"}, {"b", "x y+z"}, {"c", ""}, {"d", "e=f"}});
  CHECK(parse_query_string("").empty());
}
