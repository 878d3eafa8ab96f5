#include "crawler/live/live_fetch.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/support/compress.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/temp_dir.hpp"

using namespace winnow;
using namespace std::chrono_literals;
using winnow::testing::LoopbackServer;
using winnow::testing::Reply;
using winnow::testing::respond;
using winnow::testing::SeenRequest;

namespace {

const Reply k_page = respond("200 OK", {"Content-Type: text/html", "ETag: \"a\""}, "<p>We keep nothing.</p>");
const Reply k_none = respond("404 Not Found", {}, "");

ClientOptions options() {
  ClientOptions options;
  options.archive = find_archive(known_archives(), "live");
  options.archive.limits = {0, 0};
  options.user_agent = "winnow-test/1";
  options.max_body = 100'000;
  options.connect_timeout = 2s;
  options.stall_timeout = 2s;
  options.total_timeout = 2s;
  return options;
}

/// A site of a few pages by path; others are not there.
class Site {
public:
  explicit Site(std::map<std::string, Reply> pages, ClientOptions client = options())
      : m_pages(std::move(pages)),
        m_server([this](const SeenRequest& request, std::size_t) {
          const auto page = m_pages.find(request.target);
          return page == m_pages.end() ? k_none : page->second;
        }),
        m_hosts({std::move(client), [this] { return m_going_on.load(); }}) {}

  LiveResult fetch(const std::string& path, std::optional<LiveCopy> copy = {}) {
    LiveFetch fetch(m_hosts);
    const std::string url = this->url(path);
    return fetch.fetch(
        url, [&](const std::string& asked) { return asked == url ? copy : std::optional<LiveCopy>(); });
  }
  Failure failure(const std::string& path) {
    auto result = fetch(path);
    REQUIRE(std::holds_alternative<Failure>(result));
    return std::get<Failure>(std::move(result));
  }

  [[nodiscard]] std::string url(const std::string& path) const { return m_server.base_url() + path; }
  [[nodiscard]] std::vector<std::string> asked() const {
    std::vector<std::string> targets;
    for (const auto& request : m_server.seen())
      targets.push_back(request.target);
    return targets;
  }
  [[nodiscard]] std::vector<SeenRequest> seen() const { return m_server.seen(); }
  void stop() { m_going_on = false; }
  [[nodiscard]] RequestCounters counters() const { return m_hosts.counters(); }

private:
  std::map<std::string, Reply> m_pages;
  std::atomic<bool> m_going_on = true;
  LoopbackServer m_server;
  LiveHosts m_hosts;
};

Reply to(const std::string& location) {
  return respond("302 Found", {"Location: " + location}, "");
}

Reply robots(const std::string& text) {
  return respond("200 OK", {"Content-Type: text/plain"}, text);
}

}  // namespace

TEST_CASE("a live page comes with all that is to be known of it") {
  Site site({{"/privacy", k_page}});
  const auto before = Timestamp::now();
  const auto result = site.fetch("/privacy#data");
  const auto& response = std::get<ReplayedResponse>(result);
  CHECK(site.asked() == std::vector<std::string>{"/robots.txt", "/privacy"});
  CHECK(response.original == site.url("/privacy"));
  CHECK(response.urlkey == urlkey(response.original));
  CHECK(response.timestamp >= before);
  CHECK(response.wire_body == "<p>We keep nothing.</p>");
  CHECK(response.content_type == "text/html");
  const auto& provenance = response.provenance;
  CHECK(provenance.archive == k_live_archive);
  CHECK(provenance.statuscode == 200);
  CHECK(provenance.remote_address == "127.0.0.1");
  CHECK(provenance.original_headers.first("ETag") == "\"a\"");
  CHECK(provenance.response_headers.empty());
  CHECK(provenance.memento_url.empty());
  CHECK_FALSE(provenance.not_modified_since);
  for (const auto& request : site.seen())
    CHECK(request.head.find("User-Agent: winnow-test/1") != std::string::npos);
}

TEST_CASE("what a site confirms is not sent again") {
  const LiveCopy copy{*Timestamp::parse("20261101000000"), [] {
                        Headers headers;
                        headers.add("Content-Type", "text/html; charset=utf-8");
                        headers.add("ETag", "\"a\"");
                        headers.add("Last-Modified", "Sun, 01 Nov 2026 10:00:00 GMT");
                        headers.add("Date", "Sun, 01 Nov 2026 12:00:00 GMT");
                        return headers;
                      }()};
  const Reply not_modified{"HTTP/1.1 304 Not Modified\r\nDate: Mon, 02 Nov 2026 12:00:00 GMT\r\n\r\n"};
  Site site({{"/privacy", not_modified}});
  const auto result = site.fetch("/privacy", copy);
  const std::string head = site.seen().back().head;
  CHECK(head.find("If-None-Match: \"a\"\r\n") != std::string::npos);
  CHECK(head.find("If-Modified-Since: Sun, 01 Nov 2026 10:00:00 GMT") != std::string::npos);
  const auto& provenance = std::get<ReplayedResponse>(result).provenance;
  CHECK(provenance.not_modified_since == copy.timestamp);
  CHECK(provenance.statuscode == 200);
  CHECK(provenance.original_headers.first("ETag") == "\"a\"");
  CHECK(provenance.original_headers.first("Date") == "Mon, 02 Nov 2026 12:00:00 GMT");
  CHECK(provenance.response_headers.has("Date"));
  CHECK_FALSE(provenance.response_headers.has("ETag"));

  // Nobody asked whether it has changed.
  CHECK(site.failure("/privacy").reason == Reason::http_error);
}

TEST_CASE("what can't be had has its reason") {
  struct Case {
    const char* story;
    Reply page;
    Reason reason;
    int status;
  };
  const std::string large(200'000, 'x');
  const Case cases[] = {
      {"not there", k_none, Reason::http_error, 404},
      {"not for us", respond("403 Forbidden", {}, "<title>No robots</title>"), Reason::http_error, 403},
      {"its own trouble", respond("500 Oops", {}, ""), Reason::http_error, 500},
      {"too often", respond("429 Slow", {"Retry-After: 1"}, ""), Reason::rate_limited, 429},
      {"busy", respond("503 Busy", {"Retry-After: 1"}, ""), Reason::rate_limited, 503},
      {"no page", respond("204 Nothing", {}, ""), Reason::http_error, 204},
      {"too large", respond("200 OK", {}, large), Reason::too_large, 200},
      {"without end", {"HTTP/1.1 200 OK\r\n\r\n" + large, Reply::Then::stall}, Reason::too_large, 200},
      {"cut",
       {"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort", Reply::Then::close},
       Reason::truncated,
       200},
      {"reset", {"", Reply::Then::reset}, Reason::transport_error, 0},
      {"no HTTP", {"SSH-2.0-OpenSSH_9.2\r\n", Reply::Then::close}, Reason::transport_error, 0},
      {"never an answer", {"", Reply::Then::stall}, Reason::transport_error, 0},
      {"drop by drop",
       {"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + std::string(5000, 'x'), Reply::Then::drip},
       Reason::transport_error,
       200},
      {"a flood of fields",
       {"HTTP/1.1 200 OK\r\nX: " + std::string(90'000, 'a') + "\r\nX: " + std::string(90'000, 'a') +
            "\r\nX: " + std::string(90'000, 'a') + "\r\n\r\n",
        Reply::Then::close},
       Reason::transport_error,
       0},
      {"a circle", to("/page"), Reason::redirect_loop, 302},
      {"another scheme", to("file:///etc/passwd"), Reason::redirect_loop, 302},
      {"a redirect that leads nowhere", respond("302 Found", {}, ""), Reason::http_error, 302},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    Site site({{"/page", c.page}});
    const auto failure = site.failure("/page");
    CHECK(failure.reason == c.reason);
    if (c.status != 0) CHECK(failure.status == c.status);
    CHECK_FALSE(failure.detail.empty());
  }
}

TEST_CASE("redirects are followed and told, ten at most") {
  std::map<std::string, Reply> pages = {{"/a", to("b?x=1#top")}, {"/b?x=1", to("/c")}, {"/c", k_page}};
  for (int i = 0; i < 20; ++i)
    pages["/" + std::to_string(i)] = to("/" + std::to_string(i + 1));
  Site site(pages);
  const auto result = site.fetch("/a");
  const auto& response = std::get<ReplayedResponse>(result);
  CHECK(response.original == site.url("/c"));
  CHECK(response.provenance.requested_url == site.url("/a"));
  REQUIRE(response.provenance.hops.size() == 2);
  CHECK(response.provenance.hops[0] == Hop{site.url("/a"), 302, HopKind::live, "b?x=1#top"});
  CHECK(response.provenance.hops[1] == Hop{site.url("/b?x=1"), 302, HopKind::live, "/c"});

  const auto endless = site.failure("/0");
  CHECK(endless.reason == Reason::redirect_loop);
  CHECK(endless.hops.size() == 10);
}

TEST_CASE("robots.txt is asked for once, and decides") {
  struct Case {
    const char* story;
    Reply robots;
    std::optional<Reason> reason;  // of /privacy
  };
  const std::string all = "User-agent: *\nDisallow: /\n";
  std::string rest;
  while (rest.size() < 5'000'000)
    rest += "# line after line, as generated by a shop's plug-in\n";
  const std::string half_line = "\nDisallow: /priv\n";  // its `/` is the last byte that is read
  const std::size_t short_of_limit = k_most_robots_bytes - 14 - 12;
  const Case cases[] = {
      {"there is none", k_none, {}},
      {"not to be seen", respond("403 Forbidden", {}, ""), {}},
      {"allows", robots("User-agent: *\nDisallow: /admin\n"), {}},
      {"disallows", robots(all), Reason::robots_disallowed},
      {"disallows, compressed", respond("200 OK", {"Content-Encoding: gzip"}, winnow::test::gzip(all)),
       Reason::robots_disallowed},
      {"disallows others", robots("User-agent: other\nDisallow: /\n"), {}},
      {"elsewhere", to("/rules.txt"), Reason::robots_disallowed},
      // RFC 9309 §2.5: 500 KiB are read of it, whatever else is there.
      {"5 MB, disallows at the start", robots(all + rest), Reason::robots_disallowed},
      {"5 MB, disallows at the end", robots(rest + all), {}},
      {"5 MB, compressed", respond("200 OK", {"Content-Encoding: gzip"}, winnow::test::gzip(rest + all)), {}},
      {"without end",
       {"HTTP/1.1 200 OK\r\n\r\n" + all + rest, Reply::Then::stall},
       Reason::robots_disallowed},
      {"cut within `Disallow: /private`",
       robots("User-agent: *\n" + rest.substr(0, short_of_limit) + half_line),
       {}},
      {"none, and a page of megabytes that says so", respond("404 Not Found", {}, rest), {}},
      {"in a circle", to("/robots.txt"), {}},
      {"unreachable", respond("500 Oops", {}, ""), Reason::transport_error},
      {"reset", {"", Reply::Then::reset}, Reason::transport_error},
      {"limited", respond("429 Slow", {"Retry-After: 1"}, ""), Reason::rate_limited},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    Site site({{"/robots.txt", c.robots}, {"/rules.txt", robots(all)}, {"/privacy", k_page}, {"/", k_page}});
    const auto result = site.fetch("/privacy");
    const auto* const failure = std::get_if<Failure>(&result);
    CHECK((failure == nullptr ? std::nullopt : std::optional(failure->reason)) == c.reason);
    const auto asked = site.asked();
    CHECK((std::count(asked.begin(), asked.end(), "/privacy") == 0) == c.reason.has_value());
  }

  Site site(
      {{"/robots.txt", robots("User-agent: *\nDisallow: /inside\n")}, {"/a", k_page}, {"/b", to("/inside")}});
  static_cast<void>(site.fetch("/a"));
  CHECK(site.failure("/b").reason == Reason::robots_disallowed);
  CHECK(site.asked() == std::vector<std::string>{"/robots.txt", "/a", "/b"});
}

TEST_CASE("a stranger's redirect leads nowhere but to the public internet") {
  LoopbackServer inside([](const SeenRequest&, std::size_t) { return k_page; });
  TransferOptions one{"winnow-test/1", 1, 2s};
  Transfers transfers(one);
  for (const Reach reach : {Reach::public_only, Reach::anywhere}) {
    HttpAnswer answer;
    HttpRequest request;
    request.url = inside.base_url() + "/";
    request.max_body = 1000;
    request.reach = reach;
    bool done = false;
    request.done = [&](HttpAnswer&& whole) {
      answer = std::move(whole);
      done = true;
    };
    transfers.start(std::move(request));
    while (!done)
      transfers.drive(100ms);
    CHECK(answer.end == (reach == Reach::anywhere ? TransferEnd::complete : TransferEnd::no_way));
  }
  CHECK(inside.seen().size() == 1);
}

TEST_CASE("a host has one request at a time, spaced by its limit, by Crawl-delay and by Retry-After") {
  SECTION("the limit, for all that share the folder") {
    const winnow::test::TempDir folder;
    auto client = options();
    client.archive.limits = {0, 150};  // 0.4 s apart
    client.budgets = folder.path();
    Site site({{"/a", k_page}, {"/b", k_page}}, client);
    std::thread other([&] { static_cast<void>(site.fetch("/a")); });
    static_cast<void>(site.fetch("/b"));
    other.join();
    const auto seen = site.seen();
    REQUIRE(seen.size() == 3);
    CHECK(seen[2].at - seen[0].at > 600ms);  // 816 but for what delays the first on its way
    CHECK(std::filesystem::exists(folder.path() / "live"));
  }
  SECTION("Crawl-delay") {
    Site site({{"/robots.txt", robots("User-agent: *\nCrawl-delay: 0.4\n")}, {"/a", k_page}});
    static_cast<void>(site.fetch("/a"));
    const auto seen = site.seen();
    REQUIRE(seen.size() == 2);
    CHECK(seen[1].at - seen[0].at > 200ms);
  }
  SECTION("a host that wants to be left alone for long is not asked") {
    Site site({{"/busy", respond("503 Busy", {"Retry-After: 4000"}, "")}, {"/a", k_page}});
    static_cast<void>(site.fetch("/busy"));
    const auto failure = site.failure("/a");
    CHECK(failure.reason == Reason::rate_limited);
    CHECK(failure.retry_after);
    CHECK(site.asked().size() == 2);
  }
}

TEST_CASE("nothing is sent when nobody wants more") {
  Site site({{"/a", k_page}});
  site.stop();
  CHECK(std::holds_alternative<Stopped>(site.fetch("/a")));
  CHECK(site.asked().empty());
}

TEST_CASE("which URLs are fetched, and how they are written") {
  const auto [text, url] = GENERATE(table<std::string, std::string>({
      {"https://soomera.com", "https://soomera.com/"},
      {"http://www.soompi.com:80/privacy#data", "http://www.soompi.com/privacy"},
      {"https://a:b@soomera.com:8443/p?q=1", "https://soomera.com:8443/p?q=1"},
      {"https://soomera.com/a b", "https://soomera.com/a%20b"},
      {"mailto:a@b.example", ""},
      {"file:///etc/passwd", ""},
      {"soomera.com/privacy", ""},
      {"", ""},
      {"https://soomera.com/" + std::string(9000, 'x'), ""},
  }));
  INFO(text);
  const auto got = live_url(text);
  CHECK((got ? got->str() : "") == url);
}
