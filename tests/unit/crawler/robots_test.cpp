#include "crawler/live/robots.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace winnow;

TEST_CASE("robots.txt: which group holds") {
  struct Case {
    const char* story;
    const char* text;
    bool allowed;  // /privacy
  };
  const Case cases[] = {
      {"empty", "", true},
      {"everybody", "User-agent: *\nDisallow: /\n", false},
      {"somebody else", "User-agent: other\nDisallow: /\n", true},
      {"our own before everybody's", "User-agent: *\nDisallow: /\n\nUser-agent: winnow\nDisallow: /admin\n",
       true},
      {"blank lines part no group", "User-agent: winnow\n\nUser-agent: *\nDisallow: /\n", false},
      {"whatever the case", "USER-AGENT: WinNow\r\nDISALLOW: /privacy\r\n", false},
      {"with a version", "User-agent: winnow/9.9\nDisallow: /\n", false},
      {"several names, one group", "User-agent: other\nUser-agent: winnow\nDisallow: /\n", false},
      {"two groups of ours are one",
       "User-agent: winnow\nDisallow: /a\n\nUser-agent: winnow\nDisallow: /privacy\n", false},
      {"names behind rules begin another group",
       "User-agent: winnow\nAllow: /a\nUser-agent: other\nDisallow: /\n", true},
      {"a longer name is not ours", "User-agent: winnower\nDisallow: /\n", true},
      {"comments, blanks, unknown lines",
       "# x\n User-agent : * # all\nCrawl-delay: 9\n Disallow : /privacy # no\n", false},
      {"nothing is disallowed", "User-agent: *\nDisallow:\n", true},
      {"a mark before it", "\xef\xbb\xbfUser-agent: *\nDisallow: /\n", false},
      {"rules of nobody", "Disallow: /\n", true},
      {"an HTML page", "<html>User-agent</html>", true},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    CHECK(Robots::parse(c.text, "winnow").allows("/privacy") == c.allowed);
  }
  CHECK(Robots::allow_all().allows("/privacy"));
  const std::string late = "User-agent: *\n" + std::string(k_most_robots_bytes, '#') + "\nDisallow: /\n";
  CHECK(Robots::parse(late, "winnow").allows("/privacy"));
}

TEST_CASE("robots.txt: which rule holds") {
  struct Case {
    const char* rules;
    const char* path;
    bool allowed;
  };
  const Case cases[] = {
      {"Allow: /p\nDisallow: /", "/page", true},  // RFC 9309 §5.2
      {"Allow: /page\nDisallow: /*.htm", "/page.htm", false},
      {"Allow: /page\nDisallow: /page", "/page", true},
      {"Disallow: /fish", "/fishheads", false},
      {"Disallow: /fish/", "/fish", true},
      {"Disallow: /*.php$", "/a.php", false},
      {"Disallow: /*.php$", "/a.php?x", true},
      {"Disallow: /*a*b$", "/xaab", false},
      {"Disallow: /a$", "/a/b", true},
      {"Disallow: /$", "/", false},
      {"Disallow: /$", "/x", true},
      {"Disallow: *", "/x", false},
      {"Disallow: /%7euser", "/~user/x", false},
      {"Disallow: /~user", "/%7Euser", false},
      {"Disallow: /a%2fb", "/a/b", true},
      {"Disallow: /a%2fb", "/a%2Fb", false},
      {"Disallow: /\xd0\xb0", "/%d0%b0", false},
      {"Disallow: /", "/robots.txt", true},
      {"Disallow: /", "", false},
  };
  for (const auto& c : cases) {
    INFO(c.rules << " " << c.path);
    CHECK(Robots::parse(std::string("User-agent: *\n") + c.rules, "winnow").allows(c.path) == c.allowed);
  }
}

TEST_CASE("robots.txt: how long to wait") {
  struct Case {
    const char* text;
    int milliseconds;
  };
  const Case cases[] = {
      {"User-agent: *\nDisallow: /a\n", 0},
      {"User-agent: *\nCrawl-delay: 10\n", 10'000},
      {"User-agent: *\nCrawl-delay: 0.5\n", 500},
      {"User-agent: *\nCrawl-delay: 10\nUser-agent: winnow\nCrawl-delay: 2\n", 2'000},
      {"User-agent: *\nCrawl-delay: 10\nUser-agent: winnow\nDisallow:\n", 0},
      {"User-agent: other\nCrawl-delay: 10\n", 0},
      {"User-agent: *\nCrawl-delay: -1\n", 0},
      {"User-agent: *\nCrawl-delay: nan\n", 0},
      {"User-agent: *\nCrawl-delay: soon\n", 0},
  };
  for (const auto& c : cases) {
    INFO(c.text);
    CHECK(Robots::parse(c.text, "winnow").crawl_delay() == std::chrono::milliseconds(c.milliseconds));
  }
  CHECK(Robots::parse("User-agent: *\nCrawl-delay: 1e300\n", "winnow").crawl_delay() > std::chrono::hours(1));
}

TEST_CASE("robots.txt: hostile patterns end soon") {
  std::string stars = "User-agent: *\nDisallow: /";
  for (int i = 0; i < 2000; ++i)
    stars += "*a";
  CHECK(Robots::parse(stars + "$", "winnow").allows("/" + std::string(8000, 'b')));
}
