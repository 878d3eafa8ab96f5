#include "crawler/dialect_question.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "client_fixture.hpp"
#include "tests/support/temp_dir.hpp"

using namespace winnow;
using namespace winnow::testing;

namespace {

const std::string k_pywb_row =
    R"({"urlkey": "com,soompi)/privacy", "timestamp": "20110521195625", "url": "http://www.soompi.com/privacy"})"
    "\n";
const std::string k_timemap =
    "<http://www.soompi.com/privacy>; "
    "rel=\"original\",\n<http://127.0.0.1/20110521195625/http://www.soompi.com/"
    "privacy>; rel=\"memento\"; datetime=\"Sat, 21 May 2011 19:56:25 GMT\"\n";
const std::string k_page = "<html><head><title>Welcome</title></head></html>";

DialectFound ask(const LoopbackServer& server) {
  auto options = FastClient::options(server.base_url(), 4);
  options.archive.dialect.reset();
  return ask_dialect(options, "soompi.com", [] { return true; });
}

}  // namespace

TEST_CASE("an archive is known by what its answer says, not by its status") {
  struct Case {
    const char* story;
    int status;
    const char* type;
    std::string body;
    bool wayback, pywb, memento;
  };
  const std::vector<Case> cases = {
      {"a row of web.archive.org", 200, "text/plain", soompi_row("20110521195625"), true, false, false},
      {"none of them", 200, "text/plain;charset=utf-8", "", true, false, false},
      {"none of them, in an answer without a type", 200, "", "", true, false, false},
      {"none of them, as JSON", 200, "text/plain", "[]\n", true, false, false},
      {"an excluded site", 403, "text/plain",
       "org.archive.util.io.RuntimeIOException: AdministrativeAccessControlException: Blocked Site Error",
       true, false, false},
      {"a row of pywb", 200, "text/x-ndjson", k_pywb_row, false, true, false},
      {"a row of an older pywb", 200, "text/plain", k_pywb_row, false, true, false},
      {"no row of pywb", 200, "text/x-ndjson", "", false, true, false},
      {"a TimeMap", 200, "application/link-format; charset=utf-8", k_timemap, false, false, true},
      {"an aggregator's", 200, "text/plain",
       "<http://elsewhere.example/1>;rel=memento;datetime=\"Sat, 21 May 2011 19:56:25 GMT\"", false, false,
       true},
      {"no TimeMap for the page", 404, "application/link-format", "", false, false, true},
      {"a page for whatever is asked", 200, "text/html", k_page, false, false, false},
      {"nothing for whatever is asked", 200, "text/html", "", false, false, false},
      {"not found", 404, "text/plain", "not found", false, false, false},
      {"an error of somebody's API", 200, "application/json", "{\"error\": 1}", false, false, false},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    const auto answers = [&](Dialect dialect) {
      return answers_in({.name = "a", .base_url = "http://127.0.0.1", .dialect = dialect},
                        {c.status, c.type, c.body});
    };
    CHECK(answers(Dialect::wayback) == c.wayback);
    CHECK(answers(Dialect::pywb) == c.pywb);
    CHECK(answers(Dialect::memento) == c.memento);
  }
}

TEST_CASE("the dialects are asked for in turn, with one request each") {
  struct Case {
    const char* path;
    const char* type;
    std::string body;
    Dialect dialect;
    std::size_t requests;
  };
  const auto c =
      GENERATE(Case{"/cdx/search/cdx?", "text/plain", soompi_row("20110521195625"), Dialect::wayback, 1},
               Case{"/cdx?", "text/x-ndjson", k_pywb_row, Dialect::pywb, 2},
               Case{"/timemap/link/", "application/link-format", k_timemap, Dialect::memento, 3});
  LoopbackServer server([&](const SeenRequest& request, std::size_t) {
    if (request.target.starts_with(c.path))
      return respond("200 OK", {std::string("Content-Type: ") + c.type}, c.body);
    return respond("500 Internal Server Error", {"Content-Type: text/html"}, k_page);
  });
  CHECK(ask(server).dialect == c.dialect);
  const auto seen = server.seen();
  CHECK(seen.size() == c.requests);
  for (const auto& request : seen) {
    CHECK(request.target.find("soompi.com") != std::string::npos);
    if (request.target.starts_with("/cdx")) CHECK(request.target.find("&limit=1&") != std::string::npos);
  }
}

TEST_CASE("what answers in no dialect is told with what it said") {
  LoopbackServer server(
      [](const SeenRequest&, std::size_t) { return respond("200 OK", {"Content-Type: text/html"}, k_page); });
  const auto found = ask(server);
  CHECK_FALSE(found.dialect);
  CHECK_FALSE(found.closed);
  CHECK(found.evidence ==
        "wayback: status 200: Welcome; pywb: status 200: Welcome; memento: status 200: Welcome");
  CHECK(server.seen().size() == 3);
}

TEST_CASE("an archive that is not there is asked once") {
  LoopbackServer server([](const SeenRequest&, std::size_t) { return Reply{}; });
  server.refuse();
  const auto found = ask(server);
  CHECK_FALSE(found.dialect);
  REQUIRE(found.closed);
  CHECK(found.closed->reason == Reason::transport_error);
}

TEST_CASE("an archive that limits every question is not taken for none") {
  LoopbackServer server([](const SeenRequest&, std::size_t) {
    return respond("503 Service Unavailable", {"Retry-After: 1"}, "later");
  });
  const auto found = ask(server);
  CHECK_FALSE(found.dialect);
  REQUIRE(found.closed);
  CHECK(found.closed->reason == Reason::rate_limited);
}

TEST_CASE("a dialect is remembered for its address") {
  const test::TempDir folder;
  const auto budgets = folder.path() / "state" / "budgets";
  Archive archive{.name = "a", .base_url = "http://127.0.0.1:9/one"};
  CHECK_FALSE(remembered_dialect(budgets, archive));
  archive.dialect = Dialect::pywb;
  remember_dialect(budgets, archive);
  CHECK(remembered_dialect(budgets, archive) == Dialect::pywb);
  archive.dialect = Dialect::memento;
  remember_dialect(budgets, archive);
  CHECK(remembered_dialect(budgets, archive) == Dialect::memento);
  // Of another collection at that host nothing is known.
  archive.base_url = "http://127.0.0.1:9/two";
  CHECK_FALSE(remembered_dialect(budgets, archive));
}
