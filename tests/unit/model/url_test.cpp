#include "model/url.hpp"

#include <tuple>

#include <catch2/catch.hpp>

using namespace winnow;

TEST_CASE("references are resolved as browsers do") {
  using Row = std::tuple<const char*, const char*>;
  const auto [reference, expected] = GENERATE(table<const char*, const char*>({
      Row{"terms.html", "http://a.example/legal/terms.html"},
      Row{"./terms.html", "http://a.example/legal/terms.html"},
      Row{"../terms", "http://a.example/terms"},
      Row{"../../../terms", "http://a.example/terms"},
      Row{"..", "http://a.example/"},
      Row{".", "http://a.example/legal/"},
      Row{"/terms", "http://a.example/terms"},
      Row{"//b.example/x", "http://b.example/x"},
      Row{"?q=1", "http://a.example/legal/privacy?q=1"},
      Row{"#children", "http://a.example/legal/privacy?v=2#children"},
      Row{"", "http://a.example/legal/privacy?v=2"},
      Row{"HTTPS://B.Example/X", "https://b.example/X"},
      Row{"http:terms", "http://a.example/legal/terms"},
      Row{"  /ter\nms\t ", "http://a.example/terms"},
      Row{"\\terms\\x", "http://a.example/terms/x"},
      Row{"mailto:info@a.example", "mailto:info@a.example"},
      Row{"javascript:void(0)", "javascript:void(0)"},
      Row{"/a?b=../c", "http://a.example/a?b=../c"},
  }));
  CAPTURE(reference);
  CHECK(resolve_url(*Url::parse("http://a.example/legal/privacy?v=2#top"), reference) == expected);
}

TEST_CASE("URLs are taken apart and put together again") {
  CHECK(Url::parse("http://User@Host.Example:8080/a?b#c")->str() == "http://User@host.example:8080/a?b#c");
  CHECK(Url::parse("https://[::1]:8080/")->host == "[::1]");
  CHECK(Url::parse("https://[::1]:8080/")->port == "8080");
  CHECK(Url::parse("http://a.example")->str() == "http://a.example/");
  // A path of two slashes is no host.
  CHECK(Url::parse("file:////server/share")->str() == "file:////server/share");
  CHECK_FALSE(Url::parse("/privacy"));
  CHECK_FALSE(Url::parse("http:///privacy"));
  CHECK_FALSE(Url::parse("http:privacy"));
  CHECK_FALSE(Url::parse(""));
}

TEST_CASE("a site is the registrable domain") {
  CHECK(site_of_url("http://www.soompi.com/privacy") == "soompi.com");
  CHECK(registrable_domain("docs.Example.co.uk") == "example.co.uk");
  CHECK(registrable_domain("example.com.") == "example.com");
  CHECK(registrable_domain("127.0.0.1") == "127.0.0.1");
  CHECK(registrable_domain("[::1]") == "[::1]");
  CHECK(registrable_domain("localhost") == "localhost");
  CHECK(registrable_domain("co.uk") == "co.uk");
  CHECK(site_of_url("mailto:x@example.com").empty());
}

TEST_CASE("quoting is Python's urllib.parse.quote") {
  CHECK(quote("http://www.soompi.com/privacy") == "http%3A//www.soompi.com/privacy");
  CHECK(quote("https://a.b/fwlink/p/?LinkID=280262&x=~%20#é") ==
        "https%3A//a.b/fwlink/p/%3FLinkID%3D280262%26x%3D~%2520%23%C3%A9");
  CHECK(unquote(quote("https://a.b/p?x=1&y=%20é~")) == "https://a.b/p?x=1&y=%20é~");
  CHECK(unquote("100% %zz %4") == "100% %zz %4");
}

TEST_CASE("a URL in a request line keeps its escapes") {
  CHECK(escape_for_request("http://a.example/x y%20z?q=é#f") == "http://a.example/x%20y%20z?q=%C3%A9%23f");
  CHECK(escape_for_request("http://a.example/\r\nHost: evil") == "http://a.example/%0D%0AHost:%20evil");
  CHECK(quote_query_value("a b&c=d/e") == "a%20b%26c%3Dd%2Fe");
}
