#include "crawler/cdx_listing.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/crawler/client_fixture.hpp"

using namespace winnow;
using namespace winnow::testing;

namespace {

Reply text(std::string_view body) {
  return respond("200 OK", {"Content-Type: text/plain"}, body);
}

const std::string k_first = soompi_row("20110521195625");
const std::string k_second = soompi_row("20120521195625");
const std::string k_third = soompi_row("20130521195625");

/// Answers one after the other; the last one for ever.
LoopbackServer::Script in_turn(const std::vector<Reply>& replies) {
  return [replies](const SeenRequest&, std::size_t number) {
    return replies[std::min(number, replies.size() - 1)];
  };
}

}  // namespace

TEST_CASE("pages are asked for by resume key, escaped once more, to the end") {
  LoopbackServer archive(
      in_turn({text(k_first + "\ncom%2Csoompi+1\n"), text(k_second + "\nkey2\n"), text(k_third)}));
  FastClient fast(archive.base_url());
  const auto result = fast.list();
  CHECK(!result.failure);
  CHECK(result.rows == 3);
  CHECK(result.requests == 3);
  REQUIRE(fast.rows.size() == 3);
  CHECK(fast.rows[2].timestamp.digits() == "20130521195625");
  const auto seen = archive.seen();
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].target.find("resumeKey=") == std::string::npos);
  CHECK(seen[1].target.ends_with("&resumeKey=com%252Csoompi%2B1"));
  CHECK(seen[0].head.find("Accept-Encoding: identity") != std::string::npos);
  CHECK(fast.client.counters().cdx_requests == 3);
}

TEST_CASE("rows that came before an answer broke off come once") {
  // Cut within a row, twice, each time further on.
  const std::string rows = k_first + "\n" + k_second + "\n" + k_third + "\n";
  LoopbackServer archive(in_turn(
      {text(rows.substr(0, k_first.size() + 20)), text(rows.substr(0, rows.size() - 20)), text(rows)}));
  FastClient fast(archive.base_url());
  const auto result = fast.list();
  CHECK(!result.failure);
  CHECK(result.rows == 3);
  CHECK(result.requests == 3);
  std::vector<std::string> times;
  for (const Capture& row : fast.rows) {
    if (row.original == "http://www.soompi.com/privacy") times.push_back(row.timestamp.digits());
  }
  CHECK(times == std::vector<std::string>{"20110521195625", "20120521195625", "20130521195625"});
}

TEST_CASE("one empty first page is not believed") {
  LoopbackServer lying(in_turn({text(""), text(k_first)}));
  FastClient fast(lying.base_url());
  const auto result = fast.list();
  CHECK(result.rows == 1);
  CHECK(result.oddities.empty_answers == 1);

  for (const char* nothing : {"", "[]\n"}) {
    LoopbackServer empty(in_turn({text(nothing)}));
    const auto none = FastClient(empty.base_url()).list();
    CHECK(!none.failure);
    CHECK(none.rows == 0);
    CHECK(none.requests == 2);
  }
}

TEST_CASE("an answer of nothing but lines too long for a row is no index") {
  const std::string garbage(200'000, GENERATE('a', '['));
  LoopbackServer server(in_turn({text(garbage)}));
  const auto result = FastClient(server.base_url()).list();
  REQUIRE(result.failure);
  CHECK(result.failure->reason == Reason::bad_index);

  // Beside rows it is an inline image that somebody archived.
  LoopbackServer image(in_turn({text(garbage + "\n" + k_first)}));
  CHECK_FALSE(FastClient(image.base_url()).list().failure);
}

TEST_CASE("an empty last page, empty pages with keys, and keys that cycle come to an end") {
  LoopbackServer last(in_turn({text(k_first + "\nkey1\n"), text("")}));
  const auto ended = FastClient(last.base_url()).list();
  CHECK(!ended.failure);
  CHECK(ended.rows == 1);
  CHECK(ended.requests == 2);

  LoopbackServer between(in_turn({text(k_first + "\nkey1\n"), text("\nkey2\n"), text(k_second)}));
  CHECK(FastClient(between.base_url()).list().rows == 2);

  LoopbackServer endless(
      [](const SeenRequest&, std::size_t number) { return text("\nkey" + std::to_string(number) + "\n"); });
  const auto given_up = FastClient(endless.base_url()).list();
  CHECK(!given_up.failure);
  CHECK(given_up.requests <= 4);

  LoopbackServer circle(
      in_turn({text(k_first + "\nkey1\n"), text(k_second + "\nkey2\n"), text(k_third + "\nkey1\n")}));
  const auto cycled = FastClient(circle.base_url()).list();
  CHECK(!cycled.failure);
  CHECK(cycled.rows == 3);
  CHECK(cycled.requests == 3);
  CHECK(cycled.oddities.cycling_keys == 1);
}

TEST_CASE("an index that was cut is asked for again") {
  struct Case {
    const char* story;
    Reply cut;
  };
  const std::string chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const Case cases[] = {
      {"within a row", text(k_first + k_second.substr(0, 40))},
      {"the connection ends early",
       {"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + k_first, Reply::Then::close}},
      {"reset within", {"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + k_first, Reply::Then::reset}},
      {"an error's text behind rows", text(k_first + "java.net.SocketTimeoutException: Read timed out\n")},
      {"HTML with status 200", text("<html><title>Oops</title></html>\n")},
      {"an error's text alone", text("org.archive.util.io.RuntimeIOException: SocketTimeoutException\n")},
      {"the gateway's time-out", respond("504 Gateway Time-out", {}, "<h1>504</h1>")},
      {"too many requests, with status 200", text("<html><h1>429 Too Many Requests</h1></html>\n")},
      {"too many requests", respond("429 Too Many Requests", {"Retry-After: 2"}, "")},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    LoopbackServer archive(in_turn({text(k_first + "\nkey1\n"), c.cut, text(k_second + k_third)}));
    FastClient fast(archive.base_url());
    const auto result = fast.list();
    CHECK(!result.failure);
    CHECK(result.requests == 3);
    CHECK(result.rows == 3);
    REQUIRE(!fast.rows.empty());
    CHECK(fast.rows.back().timestamp.digits() == "20130521195625");
    const auto seen = archive.seen();
    REQUIRE(seen.size() == 3);
    CHECK(seen[2].target == seen[1].target);
  }
}

TEST_CASE("a server that never ends its last line is believed the second time") {
  LoopbackServer archive(in_turn({text(k_first + k_second.substr(0, k_second.size() - 1))}));
  const auto result = FastClient(archive.base_url()).list();
  CHECK(!result.failure);
  CHECK(result.rows == 2);
  CHECK(result.requests == 2);
  CHECK(result.oddities.cut_answers == 1);
}

TEST_CASE("what an index may say instead of rows") {
  struct Case {
    const char* story;
    Reply answer;
    Reason reason;
    int requests;
  };
  const Case cases[] = {
      {"blocked, with status 403",
       respond("403 Forbidden", {},
               "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error\n"),
       Reason::excluded, 1},
      {"blocked, with status 200",
       text("org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error\n"),
       Reason::excluded, 1},
      {"robots.txt", text("org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots\n"),
       Reason::excluded, 1},
      {"HTML, again and again", text("<html><title>Hello</title></html>\n"), Reason::bad_index, 5},
      {"a bad request", respond("400 Bad Request", {}, "Bad Request\n"), Reason::bad_index, 1},
      {"time-outs without end", respond("504 Gateway Time-out", {}, "<title>504 Gateway Time-out</title>"),
       Reason::transport_error, 5},
      {"limited without end", respond("429 Too Many Requests", {"Retry-After: 1"}, ""), Reason::rate_limited,
       5},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    LoopbackServer archive(in_turn({c.answer}));
    const auto result = FastClient(archive.base_url()).list();
    REQUIRE(result.failure);
    CHECK(result.failure->reason == c.reason);
    CHECK(result.failure->detail.find("status ") != std::string::npos);
    CHECK(result.rows == 0);
    CHECK(result.requests == c.requests);
  }
}

TEST_CASE("a listing that fails midway keeps its rows and says where to go on") {
  LoopbackServer archive(in_turn({text(k_first + "\nkey1\n"), {"", Reply::Then::reset}}));
  const auto result = FastClient(archive.base_url()).list();
  REQUIRE(result.failure);
  CHECK(result.failure->reason == Reason::transport_error);
  CHECK(result.rows == 1);
  CHECK(result.resume_key == "key1");
}

TEST_CASE("oddities are counted over pages, those of void tries are not") {
  const std::string mailto = "com,soompi)/ 20110521195625 mailto:a@b.c text/html 200 - -\n";
  LoopbackServer archive(in_turn(
      {text(mailto + k_first + "\nkey1\n"), text(mailto + k_second.substr(0, 30)), text(mailto + k_second)}));
  const auto result = FastClient(archive.base_url()).list();
  CHECK(result.rows == 2);
  CHECK(result.oddities.foreign_originals == 2);
  CHECK(result.oddities.bad_rows == 0);
}
