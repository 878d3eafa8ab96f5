#include "serve/store_service.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/serve/served_store.hpp"

using namespace winnow;
using namespace winnow::serve;
using namespace winnow::test;

namespace {

const std::string k_page = "https://a.test/privacy";

void fill(StoreFixture& fixture) {
  add_pages(fixture,
            {{20100101000000, k_page, "Privacy", "We keep names.\n\n# Contact\n\nWrite to us."},
             {20120101000000, k_page, "Privacy", "We keep names and faces.\n\n# Contact\n\nWrite to us."},
             {20140101000000, k_page, "Privacy", "We keep names.\n\n# Contact\n\nWrite to us."}});
}

struct Served {
  explicit Served(ServiceOptions options = {}) {
    fill(fixture);
    service = std::make_unique<StoreService>(fixture.path, std::move(options));
  }
  StoreFixture fixture;
  std::unique_ptr<StoreService> service;
};

}  // namespace

TEST_CASE("what is at each address", "[serve]") {
  Served served;
  const auto [target, status, words] = GENERATE(table<std::string, int, std::string>({
      {"/", 200, "a.test"},
      {"/?q=A.TE", 200, "/site/a.test"},
      {"/?q=nothing", 200, "No site’s name has “nothing” in it."},
      {"/?sort=versions&page=1", 200, "a.test"},
      {"/?sort=odd&page=-3", 200, "a.test"},
      {"/site/a.test", 200, "3 versions in 3 captures"},
      {"/site/b.test", 404, "nothing of b.test"},
      {"/series/1", 200, "returns to 1"},
      {"/series/77", 404, "no such series"},
      {"/series/x", 404, "no such series"},
      {"/series/99999999999999999999999", 404, "no such series"},
      {"/series/1/version/20120101000000", 200, "We keep names and faces."},
      {"/series/1/version/2013", 200, "We keep names and faces."},
      {"/series/1/version/n2", 200, "We keep names and faces."},
      {"/series/1/version/n4", 404, "no such version"},
      {"/series/1/version/2009", 404, "no such version"},
      {"/series/1/version/n2/text.md", 200, "archived on 2012-01-01"},
      {"/series/1/version/n2/body", 200, "<p>We keep names and faces."},
      {"/series/1/version/n2/odd", 404, "no page"},
      {"/series/1/diff/20100101000000/20120101000000", 200, "<ins>and faces</ins>"},
      {"/series/1/diff/20120101000000/2014?view=side", 200, "<del>and faces</del>"},
      {"/series/1/diff/n1/n3", 200, "The words are the same."},
      {"/series/1/diff/n1/n9", 404, "no such two versions"},
      {"/series/1/diff/2011/2012", 200,
       "<link rel=\"canonical\" href=\"/series/1/diff/20100101000000/20120101000000\">"},
      {"/series/1/diff/n1/n3", 200, "<option value=\"20140101000000\" selected>3: 2014-01-01</option>"},
      {"/site/a.test", 200, "<form class=\"compare\" action=\"/series/1/diff\" method=\"get\">"},
      {"/series/1/diff?from=n1&to=n9", 404, "no such two versions"},
      {"/series/9/diff?from=n1&to=n2", 404, "no such two versions"},
      {"/series/1/diff", 404, "no such two versions"},
      {"/search", 200, "phrases in quotes"},
      {"/search?q=-x", 200, "There is no word to look for."},
      {"/search?q=unheardof", 200, "No version has these words."},
      {"/search?q=faces", 200, "names and <mark>faces</mark>"},
      {"/search?q=faces", 200, "version 2 of 3"},
      {"/search?q=faces", 200, "2012-01-01 to 2012-01-01, not yet 2010-01-01, gone by 2014-01-01"},
      {"/search?q=%22names+faces%22", 200, "No version has these words."},
      {"/search?q=names&site=b.test", 200, "No version has these words."},
      {"/search?q=faces&until=2011", 200, "No version has these words."},
      {"/search?q=names&order=first", 200,
       "Policies that have the words, by year: 2010: 1 of 1; 2011: 1 of 1;"},
      {"/search?q=faces&since=2011", 200, "by year: 2011: 0 of 1; 2012: 1 of 1; 2013: 0 of 1; 2014: 0 of 1"},
      {"/search?q=faces", 200, "<p class=\"url\">https://a.test/privacy</p>"},
      {"/search?q=names&since=yesterday", 200, "“yesterday” is no date"},
      {"/api/v1/search?q=names&until=2O15", 400, "is no date"},
      {"/api/v1/changes?after=x", 400, "after is no number"},
      {"/", 200, "<p class=\"url\">https://a.test/privacy</p>"},
      {"/site/b.test/feed.atom", 404, "no page"},
      {"/feed.atom", 200, "<summary>https://a.test/privacy: +"},
      {"/series/1/diff/n1/n2", 200, "<h1>What changed at a.test</h1>"},
      {"/series/1/diff/2011/2012", 200,
       "href=\"/series/1/diff/20100101000000/20120101000000\" rel=\"bookmark\""},
      {"/ledger", 200, "The ledger is empty"},
      {"/runs", 200, "test"},
      {"/feed.atom", 200, "a.test: version 2, seen from 2012-01-01"},
      {"/feed.atom", 200,
       "<published>2012-01-01T00:00:00Z</published><updated>2026-01-01T00:00:00Z</updated>"},
      {"/", 200, "no archive asked; captures to 2014-01"},
      {"/site/a.test/feed.atom", 200, "Changes of a.test"},
      {"/openapi.json", 200, "\"openapi\""},
      {"/healthz", 200, "ok\n"},
      {"/metrics", 200, "winnow_store_versions 3\n"},
      {"/nothing/here", 404, "no page"},
      {"/cdx/search/cdx?url=a.test/privacy&fl=timestamp", 200,
       "20100101000000\n20120101000000\n20140101000000\n"},
      {"/cdx/search/cdx?url=a.test&matchType=domain&fl=timestamp&limit=1", 200, "20100101000000\n"},
      {"/cdx/search/cdx?url=b.test", 200, ""},
      {"/web/20120101000000id_/https://a.test/privacy", 200, "<p>We keep names and faces."},
      {"/web/timemap/link/https://a.test/privacy", 200, "rel=\"first memento\""},
      {"/web/20120101000000id_/https://b.test/", 404, "has not archived"},
  }));
  CAPTURE(target);
  const Got got = get(*served.service, target);
  CHECK(got.status == status);
  CHECK(got.body.find(words) != std::string::npos);
}

TEST_CASE("the first page tells until when each site was looked at, and what is not there", "[serve]") {
  Served served;
  const auto listed = served.fixture.list({capture(20160101000000, k_page, "gone"),
                                           capture(20170101000000, "https://gone.a.test/privacy", "too")});
  served.fixture.store->note_look({served.fixture.archive, listed.pages, {}, at(20180101000000)});
  served.fixture.plan(listed.pages, Selection::all);
  const auto claimed = served.fixture.store->claim(10);
  REQUIRE(claimed.size() == 2);
  served.fixture.store->record(std::vector<CaptureResult>{failure(claimed[0], Reason::transport_error),
                                                          failure(claimed[1], Reason::not_a_policy)});
  const std::string home = get(*served.service, "/").body;
  CHECK(home.find("index read to 2018-01-01") != std::string::npos);
  CHECK(home.find("href=\"/ledger?site=a.test\">2 on the ledger, 1 to be asked again</a>") !=
        std::string::npos);
  CHECK(home.find(">a.<wbr>test</a>") != std::string::npos);
}

TEST_CASE("a site of which there is but a ledger entry is told from one that nobody asked for", "[serve]") {
  Served served;
  served.fixture.store->note_target(
      served.fixture.archive, "never.test",
      Missed{.reason = Reason::excluded, .status = 403, .detail = "", .hops = {}, .retry_at = {}});
  const std::string page = get(*served.service, "/site/never.test").body;
  CHECK(page.find("The ledger says why") != std::string::npos);
  CHECK(page.find("href=\"/ledger?site=never.test\"") != std::string::npos);
  CHECK(get(*served.service, "/site/b.test").body.find("ledger?site") == std::string::npos);
}

TEST_CASE("of a site's pages its policy is shown before its terms", "[serve]") {
  StoreFixture fixture;
  add_pages(fixture, {{20100101000000, "https://a.test/privacy", "Privacy", "We keep names."},
                      {20100101000000, "https://a.test/terms", "Terms", "You agree."},
                      {20110101000000, "https://a.test/terms", "Terms", "You agree to all."}});
  SQLite::Database(fixture.path, SQLite::OPEN_READWRITE)
      .exec(
          "UPDATE analyses SET kind = 'legal' WHERE text_id IN (SELECT id FROM texts WHERE title = 'Terms')");
  StoreService service(fixture.path, {});
  CHECK(get(service, "/site/a.test").body.find("1 version in 1 capture") != std::string::npos);
}

TEST_CASE("two versions that are chosen lead to the difference's own address", "[serve]") {
  Served served;
  const Got got = get(*served.service, "/series/1/diff?from=20100101000000&to=n3");
  CHECK(got.status == 302);
  CHECK(got.header("Location") == "/series/1/diff/20100101000000/20140101000000");
  CHECK(get(*served.service, "/series/1/diff?from=n3&to=2010&view=side").header("Location") ==
        "/series/1/diff/20140101000000/20100101000000?view=side");
}

TEST_CASE("what is no policy is told wherever the version is named", "[serve]") {
  Served served;
  SQLite::Database(served.fixture.path, SQLite::OPEN_READWRITE)
      .exec(
          "UPDATE analyses SET kind = 'not-found' WHERE text_id = (SELECT text_id FROM version_texts WHERE "
          "number = 2)");
  for (const std::string target : {"/", "/site/a.test", "/series/1/version/n2", "/series/1/diff/n1/n2"}) {
    CAPTURE(target);
    CHECK(get(*served.service, target).body.find("error page or empty") != std::string::npos);
  }
  CHECK(get(*served.service, "/series/1/version/n1").body.find("error page") == std::string::npos);
}

TEST_CASE("a site with several pages tells of which it speaks", "[serve]") {
  StoreFixture fixture;
  add_pages(fixture, {{20100101000000, "https://a.test/privacy", "Privacy", "We keep names."},
                      {20110101000000, "https://a.test/privacy", "Privacy", "We keep names and faces."},
                      {20110101000000, "https://a.test/terms", "Terms", "You agree to all."}});
  StoreService service(fixture.path, {});
  const std::string page = get(service, "/site/a.test").body;
  CHECK(page.find("This is one page of the site; 1 other page with versions is at the foot.") !=
        std::string::npos);
  CHECK(page.find("Compare</label>") != std::string::npos);
  CHECK(get(service, "/").body.find("versions in 2 pages") != std::string::npos);
  CHECK(get(service, "/series/2").body.find("class=\"compare\"") == std::string::npos);
}

TEST_CASE("a text that was seldom captured is not without a text in between", "[serve]") {
  Served served;
  // moving.com: looked at once a year, and each time the same words.
  const std::string words = "We keep names and dates.";
  add_pages(served.fixture, {{20160101000000, k_page, "Privacy", words, "<p>1</p>" + words},
                             {20170101000000, k_page, "Privacy", words, "<p>2</p>" + words},
                             {20180101000000, k_page, "Privacy", words, "<p>3</p>" + words}});
  const std::string unread = get(*served.service, "/site/a.test").body;
  CHECK(unread.find(
            "2016-01-01 to 2017-01-01: not known, for no archive’s index was read for all of it; version "
            "4 before and after") != std::string::npos);
  const auto listed =
      served.fixture.list({capture(20180101000000, k_page, "Privacy" + words + "<p>3</p>" + words)});
  served.fixture.store->note_look({served.fixture.archive, listed.pages, {}, at(20180601000000)});
  const std::string page = get(*served.service, "/site/a.test").body;
  CHECK(page.find("2016-01-01 to 2018-01-01: seldom captured, 1 time in between, each with version 4") !=
        std::string::npos);
  CHECK(page.find("No text from 2014-01-01 to 2016-01-01: nothing was archived") != std::string::npos);
  CHECK(page.find("No text from 2016") == std::string::npos);
}

TEST_CASE("a run's figures are as precise as anybody asks", "[serve]") {
  Served served;
  SQLite::Database(served.fixture.path, SQLite::OPEN_READWRITE)
      .exec(
          R"(UPDATE runs SET report = '{"seconds":1.171370337,"texts":12345,"extraction_cpu_seconds":0.203460937,)"
          R"("requests":{"bytes":9414481,"waited_seconds":7.159}}')");
  const std::string page = get(*served.service, "/runs").body;
  CHECK(page.find("<dt>requests: bytes</dt><dd>9.4 MB</dd>") != std::string::npos);
  CHECK(page.find("<dt>requests: waited</dt><dd>7.2 s</dd>") != std::string::npos);
  CHECK(page.find("<dt>extraction cpu</dt><dd>0.2 s</dd>") != std::string::npos);
  CHECK(page.find("<dd>12,345</dd>") != std::string::npos);
  CHECK(page.find("1.17") == std::string::npos);
}

TEST_CASE("what was imported has no archive to speak of", "[serve]") {
  Served served;
  CHECK(get(*served.service, "/series/1/version/n1").body.find("Archive’s digest") != std::string::npos);
  SQLite::Database(served.fixture.path, SQLite::OPEN_READWRITE).exec("UPDATE archives SET url = 'warc:'");
  const std::string page = get(*served.service, "/series/1/version/n1").body;
  CHECK(page.find("none: imported from a file") != std::string::npos);
  CHECK(page.find("Record’s digest") != std::string::npos);
  CHECK(page.find("warc:") == std::string::npos);
}

TEST_CASE("a version that is named by a change leads to what changed", "[serve]") {
  Served served;
  const Got got = get(*served.service, "/series/1/version/20120101000000/changes");
  CHECK(got.status == 302);
  CHECK(got.header("Location") == "/series/1/diff/20100101000000/20120101000000");
  CHECK(get(*served.service, "/series/1/version/n1/changes").header("Location") ==
        "/series/1/version/20100101000000");
}

TEST_CASE("only names that are the server's own are answered to", "[serve]") {
  // DNS rebinding: a page of evil.example that lets its name point to 127.0.0.1 would read the store.
  Served served(
      ServiceOptions{.public_url = "https://policies.example", .hosts = {"policies.example"}, .token = {}});
  const auto [host, status] = GENERATE(table<std::string, int>({
      {"127.0.0.1:8088", 200},
      {"localhost:8088", 200},
      {"LOCALHOST", 200},
      {"[::1]:8088", 200},
      {"192.168.1.7", 200},
      {"policies.example", 200},
      {"Policies.Example:443", 200},
      {"evil.example", 421},
      {"evil.example:8088", 421},
      {"127.0.0.1.evil.example", 421},
      {"localhost.evil.example", 421},
      {"policies.example.evil.example", 421},
      {"evil.example@127.0.0.1", 421},
      {"[::1", 421},
      {"", 421},
  }));
  CAPTURE(host);
  CHECK(get(*served.service, request("/", host)).status == status);
  CHECK(get(*served.service, request("/web/2012id_/" + k_page, host)).status == (status == 200 ? 302 : 421));
}

TEST_CASE("a token is asked for everywhere", "[serve]") {
  Served served(ServiceOptions{.public_url = {}, .hosts = {}, .token = "0123456789abcdef"});
  const auto [authorization, status] = GENERATE(table<std::string, int>({
      {"", 401},
      {"Bearer 0123456789abcdef", 200},
      {"Bearer 0123456789abcdeX", 401},
      {"Bearer ", 401},
      {"Basic d2lubm93OjAxMjM0NTY3ODlhYmNkZWY=", 200},  // winnow:0123456789abcdef
      {"Basic d2lubm93Og==", 401},
  }));
  CAPTURE(authorization);
  for (const std::string target :
       {"/", "/api/v1/sites", "/cdx/search/cdx?url=a.test/privacy", "/healthz", "/metrics"}) {
    HttpRequest asked = request(target);
    asked.authorization = authorization;
    const Got got = get(*served.service, asked);
    CHECK(got.status == status);
    if (status == 401) CHECK(got.header("WWW-Authenticate").starts_with("Basic"));
  }
}

TEST_CASE("an answer has a name, and is not sent again to who has it", "[serve]") {
  Served served;
  const Got first = get(*served.service, "/site/a.test");
  const std::string etag = first.header("ETag");
  REQUIRE_FALSE(etag.empty());
  HttpRequest again = request("/site/a.test");
  again.if_none_match = "\"other\", " + etag;
  const Got second = get(*served.service, again);
  CHECK(second.status == 304);
  CHECK(second.body.empty());
  CHECK(second.header("ETag") == etag);

  // What is written meanwhile is seen at once.
  add_pages(served.fixture, {{20160101000000, k_page, "Privacy", "We sell names."}});
  const Got third = get(*served.service, again);
  CHECK(third.status == 200);
  CHECK(third.body.find("4 versions in 4 captures") != std::string::npos);
}

TEST_CASE("assets are named by their content", "[serve]") {
  Served served;
  const std::string home = get(*served.service, "/").body;
  const std::size_t begin = home.find("/assets/winnow.");
  const Got css = get(*served.service, home.substr(begin, home.find('"', begin) - begin));
  CHECK(css.status == 200);
  CHECK(css.type == "text/css; charset=utf-8");
  CHECK(css.header("Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(get(*served.service, "/assets/winnow.css").status == 404);
  CHECK(get(*served.service, "/assets/../winnow.css").status == 404);
}

TEST_CASE("two versions of one second each have an address", "[serve]") {
  StoreFixture fixture;
  add_pages(fixture, {{20100101000000, "http://a.test/p", "One", "first words"},
                      {20100101000000, "https://a.test/p", "Two", "second words"}});
  StoreService service(fixture.path, {});
  const std::string both = get(service, "/series/1").body;
  CHECK(both.find("/series/1/version/20100101000000\"") != std::string::npos);
  CHECK(both.find("/series/1/version/n2\"") != std::string::npos);
  CHECK(get(service, "/series/1/version/20100101000000").body != get(service, "/series/1/version/n2").body);
}
