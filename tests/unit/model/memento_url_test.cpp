#include "model/memento_url.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "model/url.hpp"

using namespace winnow;

TEST_CASE("a memento's URL is taken apart") {
  struct Row {
    std::string url, archive, digits, flag, original;
  };
  const auto row = GENERATE(values<Row>({
      {"https://web.archive.org/web/20110521195625id_/http://www.soompi.com/privacy",
       "https://web.archive.org", "20110521195625", "id_", "http://www.soompi.com/privacy"},
      {"http://127.0.0.1:8080/web/20110521195625/http://a.com/", "http://127.0.0.1:8080", "20110521195625",
       "", "http://a.com/"},
      {"/web/20110521195625if_/http://a.com/", "", "20110521195625", "if_", "http://a.com/"},
      {"/web/20110521195625im_/http://a.com/x.png", "", "20110521195625", "im_", "http://a.com/x.png"},
      // Fonts have the one flag of three letters.
      {"/web/20190101000000wkf_/http://a.com/x.woff", "", "20190101000000", "wkf_", "http://a.com/x.woff"},
      // Short timestamps ask for what is nearest; people write /web/2/ for "any, the newest of them".
      {"/web/2011id_/a.com", "", "2011", "id_", "a.com"},
      {"/web/2/http://a.com/", "", "2", "", "http://a.com/"},
      // Originals stay as they are spelled.
      {"/web/2011id_/http%3A//a.com/%3Fq", "", "2011", "id_", "http%3A//a.com/%3Fq"},
      {"/web/2011id_/http:/a.com/x", "", "2011", "id_", "http:/a.com/x"},
      {"/web/2011id_///a.com/x", "", "2011", "id_", "//a.com/x"},
      {"/web/2011id_/http://a.com/?url=http://b.com/?x=%3F#f", "", "2011", "id_",
       "http://a.com/?url=http://b.com/?x=%3F#f"},
      {"/web/2011id_/", "", "2011", "id_", ""},
      // An original that lay below /web/ itself, or is a replay URL; an archive whose own path has /web/.
      {"/web/2011/http://a.com/web/2010/http://b.com/", "", "2011", "",
       "http://a.com/web/2010/http://b.com/"},
      {"http://host/web/archive/web/2011id_/http://a.com/", "http://host/web/archive", "2011", "id_",
       "http://a.com/"},
      {"http://host/web/web/2011id_/http://a.com/", "http://host/web", "2011", "id_", "http://a.com/"},
  }));
  CAPTURE(row.url);
  const auto parsed = parse_memento_url(row.url);
  REQUIRE(parsed);
  CHECK(parsed->archive == row.archive);
  CHECK(parsed->digits == row.digits);
  CHECK(parsed->flag == row.flag);
  CHECK(parsed->original == row.original);
}

TEST_CASE("what is no memento's URL") {
  const auto* const url =
      GENERATE("", "/web", "/web/", "/web//", "http://a.com/", "https://web.archive.org/web/*/a.com",
               "/web/2011*/http://a.com/", "/web/20110521195625", "/web/20110521195625id_",
               "/web/http://a.com/", "/web/timemap/link/http://a.com/",
               // A host may begin with digits, and have more of them than a timestamp.
               "/web/163.com/", "/web/123456789012345/x", "/web/id_/http://a.com/",
               "/web/2011ID_/http://a.com/", "/web/2011id/http://a.com/", "/web/2011i_/http://a.com/",
               "/web/2011abcd_/http://a.com/", "/web/2011__/http://a.com/", "/web/-2011id_/http://a.com/",
               "/web/2011 id_/http://a.com/", "/web/20110521195625../x.com", "/WEB/2011/a.com");
  CAPTURE(url);
  CHECK_FALSE(parse_memento_url(url));
}

TEST_CASE("only fourteen digits that are a date are a capture's timestamp") {
  CHECK(parse_memento_url("/web/20110521195625/x")->timestamp() == Timestamp::parse("20110521195625"));
  for (const auto* url :
       {"/web/2011/x", "/web/20110000000000/x", "/web/99999999999999/x", "/web/2011052119562/x"}) {
    CAPTURE(url);
    CHECK_FALSE(parse_memento_url(url)->timestamp());
  }
}

TEST_CASE("hostile URLs cost no more than their length, and NUL bytes are bytes") {
  std::string many;
  for (int i = 0; i < 200'000; ++i)
    many += "/web/1_";
  CHECK_FALSE(parse_memento_url(many));
  CHECK_FALSE(parse_memento_url("/web/" + std::string(1'000'000, '1')));
  using namespace std::string_literals;
  CHECK_FALSE(parse_memento_url("/web/2011\0id_/x"s));
  CHECK(parse_memento_url("/web/2011id_/x\0y"s)->original == "x\0y"s);
}

TEST_CASE("a memento's URL is put together, and taken apart again") {
  const auto timestamp = *Timestamp::parse("20110521195625");
  CHECK(memento_url("https://web.archive.org", timestamp, "id_", "http://www.soompi.com:80/privacy?a=b") ==
        "https://web.archive.org/web/20110521195625id_/http://www.soompi.com:80/privacy?a=b");
  CHECK(memento_url("", timestamp, "", escape_for_request("http://x.com/a b#c")) ==
        "/web/20110521195625/http://x.com/a%20b%23c");
  const auto url = memento_url("http://127.0.0.1:1", timestamp, "if_", quote("http://x.com/?q=/web/2010/"));
  const auto parsed = parse_memento_url(url);
  REQUIRE(parsed);
  CHECK(parsed->archive == "http://127.0.0.1:1");
  CHECK(parsed->timestamp() == timestamp);
  CHECK(parsed->flag == "if_");
  CHECK(archived_url(parsed->original) == "http://x.com/?q=/web/2010/");
}

TEST_CASE("what an original in a memento's URL stands for") {
  const auto [original, url] = GENERATE(table<std::string, std::string>({
      {"http://a.com/?q=1&url=http://b.com/?x=%3F", "http://a.com/?q=1&url=http://b.com/?x=%3F"},
      {"a.com/x", "a.com/x"},
      {"//a.com/x", "//a.com/x"},
      {"a%20b.com/%41", "a%20b.com/%41"},
      {"http%3A//a.com/%3Fq%3D1%2525", "http://a.com/?q=1%25"},
      {"https%3a%2f%2fa.com%2f", "https://a.com/"},
      {"ftp%3A//a.com/", "ftp://a.com/"},
      {"HTTP%3A//a.com/", "HTTP://a.com/"},
      {"http:/a.com/x", "http://a.com/x"},
      {"https%3A/a.com/x", "https://a.com/x"},
      {"http:///x", "http:///x"},
      {"http:/", "http://"},
      {"http%3", "http%3"},
      {"*", "*"},
      {"", ""},
  }));
  CAPTURE(original);
  CHECK(archived_url(original) == url);
}
