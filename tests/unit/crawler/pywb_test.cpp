// pywb behind the client, by the answers of pywb 2.10 to the same questions.
#include <string>

#include <catch2/catch.hpp>

#include "client_fixture.hpp"
#include "crawler/body.hpp"
#include "crawler/dialect.hpp"
#include "crawler/pywb/pywb_url.hpp"

using namespace winnow;
using namespace winnow::testing;

namespace {

constexpr const char* k_json_row =
    R"({"urlkey": "com,soompi)/privacy", "timestamp": "20110521195625", "url": "http://www.soompi.com/privacy", )"
    R"("mime": "text/html", "status": "200", "digest": "V22RGWC6PPUPWGAAEUQLY3YJ6LAJWWZF", "length": "8912"})"
    "\n";

FastClient pywb_client(const LoopbackServer& server) {
  return FastClient(server.base_url() + "/coll", 4, Dialect::pywb);
}

/// A capture as pywb replays it: some of the original's fields go by their own names.
Reply replayed(std::string_view timestamp, std::string_view body, std::string_view status = "200 OK",
               std::vector<std::string> fields = {}) {
  fields.push_back("X-Archive-Orig-Server: Apache");
  return memento(timestamp, body, status, std::move(fields));
}

}  // namespace

TEST_CASE("pywb: the question to the index") {
  const std::string base = "https://arquivo.pt/wayback";
  const std::string end =
      "&limit=1000000&allowFuzzy=false&output=json&fl=urlkey,timestamp,url,mime,status,digest,length,method,"
      "is_"
      "fuzzy";
  CdxQuery query{.url = "http://www.soompi.com/privacy?a=1&b"};
  CHECK(pywb_index_url(base, query) ==
        base + "/cdx?url=http%3A%2F%2Fwww.soompi.com%2Fprivacy%3Fa%3D1%26b&matchType=exact" + end);
  query = {.url = "soompi.com",
           .match = MatchType::domain,
           .since = Timestamp::parse("20100101000000"),
           .until = Timestamp::parse("20111231235959"),
           .filters = {"urlkey:com,soompi[,:)].*privac.*", "!statuscode:404|410", "mimetype:text/html"}};
  // Their regexes match a beginning; ours whole fields.
  CHECK(pywb_index_url(base, query) ==
        base +
            "/cdx?url=soompi.com&matchType=domain&from=20100101000000&to=20111231235959"
            "&filter=~urlkey%3A%28%3F%3Acom%2Csoompi%5B%2C%3A%29%5D.%2Aprivac.%2A%29%24"
            "&filter=%21~status%3A%28%3F%3A404%7C410%29%24&filter=~mime%3A%28%3F%3Atext%2Fhtml%29%24" +
            end);
}

TEST_CASE("pywb: an index is read in one answer") {
  LoopbackServer server([](const SeenRequest&, std::size_t) {
    return respond("200 OK", {"Content-Type: text/x-ndjson"}, k_json_row);
  });
  auto client = pywb_client(server);
  const auto result = client.list();
  CHECK_FALSE(result.failure);
  CHECK(result.rows == 1);
  REQUIRE(client.rows.size() == 1);
  CHECK(client.rows[0].original == "http://www.soompi.com/privacy");
  CHECK(server.seen().size() == 1);
  CHECK(server.seen()[0].target.starts_with("/coll/cdx?url="));
}

TEST_CASE("pywb: an index that can't answer says why") {
  struct Case {
    const char* status;
    const char* body;
    Reason reason;
    const char* detail;
  };
  const auto c = GENERATE(
      Case{"400 Bad Request", R"({"message": "The \"url\" param is required"})", Reason::bad_index,
           R"(status 400: {"message": "The \"url\" param is required"})"},
      Case{"500 Internal Error: missing )",
           R"({"message": "Internal Error: missing ), unterminated subpattern"})", Reason::transport_error,
           R"(status 500: {"message": "Internal Error: missing ), unterminated subpattern"})"},
      Case{"404 Not Found", "<html><title>Pywb Error</title></html>", Reason::bad_index,
           "status 404: Pywb Error"},
      Case{"200 OK", R"({"message": "No Resource Found"})", Reason::bad_index,
           R"(status 200: {"message": "No Resource Found"})"});
  INFO(c.body);
  LoopbackServer server([&](const SeenRequest&, std::size_t) { return respond(c.status, {}, c.body); });
  const auto result = pywb_client(server).list();
  REQUIRE(result.failure);
  CHECK(result.failure->reason == c.reason);
  CHECK(result.failure->detail == c.detail);
}

TEST_CASE("pywb: rows that nobody asked for are refused") {
  const std::string fuzzy = std::string(k_json_row).insert(1, R"("is_fuzzy": "1", )");
  LoopbackServer server([&](const SeenRequest&, std::size_t) { return respond("200 OK", {}, fuzzy); });
  auto client = pywb_client(server);
  const auto result = client.list();
  CHECK_FALSE(result.failure);
  CHECK(client.rows.empty());
  CHECK(result.oddities.fuzzy_rows > 0);
}

TEST_CASE("pywb: a capture and its own header fields") {
  LoopbackServer server([](const SeenRequest&, std::size_t) {
    return replayed("20110521195625", "words", "200 OK", {"Content-Language: en"});
  });
  const auto result = pywb_client(server).fetch();
  CHECK(server.seen()[0].target == "/coll/20110521195625id_/http://www.soompi.com/privacy");
  const auto& response = std::get<ReplayedResponse>(result.outcome);
  CHECK_FALSE(substituted(result.asked, response));
  const auto& own = response.provenance.original_headers;
  CHECK(own.first("Server") == "Apache");
  // The charset is told here: without it the text is read wrongly.
  CHECK(own.first("Content-Type") == "text/html");
  CHECK(own.first("Content-Language") == "en");
  CHECK_FALSE(own.has("Memento-Datetime"));
}

TEST_CASE("pywb: another capture is told apart from the one asked for") {
  SECTION("200 with another time: a redirect to the same page is skipped, or the time is not there") {
    LoopbackServer server(
        [](const SeenRequest&, std::size_t) { return replayed("20110521195614", "words"); });
    const auto result = pywb_client(server).fetch();
    const auto& response = std::get<ReplayedResponse>(result.outcome);
    CHECK(substituted(result.asked, response));
    CHECK(response.timestamp.digits() == "20110521195614");
  }
  SECTION("307 to the time, when the collection redirects to exact captures") {
    LoopbackServer server([](const SeenRequest&, std::size_t number) {
      if (number > 0) return replayed("20110521195614", "words");
      return respond("307 Temporary Redirect",
                     {"Location: /coll/20110521195614id_/http://www.soompi.com/privacy",
                      "Link: <http://www.soompi.com/privacy>; rel=\"original\""},
                     "");
    });
    const auto result = pywb_client(server).fetch();
    const auto& response = std::get<ReplayedResponse>(result.outcome);
    CHECK(substituted(result.asked, response));
    REQUIRE(response.provenance.hops.size() == 1);
    CHECK(response.provenance.hops[0].kind == HopKind::archive);
    CHECK(response.provenance.hops[0].status == 307);
  }
}

TEST_CASE("pywb: where an archived redirect led") {
  struct Case {
    const char* location;
    const char* own;
  };
  const auto c =
      GENERATE(Case{"/legal", "/legal"}, Case{"https://soompi.com/legal", "https://soompi.com/legal"},
               // Rewritten, though asked for as archived: older versions, other Memento archives.
               Case{"/coll/20110521195625id_/https://soompi.com/legal", "https://soompi.com/legal"},
               Case{"BASE/coll/20110521195625/https://soompi.com/legal", "https://soompi.com/legal"},
               Case{"BASE/other/20110521195625/https://soompi.com/legal", nullptr},
               Case{"/coll/2011-05/https://soompi.com/legal", "/coll/2011-05/https://soompi.com/legal"});
  std::string location = c.location;
  LoopbackServer server([&](const SeenRequest&, std::size_t) {
    return replayed("20110521195625", "", "301 Moved Permanently", {"Location: " + location});
  });
  if (location.starts_with("BASE")) location.replace(0, 4, server.base_url());
  INFO(location);
  const auto result = pywb_client(server).fetch();
  const auto& response = std::get<ReplayedResponse>(result.outcome);
  CHECK(response.provenance.statuscode == 301);
  CHECK(response.provenance.original_headers.first("Location") == (c.own == nullptr ? location : c.own));
}

TEST_CASE("pywb: pages of the archive itself") {
  struct Case {
    const char* status;
    const char* body;
    Reason reason;
  };
  const auto c = GENERATE(
      Case{"404 Not Found", "<title>URL Not Found</title>The url could not be found in this collection.",
           Reason::not_archived},
      Case{"451 Unavailable For Legal Reasons", "<title>Pywb Error</title>Access to https://x/ is blocked",
           Reason::excluded},
      Case{"500 Internal Server Error", "<title>Pywb Error</title>Internal Server Error",
           Reason::unplayable});
  INFO(c.status);
  LoopbackServer server([&](const SeenRequest&, std::size_t) { return respond(c.status, {}, c.body); });
  const auto result = pywb_client(server).fetch();
  CHECK(std::get<Failure>(result.outcome).reason == c.reason);
}

TEST_CASE("pywb: bytes are asked for as they are stored") {
  // Otherwise pywb undoes what it can, fails with 500 where it can't, and no digest of stored bytes matches.
  LoopbackServer server([](const SeenRequest&, std::size_t) { return replayed("20110521195625", "words"); });
  static_cast<void>(pywb_client(server).fetch());
  CHECK(server.seen()[0].head.find("Accept-Encoding: gzip, deflate, br, zstd") != std::string::npos);
}
