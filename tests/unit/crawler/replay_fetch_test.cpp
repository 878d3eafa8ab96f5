#include "crawler/replay_fetch.hpp"

#include <catch2/catch.hpp>

#include "tests/support/compress.hpp"
#include "tests/unit/crawler/client_fixture.hpp"

using namespace winnow;
using namespace winnow::testing;

namespace {

const ReplayedResponse& response(const FetchResult& result) {
  REQUIRE(std::holds_alternative<ReplayedResponse>(result.outcome));
  return std::get<ReplayedResponse>(result.outcome);
}

const Failure& failure(const FetchResult& result) {
  REQUIRE(std::holds_alternative<Failure>(result.outcome));
  return std::get<Failure>(result.outcome);
}

}  // namespace

TEST_CASE("a capture with its provenance") {
  LoopbackServer archive([](const SeenRequest&, std::size_t) {
    return memento(
        "20110521195625", "<p>policy", "200 OK",
        {"X-Archive-Orig-Server: Apache", "X-Archive-Src: IA-2011.warc.gz", "Content-Encoding: gzip"});
  });
  FastClient fast(archive.base_url() + "/");
  const auto result = fast.fetch();
  const auto& page = response(result);
  CHECK(page.urlkey == "com,soompi)/privacy");
  CHECK(page.timestamp.digits() == "20110521195625");
  CHECK(page.original == k_original);
  CHECK(page.wire_body == "<p>policy");
  CHECK(page.content_encoding == "gzip");
  CHECK(page.content_type == "text/html");
  CHECK(!substituted(result.asked, page));
  const auto& provenance = page.provenance;
  CHECK(provenance.archive == archive.base_url());
  CHECK(provenance.requested_url == k_original);
  CHECK(provenance.memento_url == archive.base_url() + "/web/20110521195625id_/" + k_original);
  CHECK(provenance.statuscode == 200);
  CHECK(provenance.hops.empty());
  CHECK(provenance.original_headers.first("Server") == "Apache");
  CHECK(provenance.response_headers.first("Content-Type") == "text/html");
  CHECK(!provenance.response_headers.has("X-Archive-Orig-Server"));
  CHECK(provenance.source_warc == "IA-2011.warc.gz");
  CHECK(provenance.program.starts_with("winnow/"));
  CHECK(fast.client.counters().replay_requests == 1);
  CHECK(fast.client.counters().bytes_received == 9);
}

TEST_CASE("the archive's redirect is followed and kept; what it leads to is a substitute") {
  LoopbackServer archive([](const SeenRequest&, std::size_t number) {
    if (number == 0) return found_at("/web/20110601000000id_/http://www.soompi.com/privacy");
    return memento("20110601000000", "later");
  });
  const auto result = FastClient(archive.base_url()).fetch();
  const auto& page = response(result);
  REQUIRE(archive.seen().size() == 2);
  CHECK(archive.seen()[1].target == "/web/20110601000000id_/http://www.soompi.com/privacy");
  CHECK(page.timestamp.digits() == "20110601000000");
  CHECK(substituted(result.asked, page));
  REQUIRE(page.provenance.hops.size() == 1);
  const auto& hop = page.provenance.hops[0];
  CHECK(hop.kind == HopKind::archive);
  CHECK(hop.status == 302);
  CHECK(hop.url == archive.base_url() + "/web/20110521195625id_/" + k_original);
  CHECK(hop.location == "/web/20110601000000id_/http://www.soompi.com/privacy");
  CHECK(page.provenance.requested_timestamp.digits() == "20110521195625");
  CHECK(page.provenance.replayed_timestamp.digits() == "20110601000000");
}

TEST_CASE("scheme, www., case and port make no substitute; another path does") {
  for (const auto& [original, other] :
       {std::pair{"https://soompi.com:443/Privacy", false},
        std::pair{"http://www.soompi.com:80/privacy/", false}, std::pair{"http://www.soompi.com/", true}}) {
    LoopbackServer archive([original = std::string(original)](const SeenRequest&, std::size_t) {
      return respond(
          "200 OK",
          {"Memento-Datetime: Sat, 21 May 2011 19:56:25 GMT", "Link: <" + original + ">; rel=\"original\""},
          "x");
    });
    const auto result = FastClient(archive.base_url()).fetch();
    CHECK(response(result).original == original);
    CHECK(substituted(result.asked, response(result)) == other);
  }
}

TEST_CASE("an archived redirect behind the archive's own ends the chain: it is the capture") {
  LoopbackServer archive([&](const SeenRequest&, std::size_t number) {
    if (number == 0) return found_at("/web/20110522000000id_/http://www.soompi.com/privacy");
    return memento(
        "20110522000000", "", "301 Moved",
        {"Location: /web/20110522000000id_/http://www.soompi.com/legal", "X-Archive-Orig-Location: /legal"});
  });
  const auto result = FastClient(archive.base_url()).fetch();
  const auto& page = response(result);
  CHECK(page.provenance.statuscode == 301);
  CHECK(page.provenance.hops.size() == 1);
  CHECK(page.provenance.original_headers.first("Location") == "/legal");
  CHECK(archive.seen().size() == 2);
}

TEST_CASE("redirects that lead nowhere") {
  struct Case {
    const char* story;
    std::function<std::string(std::size_t)> location;
    Reason reason;
    std::size_t requests;
  };
  const Case cases[] = {
      {"to itself", [](std::size_t) { return "/web/20110521195625id_/http://www.soompi.com/privacy"; },
       Reason::redirect_loop, 1},
      {"in a circle of two",
       [](std::size_t number) {
         return "/web/2011052219562" + std::to_string(number % 2) + "id_/http://www.soompi.com/privacy";
       },
       Reason::redirect_loop, 3},
      {"on and on",
       [](std::size_t number) { return "/web/" + std::to_string(20110601000000 + number) + "id_/http://x/"; },
       Reason::redirect_loop, 10},
      {"away from the archive",
       [](std::size_t) { return "http://127.0.0.2:1/web/20110601000000id_/http://x/"; }, Reason::unplayable,
       1},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    LoopbackServer archive(
        [&](const SeenRequest&, std::size_t number) { return found_at(c.location(number)); });
    const auto result = FastClient(archive.base_url()).fetch();
    CHECK(failure(result).reason == c.reason);
    CHECK(failure(result).hops.size() == c.requests);
    CHECK(!failure(result).detail.empty());
    CHECK(archive.seen().size() == c.requests);
  }
}

TEST_CASE(
    "archived redirects of a page to itself, which an archive that ignores schemes mixes with its own") {
  // Captured were http -> https at 00 seconds, and at 03 what is there: a page, or https -> http.
  const auto plays = [](const char* seconds, const char* original, const char* status, const char* location) {
    const auto at = "201105220000" + std::string(seconds);
    return respond(status,
                   {"Memento-Datetime: " + Timestamp::parse(at)->http_date(),
                    "Link: <" + std::string(original) + ">; rel=\"original\"",
                    "X-Archive-Orig-Location: " + std::string(location)},
                   "");
  };
  const std::string http = "http://soompi.com/privacy";
  const std::string https = "https://soompi.com/privacy";
  const bool is_circle = GENERATE(false, true);
  LoopbackServer archive([&](const SeenRequest& request, std::size_t) {
    const auto at = request.target.substr(5, 14);
    if (at == "20110522000000") return plays("00", http.c_str(), "301 Moved", https.c_str());
    if (at != "20110522000003") return found_at("/web/20110522000003id_/" + https);
    return is_circle ? plays("03", https.c_str(), "302 Found", http.c_str())
                     : plays("03", https.c_str(), "200 OK", "");
  });
  Capture led_to = soompi_capture("20110522000000");
  led_to.original = https;
  const auto kinds = [](const std::vector<Hop>& hops) {
    std::string text;
    for (const Hop& hop : hops)
      text += hop.kind == HopKind::archived ? "archived " : "archive ";
    return text;
  };
  FastClient fast(archive.base_url());

  // A capture that the index lists is what it is: the others of its page are listed as well.
  const auto listed = fast.fetch(led_to);
  CHECK(response(listed).provenance.statuscode == 301);
  CHECK(archive.seen().size() == 1);

  const auto followed = fast.fetch(led_to, SamePage::follow);
  if (is_circle) {
    CHECK(failure(followed).reason == Reason::redirect_loop);
    CHECK(failure(followed).status == 302);
    CHECK(kinds(failure(followed).hops) == "archived archive archived archived archive ");
    CHECK(archive.seen().size() == 6);
  } else {
    CHECK(response(followed).provenance.statuscode == 200);
    CHECK(response(followed).timestamp.digits() == "20110522000003");
    CHECK(kinds(response(followed).provenance.hops) == "archived archive ");
    CHECK(archive.seen().size() == 4);
  }
}

TEST_CASE("archived redirects of a page to itself on and on") {
  LoopbackServer archive([](const SeenRequest&, std::size_t number) {
    const auto at = std::to_string(20110522000000 + number);
    return memento(at, "", "301 Moved", {"X-Archive-Orig-Location: https://soompi.com/privacy?"});
  });
  const auto dialect = GENERATE(Dialect::wayback, Dialect::pywb, Dialect::memento);
  FastClient fast(archive.base_url(), 4, dialect);
  CHECK(failure(fast.fetch(soompi_capture(), SamePage::follow)).reason == Reason::redirect_loop);
  CHECK(archive.seen().size() == 10);
}

TEST_CASE("excluded, as a page with status 200: not asked again") {
  LoopbackServer archive([](const SeenRequest&, std::size_t) {
    return respond("200 OK", {"Content-Type: text/html"},
                   "<p>This URL has been excluded from the Wayback Machine.</p>");
  });
  const auto result = FastClient(archive.base_url()).fetch();
  CHECK(failure(result).reason == Reason::excluded);
  CHECK(failure(result).status == 200);
  CHECK(archive.seen().size() == 1);
}

TEST_CASE("an archived 429 or 503 slows nothing down") {
  for (const char* status : {"429 Too Many Requests", "503 Service Unavailable"}) {
    LoopbackServer archive([&](const SeenRequest&, std::size_t) {
      return memento("20110521195625", "wait", status, {"Retry-After: 3600"});
    });
    FastClient fast(archive.base_url());
    const auto result = fast.fetch();
    CHECK(response(result).provenance.statuscode == std::stoi(status));
    CHECK(fast.client.counters().limited == 0);
  }
}

TEST_CASE("what the archive itself says is read compressed, too") {
  // The exclusion page comes with 200; whoever accepts gzip may get it so.
  const std::string page =
      "<html><title>Sorry</title><p>This URL has been excluded from the Wayback Machine.</p>\n";
  LoopbackServer archive([&](const SeenRequest&, std::size_t) {
    return respond("200 OK", {"Content-Type: text/html", "Content-Encoding: gzip", "Set-Cookie: a=b"},
                   test::gzip(page));
  });
  FastClient fast(archive.base_url());
  const auto result = fast.fetch();
  const auto& excluded = failure(result);
  CHECK(excluded.reason == Reason::excluded);
  CHECK(excluded.evidence.body_start == page.substr(0, page.size() - 1) + "\\n");
  CHECK(excluded.evidence.headers.first("Content-Encoding") == "gzip");
  CHECK(!excluded.evidence.headers.has("Set-Cookie"));
  CHECK(fast.client.counters().replay_requests == 1);  // believed at once
}
