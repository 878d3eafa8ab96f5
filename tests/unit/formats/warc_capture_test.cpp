#include "formats/warc_capture.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "formats/warc_http.hpp"
#include "tests/support/warc_writer.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

std::optional<WarcCapture> capture(const std::string& bytes) {
  WarcStream stream(bytes, Compression::none);
  return capture_of(std::get<WarcRecord>(read_record(stream, {})));
}

}  // namespace

TEST_CASE("status lines and heads of the real web") {
  struct Case {
    std::string story;
    std::string block;
    std::optional<int> status;
    std::string type;
    std::string body;
  };
  const auto c = GENERATE(values<Case>({
      {"plain", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nbody", 200, "text/html", "body"},
      {"NCSA's reason", "HTTP/1.0 200 Document follows\r\nContent-Type: text/html\r\n\r\nbody", 200,
       "text/html", "body"},
      {"no reason", "HTTP/1.1 404\r\nContent-Type: text/html\r\n\r\nbody", 404, "text/html", "body"},
      {"no number", "HTTP/1.1 OK\r\nContent-Type: text/html\r\n\r\nbody", {}, "text/html", "body"},
      {"no version", "HTTP 301 Moved\r\nContent-Type: text/html\r\n\r\nbody", 301, "text/html", "body"},
      {"lower case", "http/1.1 200 ok\r\ncontent-type: text/html\r\n\r\nbody", 200, "text/html", "body"},
      {"line feeds alone", "HTTP/1.1 200 OK\nContent-Type: text/html\n\nbody\r\n\r\n", 200, "text/html",
       "body\r\n\r\n"},
      {"folded", "HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n\tcharset=x\r\n\r\nbody", 200,
       "text/html; charset=x", "body"},
      {"a line that is no field", "HTTP/1.1 200 OK\r\nrubbish\r\nContent-Type: text/html\r\n\r\nbody", 200,
       "text/html", "body"},
      {"interim response first",
       "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: a/b\r\n\r\nbody", 200, "a/b", "body"},
      {"nothing but a head", "HTTP/1.1 204 No Content\r\nContent-Type: a/b", 204, "a/b", ""},
  }));
  CAPTURE(c.story);
  const auto parsed = parse_http_response(c.block);
  REQUIRE(parsed);
  CHECK(parsed->status == c.status);
  CHECK(parsed->headers.first("Content-Type") == c.type);
  CHECK(c.block.substr(parsed->body_offset) == c.body);
}

TEST_CASE("a block that is no response is all body") {
  CHECK_FALSE(parse_http_response("<html>"));
  const auto found = capture(response("20110101000000", "http://a.example/", "<html>"));
  REQUIRE(found);
  CHECK(found->body == "<html>");
}

TEST_CASE("a head of a million fields costs no memory of that order") {
  std::string block = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 100000; ++i)
    block += "a:b\n";
  const auto parsed = parse_http_response(block + "\nbody");
  REQUIRE(parsed);
  CHECK(parsed->headers.fields().size() <= 1000);
  CHECK((block + "\nbody").substr(parsed->body_offset) == "body");
}

TEST_CASE("a head of megabytes is not kept with the capture") {
  const std::string field = "X-A: " + std::string(100'000, 'x') + "\r\n";
  std::string block = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
  for (int i = 0; i < 100; ++i)
    block += field;
  const auto response = parse_http_response(block + "\r\nbody");
  REQUIRE(response);
  CHECK(response->headers.first("content-type") == "text/html");
  CHECK(response->headers.fields().size() == 3);
  CHECK(response->body_offset == block.size() + 2);
  // Nor when it is cut.
  const auto cut = parse_http_response("HTTP/1.1 200 OK\r\nX-A: " + std::string(1'000'000, 'x'));
  REQUIRE(cut);
  CHECK(cut->headers.empty());
}

TEST_CASE("a response's row and body") {
  const std::string packed = gzip("<p>policy</p>");
  const auto found = capture(response(
      "20110521195625", "http://www.Soompi.com:80/privacy/",
      http({"HTTP/1.1 200 OK", "Content-Type: text/html; charset=x", "Content-Encoding: gzip"}, packed)));
  REQUIRE(found);
  CHECK(found->capture.urlkey == "com,soompi)/privacy");
  CHECK(found->capture.timestamp.digits() == "20110521195625");
  CHECK(found->capture.original == "http://www.Soompi.com:80/privacy/");
  CHECK(found->capture.mimetype == "text/html");
  CHECK(found->capture.statuscode == 200);
  CHECK(found->capture.digest == sha1(packed));
  CHECK(found->body == packed);
  CHECK(found->headers.first("content-encoding") == "gzip");
  CHECK_FALSE(found->refers_to);
}

TEST_CASE("chunks are undone, the content coding stays") {
  const std::string packed = gzip("<p>policy</p>");
  const std::string chunks = fmt::format("{:x}\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n", 5, packed.substr(0, 5),
                                         packed.size() - 5, packed.substr(5));
  const auto found = capture(
      response("20110521195625", "http://a.example/",
               http({"HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Content-Encoding: gzip"}, chunks)));
  REQUIRE(found);
  CHECK(found->body == packed);
  CHECK(found->capture.digest == sha1(packed));
  CHECK(found->capture.mimetype == "unk");
}

TEST_CASE("the stated digest is the index's, when it is a SHA-1") {
  const auto [stated, expected] = GENERATE(table<std::string, Sha1>({
      {"sha1:" + base32(sha1("other")), sha1("other")},
      {"SHA1:" + sha1("other").hex(), sha1("other")},
      {"md5:9e107d9d372bb6826bd81d3542a419d6", sha1("body")},
      {"sha1:cut", sha1("body")},
  }));
  CAPTURE(stated);
  const auto found = capture(
      response("20110521195625", "http://a.example/", http_ok("body"), {{"WARC-Payload-Digest", stated}}));
  REQUIRE(found);
  CHECK(found->capture.digest == expected);
}

TEST_CASE("a revisit is listed as the Wayback Machine lists it") {
  const auto found = capture(revisit("20110521195625", "http://a.example/", "body", http_ok(""),
                                     {{"WARC-Refers-To-Target-URI", "http://b.example/"},
                                      {"WARC-Refers-To-Date", "2010-01-01T00:00:00.5Z"}}));
  REQUIRE(found);
  CHECK(found->capture.mimetype == "warc/revisit");
  CHECK_FALSE(found->capture.statuscode);
  CHECK(found->capture.digest == sha1("body"));
  CHECK(found->statuscode == 200);
  REQUIRE(found->refers_to);
  CHECK(found->refers_to->uri == "http://b.example/");
  CHECK(found->refers_to->date == Timestamp::parse("20100101000000"));
}

TEST_CASE("a resource has no HTTP envelope") {
  const auto found = capture(warc_record({{"WARC-Type", "resource"},
                                          {"WARC-Date", "2011-05-21T19:56:25Z"},
                                          {"WARC-Target-URI", "http://a.example/policy.pdf"},
                                          {"Content-Type", "application/pdf"}},
                                         "HTTP/1.1 is not looked for"));
  REQUIRE(found);
  CHECK(found->statuscode == 200);
  CHECK(found->capture.mimetype == "application/pdf");
  CHECK(found->body == "HTTP/1.1 is not looked for");
  CHECK(found->headers.first("Content-Type") == "application/pdf");
}

TEST_CASE("records that are no captures of the web") {
  const auto [type, uri] = GENERATE(table<std::string, std::string>({
      {"warcinfo", "http://a.example/"},
      {"request", "http://a.example/"},
      {"metadata", "http://a.example/"},
      {"conversion", "http://a.example/"},
      {"response", "dns:a.example"},
      {"resource", "metadata://gnu.org/software/wget/warc/MANIFEST.txt"},
  }));
  CAPTURE(type, uri);
  CHECK_FALSE(capture(warc_record(
      {{"WARC-Type", type}, {"WARC-Date", "2011-05-21T19:56:25Z"}, {"WARC-Target-URI", uri}}, "block")));
}
