// What was archived was written by others, some of them with a mind to those who read it here.
#include <set>

#include <catch2/catch.hpp>

#include "serve/store_service.hpp"
#include "tests/unit/serve/served_store.hpp"

using namespace winnow;
using namespace winnow::serve;
using namespace winnow::test;

namespace {

const std::string k_script = "<script>alert(1)</script>";
const std::string k_breakout = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";
const std::string k_url = "http://evil.test/" + k_breakout;
const std::string k_markdown =
    "# " + k_breakout + "\n\n" + k_script +
    "\n\n<svg onload=alert(1)><style>*{display:none}</style>\n\n[a](javascript:alert(1)) "
    "[b](JaVaScRiPt:alert(1)) "
    "[c](java\tscript:alert(1)) [d](data:text/html,<script>alert(1)</script>) [e](vbscript:x) "
    "[f](//evil.test/x) "
    "[g](/api/v1/sites) [h](&#106;avascript:alert(1)) [i](<javascript:alert(1)> \"t\")\n\n"
    "![x](http://evil.test/pixel.png) ![\"onerror=alert(1)](x)\n\n<iframe src=//evil.test></iframe>\n\n"
    "| a |\n|---|\n| " +
    k_breakout + " |\n\n```\n</code></pre>" + k_script + "\n```\n{{title}} {{{body}}} {{> x}}\n";

struct Served {
  Served() {
    fixture.store->note_target(
        fixture.archive, k_breakout,
        Missed{.reason = Reason::excluded, .status = 403, .detail = k_breakout, .hops = {}, .retry_at = {}});
    add_pages(
        fixture,
        {{20100101000000,
          k_url,
          k_breakout,
          k_markdown,
          k_script,
          "text/html; x=" + k_breakout,
          {{"X-Evil", k_breakout}, {"Content-Security-Policy", "default-src *"}, {"Set-Cookie", "a=1"}}},
         {20110101000000, k_url, k_script, k_markdown + "\n" + k_breakout + "\n",
          "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>", "image/svg+xml"}});
    service = std::make_unique<StoreService>(fixture.path, ServiceOptions{});
  }
  StoreFixture fixture;
  std::unique_ptr<StoreService> service;
};

/// Every tag of a page, as a browser would find it.
std::vector<std::string> tags(const std::string& html) {
  std::vector<std::string> found;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at)) {
    char quote = 0;
    std::size_t end = at + 1;
    for (; end < html.size() && (quote != 0 || html[end] != '>'); ++end) {
      if (quote != 0 ? html[end] == quote : html[end] == '"' || html[end] == '\'')
        quote = quote != 0 ? '\0' : html[end];
    }
    found.push_back(html.substr(at, end - at + 1));
    at = end;
  }
  return found;
}

/// Without the values of attributes.
std::string names_of(const std::string& tag) {
  std::string names;
  bool quoted = false;
  for (const char c : tag) {
    if (c == '"') quoted = !quoted;
    if (!quoted) names += c;
  }
  return names;
}

std::string attribute(const std::string& tag, const std::string& name) {
  const std::size_t begin = tag.find(" " + name + "=\"");
  if (begin == std::string::npos) return {};
  const std::size_t value = begin + name.size() + 3;
  return tag.substr(value, tag.find('"', value) - value);
}

}  // namespace

TEST_CASE("no page does what an archived page wants", "[serve][hostile]") {
  Served served;
  const std::string escaped = "%22%27%3E%3Cscript%3Ealert(1)%3C/script%3E";
  const std::string target = GENERATE_COPY(
      as<std::string>{}, "/", "/?q=" + escaped, "/site/evil.test", "/site/" + escaped, "/series/1",
      "/series/1/version/n1", "/series/1/version/n2", "/series/1/version/" + escaped, "/series/1/diff/n1/n2",
      "/series/1/diff/n1/n2?view=side", "/search?q=" + escaped, "/search?q=alert&since=x&order=first",
      "/ledger", "/ledger?site=" + escaped, "/ledger?reason=" + escaped, "/runs", "/" + escaped);
  CAPTURE(target);
  const Got page = get(*served.service, target);
  CHECK(page.type == "text/html; charset=utf-8");
  CHECK(page.header("Content-Security-Policy").find("default-src 'none'") == 0);
  CHECK(page.header("Content-Security-Policy").find("unsafe") == std::string::npos);
  CHECK(page.header("X-Content-Type-Options") == "nosniff");
  CHECK(page.header("Referrer-Policy") == "no-referrer");
  CHECK(page.header("X-DNS-Prefetch-Control") == "off");

  const std::set<std::string> others = {"http", "https", "mailto", "tel"};
  for (const std::string& tag : tags(page.body)) {
    CAPTURE(tag);
    const std::string name = tag.substr(1, tag.find_first_of(" >", 1) - 1);
    CHECK(name != "iframe");
    CHECK(name != "img");
    CHECK(name != "style");
    if (name == "script") CHECK(attribute(tag, "src").starts_with("/assets/winnow."));
    for (const char* event : {" onload", " onerror", " onclick", " style="})
      CHECK(names_of(tag).find(event) == std::string::npos);
    CHECK(attribute(tag, "src").find("//") == std::string::npos);
    const std::string href = attribute(tag, "href");
    const std::size_t colon = href.find_first_of(":/?#");
    if (colon != std::string::npos && href[colon] == ':') CHECK(others.count(href.substr(0, colon)) == 1);
    CHECK_FALSE(href.starts_with("//"));
    // From a text no link leads into these pages.
    if (tag.find("nofollow") != std::string::npos) CHECK(href.find(':') != std::string::npos);
  }
}

TEST_CASE("templates are not filled from archived texts", "[serve][hostile]") {
  Served served;
  const std::string body = get(*served.service, "/series/1/version/n1").body;
  CHECK(body.find("{{title}} {{{body}}} {{&gt; x}}") != std::string::npos);
}

TEST_CASE("a browser is shown the source of an archived page, others get it as it was", "[serve][hostile]") {
  StoreFixture fixture;
  const auto [type, shown] = GENERATE(table<std::string, std::string>({
      {"text/html", "text/plain"},
      {"Text/HTML; Charset=Windows-1251", "text/plain; charset=windows-1251"},
      {"text/html; charset=\"><script>", "text/plain"},
      {"application/xhtml+xml", "text/plain"},
      {"image/svg+xml", "text/plain"},
      {"text/xml; charset=utf-8", "text/plain; charset=utf-8"},
      {"image/png", "image/png"},
  }));
  add_pages(fixture, {{20100101000000, "http://a.test/p", "P", "We keep names.", "<p>We keep names.", type}});
  StoreService service(fixture.path, {});
  HttpRequest asked = request("/web/20100101000000id_/http://a.test/p");
  CHECK(get(service, asked).type == type);
  CHECK((get(service, asked).header("Vary") == "Accept") == (type != shown));
  asked.accept = "text/html,application/xhtml+xml,*/*;q=0.8";
  const Got page = get(service, asked);
  CHECK(page.type == shown);
  CHECK(page.body == "<p>We keep names.");
  CHECK(page.header("X-Archive-Orig-Content-Type") == type);
  asked.accept_datetime = "Fri, 01 Jan 2010 00:00:00 GMT";
  CHECK(get(service, asked).type == type);
}

TEST_CASE("archived bytes are played in a sandbox, or handed over as a file", "[serve][hostile]") {
  Served served;
  const std::string escaped =
      "http://evil.test/%22'%3E%3Cscript%3Ealert(1)%3C/script%3E%3Cimg%20src=x%20onerror=alert(1)%3E";
  for (const std::string time : {"20100101000000", "20110101000000"}) {
    const Got played = get(*served.service, "/web/" + time + "id_/" + escaped);
    CAPTURE(played.status, played.body);
    REQUIRE(played.status == 200);
    std::size_t policies = 0;
    for (const auto& [name, value] : played.headers) {
      if (name != "Content-Security-Policy") continue;
      ++policies;
      CHECK(value.starts_with("sandbox; default-src 'none'"));
    }
    CHECK(policies == 1);
    CHECK(played.header("X-Content-Type-Options") == "nosniff");
    CHECK(played.header("X-DNS-Prefetch-Control") == "off");
    CHECK(played.header("Set-Cookie").empty());
  }
  const Got body = get(*served.service, "/series/1/version/n1/body");
  CHECK(body.body == k_script);
  CHECK(body.type == "application/octet-stream");
  CHECK(body.header("Content-Disposition").starts_with("attachment; filename=\"evil.test-2010"));
  CHECK(get(*served.service, "/web/20100101000000id_/http://other.test/" + k_script).body.find(k_script) ==
        std::string::npos);
}

TEST_CASE("feeds are XML whatever is in them", "[serve][hostile]") {
  Served served;
  const Got feed = get(*served.service, "/feed.atom");
  CHECK(feed.type == "application/atom+xml; charset=utf-8");
  CHECK(feed.body.find("<script") == std::string::npos);
  CHECK(feed.body.find("<entry>") != std::string::npos);
}
