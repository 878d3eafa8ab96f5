#include <tuple>

#include <catch2/catch.hpp>

#include "model/url.hpp"

using namespace winnow;

TEST_CASE("urlkeys are those of web.archive.org's index") {
  using Row = std::tuple<const char*, const char*>;
  const auto [url, expected] = GENERATE(table<const char*, const char*>({
      Row{"http://www.soompi.com/privacy", "com,soompi)/privacy"},
      Row{"https://soompi.com:443/privacy/", "com,soompi)/privacy"},
      Row{"http://www.Soompi.com:80/Privacy?b=2&a=1#top", "com,soompi)/privacy?a=1&b=2"},
      Row{"http://www2.soompi.com/", "com,soompi)/"},
      Row{"http://wwwsoompi.com/", "com,wwwsoompi)/"},
      Row{"http://www.com/", "com)/"},
      Row{"http://ww.coffeemeetsbagel.com/privacy-policy", "com,coffeemeetsbagel,ww)/privacy-policy"},
      Row{"http://a.example:8080/x", "example,a:8080)/x"},
      Row{"http://a.example", "example,a)/"},
      Row{"http://a.example/?", "example,a)/"},
      Row{"http://a.example//a//b/../c", "example,a)/a/c"},
      Row{"http://a.example/%50rivacy%20Policy", "example,a)/privacy%20policy"},
      Row{"http://a.example/vie-priv\xc3\xa9"
          "e",
          "example,a)/vie-priv%c3%a9e"},
      Row{"http://a.example/vie-priv%C3%A9e", "example,a)/vie-priv%c3%a9e"},
      Row{"http://a.example/p;jsessionid=0123456789ABCDEF0123456789ABCDEF?x=1", "example,a)/p?x=1"},
      Row{"http://a.example/p?PHPSESSID=0123456789abcdef0123456789abcdef&x=1", "example,a)/p?x=1"},
      Row{"http://a.example/(S(abcdefghijklmnopqrstuvwx))/p.aspx", "example,a)/p.aspx"},
      Row{"http://user:secret@a.example/p", "example,a)/p"},
      Row{"a.example/p", "example,a)/p"},
      Row{"a.example:80/p", "example,a)/p"},
      Row{"mailto:Info@A.example", "mailto:info@a.example"},
      Row{"data:text/html,Hello", "data:text/html,hello"},
  }));
  CAPTURE(url);
  CHECK(urlkey(url) == expected);
}

TEST_CASE("a urlkey's host reads forwards again") {
  CHECK(urlkey_host("com,soompi)/privacy") == "soompi.com");
  CHECK(urlkey_host("com,soompi,docs:8080)/privacy") == "docs.soompi.com");
  CHECK(urlkey_host("[::1]:8080)/x") == "[::1]");
}
