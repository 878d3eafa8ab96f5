// A Memento archive behind the client (RFC 7089).
#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "client_fixture.hpp"

using namespace winnow;
using namespace winnow::testing;

namespace {

std::string timemap_of(const std::string& base, const std::vector<std::string>& timestamps,
                       const std::string& further = "") {
  std::string text = "<" + k_original + ">; rel=\"original\"";
  if (!further.empty()) text += ",\n<" + further + ">; rel=\"timemap\"; type=\"application/link-format\"";
  for (const auto& timestamp : timestamps) {
    text += ",\n<" + base + "/" + timestamp + "/" + k_original + ">; rel=\"memento\"; datetime=\"" +
            Timestamp::parse(timestamp)->http_date() + "\"";
  }
  return text;
}

FastClient memento_client(const LoopbackServer& server) {
  return FastClient(server.base_url() + "/a", 4, Dialect::memento);
}

}  // namespace

TEST_CASE("Memento: a TimeMap in parts, which lead in a circle") {
  std::string base;
  LoopbackServer server([&](const SeenRequest& request, std::size_t) {
    if (request.target == "/a/timemap/link/" + k_original)
      return respond("200 OK", {}, timemap_of(base, {}, base + "/timemap/2"));
    if (request.target == "/a/timemap/2")
      return respond("200 OK", {}, timemap_of(base, {"20110521195625"}, base + "/timemap/3"));
    return respond("200 OK", {}, timemap_of(base, {"20120102030405"}, base + "/timemap/2"));
  });
  base = server.base_url() + "/a";
  auto client = memento_client(server);
  const auto result = client.list();
  CHECK_FALSE(result.failure);
  CHECK(result.rows == 2);
  CHECK(result.oddities == CdxOddities{});
  CHECK(server.seen().size() == 3);
}

TEST_CASE("Memento: parts of a TimeMap that lie before the dates do not end it") {
  std::string base;
  LoopbackServer server([&](const SeenRequest& request, std::size_t) {
    const auto at = request.target.find("/timemap/part");
    const int part = at == std::string::npos ? 0 : request.target[at + 13] - '0';
    const std::string next = part < 6 ? fmt::format("{}/timemap/part{}", base, part + 1) : std::string();
    return respond("200 OK", {}, timemap_of(base, {fmt::format("201{}0101000000", part)}, next));
  });
  base = server.base_url() + "/a";
  CdxQuery query;
  query.url = k_original;
  query.match = MatchType::exact;
  query.since = Timestamp::from_value(20160101000000);
  const auto result = memento_client(server).list(query);
  CHECK_FALSE(result.failure);
  CHECK(result.rows == 1);
}

TEST_CASE("Memento: a part of a TimeMap that is missing is not taken for its end") {
  std::string base;
  LoopbackServer server([&](const SeenRequest& request, std::size_t) {
    return request.target == "/a/timemap/link/" + k_original
               ? respond("200 OK", {}, timemap_of(base, {"20110521195625"}, base + "/timemap/2"))
               : respond("404 Not Found", {}, "<html>");
  });
  base = server.base_url() + "/a";
  const auto result = memento_client(server).list();
  CHECK(result.failure);
  CHECK(result.rows == 1);
}

TEST_CASE("Memento: a page without a TimeMap was never archived; other answers are failures") {
  struct Case {
    const char* status;
    bool failed;
  };
  const auto c =
      GENERATE(Case{"404 Not Found", false}, Case{"400 Bad Request", true}, Case{"403 Forbidden", true});
  INFO(c.status);
  LoopbackServer server([&](const SeenRequest&, std::size_t) { return respond(c.status, {}, "<html>"); });
  const auto result = memento_client(server).list();
  CHECK(result.failure.has_value() == c.failed);
  CHECK(result.rows == 0);
}

TEST_CASE("Memento: a capture is fetched from its own address") {
  std::string base;
  LoopbackServer server([&](const SeenRequest& request, std::size_t) {
    if (request.target.find("timemap") != std::string::npos)
      return respond("200 OK", {}, timemap_of(base, {"20110521195625"}));
    return memento("20110521195625", "words");
  });
  base = server.base_url() + "/a";
  auto client = memento_client(server);
  static_cast<void>(client.list());
  REQUIRE(client.rows.size() == 1);
  const auto result = client.fetch(client.rows[0]);
  const auto& response = std::get<ReplayedResponse>(result.outcome);
  CHECK_FALSE(substituted(result.asked, response));
  CHECK(response.wire_body == "words");
  CHECK(response.provenance.memento_url == base + "/20110521195625/" + k_original);
  CHECK(response.provenance.original_headers.first("Content-Type") == "text/html");
}

TEST_CASE("Memento: otherwise the TimeGate is asked for the second") {
  LoopbackServer server([](const SeenRequest& request, std::size_t) {
    if (request.target.find("timegate") != std::string::npos) {
      return respond("302 Found",
                     {"Location: /a/AB12-CD34", "Vary: accept-datetime", "Link: <x>; rel=\"original\""}, "");
    }
    return memento("20110521195625", "words");
  });
  const auto result = memento_client(server).fetch();
  const auto seen = server.seen();
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].target == "/a/timegate/" + k_original);
  CHECK(seen[0].head.find("Accept-Datetime: Sat, 21 May 2011 19:56:25 GMT") != std::string::npos);
  const auto& response = std::get<ReplayedResponse>(result.outcome);
  CHECK(response.provenance.memento_url == server.base_url() + "/a/AB12-CD34");
  CHECK(response.provenance.hops.size() == 1);
}

TEST_CASE("Memento: the answer's own time is believed") {
  LoopbackServer server([](const SeenRequest&, std::size_t) { return memento("20110521195614", "words"); });
  const auto result = memento_client(server).fetch();
  CHECK(substituted(result.asked, std::get<ReplayedResponse>(result.outcome)));
}
