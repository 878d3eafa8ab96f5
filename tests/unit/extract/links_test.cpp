#include "extract/links.hpp"

#include <optional>
#include <string>

#include <catch2/catch.hpp>

using winnow::LinkResolver;
using winnow::unwrap_replay_url;

TEST_CASE("links lead to the original web, never into an archive") {
  const auto [page, base, href, url] = GENERATE(table<std::string, std::string, std::string, std::string>({
      {"http://a.org/legal/privacy", "", "/terms", "http://a.org/terms"},
      {"http://a.org/legal/privacy", "", "terms?x=1", "http://a.org/legal/terms?x=1"},
      {"http://a.org/legal/privacy", "", "#cookies", "http://a.org/legal/privacy#cookies"},
      {"http://a.org/legal/privacy", "", " //b.org/x ", "http://b.org/x"},
      {"http://a.org/legal/privacy", "", "mailto:dpo@a.org", "mailto:dpo@a.org"},
      {"http://a.org/legal/privacy", "/de/", "terms", "http://a.org/de/terms"},
      {"http://a.org/legal/privacy", "http://c.org/", "terms", "http://c.org/terms"},
      {"https://web.archive.org/web/20110521195625id_/http://a.org/x/y", "", "z", "http://a.org/x/z"},
      {"http://a.org/", "", "/web/20110521195625/http://b.org/p", "http://b.org/p"},
      {"http://a.org/", "", "https://web.archive.org/web/20110521im_/http://b.org/p", "http://b.org/p"},
      {"http://a.org/", "", "/web/design", "http://a.org/web/design"},
      {"", "", "/terms", "/terms"},
      {"", "", "http://b.org/", "http://b.org/"},
  }));
  INFO(page << " " << base << " " << href);
  CHECK(LinkResolver(page, base)(href) == url);
}

TEST_CASE("a link that says where it leads does not depend on the page's URL") {
  const auto [base, href, depends] = GENERATE(table<const char*, const char*, bool>({
      {"", "http://b.org/p", false},
      {"", "mailto:dpo@a.org", false},
      {"", "/p", true},
      {"", "//b.org/p", true},  // takes the page's scheme
      {"", "#top", true},
      {"", "http:p.html", true},
      {"http://b.org/q/", "p", false},
      {"/q/", "p", true},
  }));
  INFO(base << " " << href);
  LinkResolver links("http://a.org/x/y", base);
  CHECK_FALSE(links.used_page_url());
  static_cast<void>(links(href));
  CHECK(links.used_page_url() == depends);
}

TEST_CASE("what is no place to go is no link") {
  LinkResolver links("http://a.org/", "");
  for (const char* href :
       {"javascript:void(0)", "JavaScript:print()", "data:text/html,x", "about:blank", "", "  "}) {
    CHECK(links(href) == std::nullopt);
  }
}

TEST_CASE("a long base does not make a long link of each short one") {
  const std::string base = "http://b.org/" + std::string(winnow::k_longest_link, 'a') + '/';
  LinkResolver links("http://a.org/", base);
  CHECK(links("x") == std::nullopt);
  CHECK(links("http://c.org/x") == "http://c.org/x");
  CHECK(links(base) == std::nullopt);
  CHECK(LinkResolver("http://a.org/" + std::string(winnow::k_longest_link, 'a') + '/', "")("x") ==
        std::nullopt);
}

TEST_CASE("a replay URL inside a replay URL is unwrapped to the end") {
  CHECK(unwrap_replay_url("/web/2011id_/http://web.archive.org/web/2010/http://a.org/") == "http://a.org/");
  CHECK(unwrap_replay_url("https://web.archive.org/web/2/http://a.org/") == "http://a.org/");
  std::string nested;
  for (int i = 0; i < 100'000; ++i)
    nested += "http://web.archive.org/web/2011/";
  CHECK(unwrap_replay_url(nested + "http://a.org/") == "http://a.org/");
}

TEST_CASE("what only resembles a replay URL stays") {
  for (const char* url :
       {"https://web.archive.org/about", "/web/2011/news", "/web/2011/", "/web/http://a.org/",
        "http://a.org/web/2011/http://b.org/", "https://web.archive.org/x/web/2011/http://b.org/",
        "https://web.archive.org/web/2011*/http://b.org/"}) {
    CAPTURE(url);
    CHECK(unwrap_replay_url(url) == url);
  }
}
