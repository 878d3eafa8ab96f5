#include "crawler/replay_response.hpp"

#include <catch2/catch.hpp>

#include "crawler/replay_fetch.hpp"

using namespace winnow;
using Kind = ReplayVerdict::Kind;

namespace {

const HeaderField k_memento{"Memento-Datetime", "Sat, 21 May 2011 19:56:25 GMT"};

Headers headers(const std::vector<HeaderField>& fields) {
  Headers all;
  for (const auto& field : fields)
    all.add(field.name, field.value);
  return all;
}

}  // namespace

TEST_CASE("who speaks, and what it means") {
  struct Case {
    const char* story;
    int status;
    std::vector<HeaderField> fields;
    const char* body;
    Kind kind;
    Reason reason;
  };
  const Case cases[] = {
      {"an archived page", 200, {k_memento}, "<html>", Kind::archived, {}},
      {"an archived 404 is a result", 404, {k_memento}, "gone", Kind::archived, {}},
      {"an archived 429 says nothing about the archive (EDGI #158)",
       429,
       {k_memento},
       "Too Many Requests",
       Kind::archived,
       {}},
      {"an archived 503", 503, {k_memento}, "", Kind::archived, {}},
      {"an archived redirect is a result, not a hop",
       302,
       {k_memento, {"Location", "/web/2011id_/http://x.com/"}},
       "",
       Kind::archived,
       {}},
      {"an archived page that speaks of exclusion",
       200,
       {k_memento},
       "has been excluded from the Wayback Machine",
       Kind::archived,
       {}},
      {"to the nearest capture",
       302,
       {{"Location", "/web/20110522000000id_/http://www.soompi.com/privacy"}},
       "",
       Kind::redirect,
       {}},
      {"the archive's 429", 429, {}, "", Kind::limited, Reason::rate_limited},
      {"the archive's 503", 503, {}, "", Kind::limited, Reason::rate_limited},
      {"429 in the words of a page with status 200",
       200,
       {},
       "<h1>429 Too Many Requests</h1>",
       Kind::limited,
       Reason::rate_limited},
      {"exclusion: 200 and HTML",
       200,
       {},
       "<html><title>Internet Archive Wayback Machine</title><p>Sorry.</p><p>This URL has been excluded from "
       "the "
       "Wayback Machine.</p>",
       Kind::failed,
       Reason::excluded},
      {"exclusion: 403",
       403,
       {{"X-Archive-Wayback-Runtime-Error", "AdministrativeAccessControlException: Blocked Site Error"}},
       "",
       Kind::failed,
       Reason::excluded},
      {"exclusion by robots.txt, whatever the status",
       500,
       {{"X-Archive-Wayback-Runtime-Error", "RobotAccessControlException: Blocked By Robots"}},
       "",
       Kind::failed,
       Reason::excluded},
      {"never archived",
       404,
       {},
       "<p>The Wayback Machine has not archived that URL.</p>",
       Kind::failed,
       Reason::not_archived},
      {"listed, but it cannot be played",
       504,
       {},
       "<h1>Gateway Time-out</h1>",
       Kind::retry,
       Reason::unplayable},
      {"maintenance, with status 200",
       200,
       {},
       "<title>Scheduled Maintenance</title>",
       Kind::retry,
       Reason::unplayable},
      {"some page of the archive's own, or of a hotel's network",
       200,
       {},
       "<title>Wayback Machine</title>",
       Kind::retry,
       Reason::transport_error},
      {"nothing at all", 200, {}, "", Kind::retry, Reason::transport_error},
      {"a status that no archive has a use for", 418, {}, "", Kind::failed, Reason::unplayable},
      {"a redirect to nowhere", 302, {}, "", Kind::retry, Reason::transport_error},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    const auto verdict = classify_replay(c.status, headers(c.fields), c.body);
    CHECK(verdict.kind == c.kind);
    if (c.kind != Kind::archived && c.kind != Kind::redirect) {
      CHECK(verdict.reason == c.reason);
      CHECK(verdict.detail.find(std::to_string(c.status)) != std::string::npos);
      CHECK(verdict.detail.find('\n') == std::string::npos);
    }
  }
}

TEST_CASE("evidence is the page's title where there is one") {
  const auto verdict = classify_replay(504, {}, "<html><style>p{}</style><title>Gateway\n Time-out</title>");
  CHECK(verdict.detail == "status 504: Gateway Time-out");
}

TEST_CASE("shorter than the original was") {
  struct Case {
    int status;
    std::vector<HeaderField> fields;
    bool shorter;
  };
  const HeaderField length{"X-Archive-Orig-Content-Length", "100"};
  const HeaderField gzip{"Content-Encoding", "gzip"};
  const HeaderField original_gzip{"X-Archive-Orig-Content-Encoding", "gzip"};
  const Case cases[] = {
      {200, {length}, true},
      {200, {length, gzip, original_gzip}, true},
      {200, {length, gzip}, false},           // compressed by the archive for the way
      {200, {length, original_gzip}, false},  // unpacked by the archive
      {304, {length}, false},
      {200, {}, false},
      {200, {{"X-Archive-Orig-Content-Length", "99"}}, false},
      {200, {{"X-Archive-Orig-Content-Length", "many"}}, false},
  };
  for (const auto& c : cases)
    CHECK(shorter_than_original(c.status, headers(c.fields), 99) == c.shorter);
}

TEST_CASE("links by relation") {
  struct Case {
    const char* link;
    const char* original;
  };
  const Case cases[] = {
      {"<http://www.soompi.com:80/privacy>; rel=\"original\", "
       "<https://web.archive.org/web/timemap/link/http://x/>; "
       "rel=\"timemap\"; type=\"application/link-format\"",
       "http://www.soompi.com:80/privacy"},
      {"<http://a/>; rel=\"timegate\", <http://b/?x=1,2;3>; rel=original", "http://b/?x=1,2;3"},
      {"<http://a/>; rel=\"first memento\"; datetime=\"Sat, 21 May 2011 19:56:25 GMT\", <http://b/>; "
       "rel=\"Original\"",
       "http://b/"},
      {"<http://a/>; rel=\"original timegate\"", "http://a/"},
      {"<http://a/>; rel=\"originals\"", nullptr},
      {"<http://a/", nullptr},
      {"garbage", nullptr},
      {"", nullptr},
  };
  for (const auto& c : cases) {
    INFO(c.link);
    const auto found = link_target(headers({{"Link", c.link}}), "original");
    CHECK(found.has_value() == (c.original != nullptr));
    if (found && c.original != nullptr) CHECK(*found == c.original);
  }
}

TEST_CASE("the original's header fields are told from the archive's") {
  const auto all = headers({{"Content-Type", "text/html"},
                            {"x-archive-orig-server", "Apache/1.3"},
                            {"X-Archive-Orig-Content-Encoding", "gzip"},
                            {"X-Archive-Src", "a.warc.gz"}});
  CHECK(original_headers(all) == headers({{"server", "Apache/1.3"}, {"Content-Encoding", "gzip"}}));
  CHECK(archive_headers(all) == headers({{"Content-Type", "text/html"}, {"X-Archive-Src", "a.warc.gz"}}));
}

TEST_CASE("hops stay within the archive") {
  struct Case {
    const char* base;
    const char* from;
    const char* location;
    const char* target;
  };
  const char* const k_ia = "https://web.archive.org";
  const char* const k_from = "https://web.archive.org/web/2011id_/http://x.com/";
  const Case cases[] = {
      {k_ia, k_from, "/web/2012id_/http://x.com/a", "https://web.archive.org/web/2012id_/http://x.com/a"},
      {k_ia, k_from, "//web.archive.org/web/2012id_/http://x.com/",
       "https://web.archive.org/web/2012id_/http://x.com/"},
      {k_ia, k_from, "http://web.archive.org/web/2012id_/http://x.com/",
       "https://web.archive.org/web/2012id_/http://x.com/"},
      {k_ia, k_from, "https://web.archive.org:443/web/2012id_/http://x.com/#top",
       "https://web.archive.org/web/2012id_/http://x.com/"},
      {k_ia, k_from, "/web/2012id_/http://x.com/a b",
       "https://web.archive.org/web/2012id_/http://x.com/a%20b"},
      {k_ia, k_from, "http://x.com/", nullptr},
      {k_ia, k_from, "//x.com/web/2012id_/http://x.com/", nullptr},
      {k_ia, k_from, "https://web.archive.org:8443/web/", nullptr},
      {k_ia, k_from, "https://web.archive.org.evil.example/web/", nullptr},
      {k_ia, k_from, "https://web.archive.org@evil.example/web/", nullptr},
      {k_ia, k_from, "file:///etc/passwd", nullptr},
      {"http://127.0.0.1:8080", "http://127.0.0.1:8080/web/", "http://127.0.0.1:8081/web/", nullptr},
      {"http://127.0.0.1:8080", "http://127.0.0.1:8080/web/", "http://127.0.0.1/web/", nullptr},
      {"http://127.0.0.1:8080", "http://127.0.0.1:8080/web/1", "2", "http://127.0.0.1:8080/web/2"},
      {"http://web.archive.org", "http://web.archive.org/web/1", "https://web.archive.org/web/1",
       "https://web.archive.org/web/1"},
  };
  for (const auto& c : cases) {
    INFO(c.location);
    const auto target = hop_within_archive(c.base, c.from, c.location);
    CHECK(target.has_value() == (c.target != nullptr));
    if (target && c.target != nullptr) CHECK(*target == c.target);
  }
}
