#include "crawler/cdx_query.hpp"

#include <catch2/catch.hpp>

using namespace winnow;

TEST_CASE("a query becomes a URL") {
  CdxQuery query;
  query.url = "http://www.soompi.com/privacy?a=1&b=2";
  CHECK(cdx_url("https://web.archive.org", query) ==
        "https://web.archive.org/cdx/search/cdx?url=http%3A%2F%2Fwww.soompi.com%2Fprivacy%3Fa%3D1%26b%3D2"
        "&limit=100000&showResumeKey=true");

  query.collapse = "timestamp:6";
  CHECK(cdx_url("http://127.0.0.1:8080", query) ==
        "http://127.0.0.1:8080/cdx/search/cdx?url=http%3A%2F%2Fwww.soompi.com%2Fprivacy%3Fa%3D1%26b%3D2"
        "&collapse=timestamp%3A6&limit=100000&showResumeKey=true");

  query.collapse.clear();
  query.url = "soompi.com";
  query.match = MatchType::domain;
  query.since = Timestamp::parse("20100101000000");
  query.until = Timestamp::parse("20191231235959");
  query.filters = {"urlkey:.*(privacy|datenschutz).*", "!mimetype:image/.*"};
  // The key is opaque and must be escaped once more.
  query.resume_key = "com%2Csoompi%29%2F+20110521195626";
  CHECK(cdx_url("http://127.0.0.1:8080", query) ==
        "http://127.0.0.1:8080/cdx/search/"
        "cdx?url=soompi.com&matchType=domain&from=20100101000000&to=20191231235959"
        "&filter=urlkey%3A.%2A%28privacy%7Cdatenschutz%29.%2A&filter=%21mimetype%3Aimage%2F.%2A"
        "&limit=100000&showResumeKey=true&resumeKey=com%252Csoompi%2529%252F%2B20110521195626");
}
