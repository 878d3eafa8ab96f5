#include "cli/harvest/live_pages.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "model/url.hpp"

using namespace winnow;
using namespace winnow::cli;

namespace {

using Kind = LivePage::Kind;
using Groups = std::vector<std::vector<LivePage>>;

WatchedPage known(const std::string& url) {
  WatchedPage page;
  page.urlkey = urlkey(url);
  page.site = site_of_url(url);
  page.url = url;
  return page;
}

}  // namespace

TEST_CASE("live pages: what a target stands for") {
  const std::vector<WatchedPage> store = {known("http://www.soompi.com:80/privacy"),
                                          known("https://forums.soompi.com/legal/privacy"),
                                          known("https://xsoompi.com/privacy")};
  struct Case {
    const char* target;
    Groups groups;
  };
  const Case cases[] = {
      {"https://soomera.com/p", {{{0, Kind::page, "https://soomera.com/p"}}}},
      {"soomera.com/p", {{{0, Kind::page, "soomera.com/p"}}}},
      {"soompi.com",
       {{{0, Kind::page, "http://www.soompi.com:80/privacy"},
         {0, Kind::page, "https://forums.soompi.com/legal/privacy"}}}},
      {"forums.soompi.com", {{{0, Kind::page, "https://forums.soompi.com/legal/privacy"}}}},
      {"soomera.com", {{{0, Kind::homepage, "soomera.com"}}}},
      {"forums.soompi.com/legal/*", {{{0, Kind::page, "https://forums.soompi.com/legal/privacy"}}}},
      {"soompi.com/legal/*", {{{0, Kind::unknown, "soompi.com/legal/"}}}},
  };
  for (const auto& c : cases) {
    INFO(c.target);
    CHECK(live_pages(store, {parse_target(c.target)}) == c.groups);
  }
}

TEST_CASE("live pages: a site's are one group, and each is one page") {
  const std::vector<Target> targets = {
      parse_target("https://a.example/1"), parse_target("https://b.example/1"),
      parse_target("https://www.a.example/2"), parse_target("https://a.example/1")};
  const Groups groups = {{{0, Kind::page, "https://a.example/1"}, {2, Kind::page, "https://www.a.example/2"}},
                         {{1, Kind::page, "https://b.example/1"}}};
  CHECK(live_pages({}, targets) == groups);
}
