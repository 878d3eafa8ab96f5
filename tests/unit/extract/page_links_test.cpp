#include "extract/page_links.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace winnow;

namespace {

std::vector<PageLink> links_of(const std::string& html, const std::string& url = "http://a.example/x/y") {
  Hints hints;
  hints.url = url;
  hints.content_type = "text/html; charset=utf-8";
  return page_links(html, hints);
}

PageLink only_link(const std::string& html) {
  const auto links = links_of(html);
  REQUIRE(links.size() == 1);
  return links.front();
}

std::vector<std::string> urls_of(const std::string& html) {
  std::vector<std::string> urls;
  for (const PageLink& link : links_of(html))
    urls.push_back(link.url);
  return urls;
}

}  // namespace

TEST_CASE("what is read at a link") {
  const auto [html, text] = GENERATE(table<std::string, std::string>({
      {"<a href=p>Privacy\n  policy</a>", "Privacy policy"},
      {"<a href=p>Pri<b>va</b>cy</a>", "Privacy"},
      {"<a href=p><div>Privacy</div><div>Policy</div></a>", "Privacy Policy"},
      {"<a href=p>Privacy<br>Policy</a>", "Privacy Policy"},
      {"<a href=p>Donn&eacute;es &amp; cookies &lt;3</a>", "Données & cookies <3"},
      {"<a href=p>a < b</a>", "a < b"},
      {"<a href=p><img src=p.gif alt='Privacy Policy'></a>", "Privacy Policy"},
      // A picture that is loaded late, with its twin for browsers without scripts.
      {"<a href=p><img alt=Privacy><noscript><img alt=Privacy></noscript></a>", "Privacy"},
      {"<a href=p><svg><title>Icon</title></svg>Privacy<script>x('</a>')</script></a>", "Privacy"},
      {"<a href=p><!-- Terms -->Privacy</a>", "Privacy"},
      {"<a href=p>Privacy", "Privacy"},
      {"<a href=p>Privacy<a name=x>Terms</a>", "Privacy"},
      {"<map><area href=p alt='Privacy Policy'></map>", "Privacy Policy"},
      {"<a href=p></a>", ""},
  }));
  INFO(html);
  CHECK(only_link(html).text == text);
}

TEST_CASE("a link's label is its aria-label, else its title") {
  CHECK(only_link("<a href=p title=T>x</a>").label == "T");
  CHECK(only_link("<a href=p title=T aria-label='A &quot;B&quot;'>x</a>").label == "A \"B\"");
  CHECK(only_link("<a href=p>x</a>").label.empty());
}

TEST_CASE("what stands before a link in its block") {
  const auto [html, before] = GENERATE(table<std::string, std::string>({
      {"<p>the Google <a href=p>Privacy Policy</a>", "the Google"},
      {"<p>far away</p><p><a href=p>x</a>", ""},
      {"far<br>near <a href=p>x</a>", "near"},
      {"<li>one<li><b>two</b> <a href=p>x</a>", "two"},
      {"<p>&copy; 2020 A&amp;B <span>|</span> <a href=p>x</a>", "© 2020 A&B |"},
  }));
  INFO(html);
  CHECK(only_link(html).before == before);
  const auto two = links_of("<p>See our <a href=t>Terms</a> and <a href=p>Privacy Policy</a>");
  REQUIRE(two.size() == 2);
  CHECK(two[1].before == "and");
}

TEST_CASE("links lead where a browser would go, never into an archive") {
  CHECK(
      urls_of("<a href=' /p '>x</a><a href=q>y</a><a href='http://b.example/?a=1&amp;b=2#c'>z</a>") ==
      std::vector<std::string>{"http://a.example/p", "http://a.example/x/q", "http://b.example/?a=1&b=2#c"});
  CHECK(urls_of("<base href='http://c.example/d/'><a href=q>y</a><base href='http://e.example/'>") ==
        std::vector<std::string>{"http://c.example/d/q"});
  CHECK(urls_of("<a href='/web/20110521195625/http://b.example/p'>x</a>") ==
        std::vector<std::string>{"http://b.example/p"});
  CHECK(urls_of("<a>x</a><a href>x</a><a href='javascript:void(0)'>x</a><a name=q>x</a>").empty());
  CHECK(urls_of("<a href='mailto:dpo@a.example'>x</a>") == std::vector<std::string>{"mailto:dpo@a.example"});
}

TEST_CASE("a link in the page's footer") {
  for (const char* html : {
           "<footer><div><a href=p>x</a></div></footer>",
           "<div id=footer><div></div><a href=p>x</a></div>",
           "<div class='site Page-Footer'><a href=p>x</a></div>",
           "<div role=contentinfo><a href=p>x</a></div>",
           "<ul class=footer-links><li><a href=p>x</a>",
       }) {
    INFO(html);
    CHECK(only_link(html).in_footer);
  }
  for (const char* html : {
           "<footer></footer><a href=p>x</a>",
           "<div id=footer><div></div></div><a href=p>x</a>",
           "<body class=has-footer><a href=p>x</a>",
       }) {
    INFO(html);
    CHECK_FALSE(only_link(html).in_footer);
  }
}

TEST_CASE("the relation that names a policy") {
  CHECK(only_link("<a rel='nofollow privacy-policy' href=p>x</a>").rel == "nofollow privacy-policy");
  CHECK(only_link("<link rel=privacy-policy href=/p><link rel=stylesheet href=s.css>").url ==
        "http://a.example/p");
}

TEST_CASE("what is no link of the page") {
  CHECK(links_of("<template><a href=p>x</a></template>").empty());
  CHECK(links_of("<script>'<a href=p>x</a>'</script><style><a href=p></style>").empty());
  CHECK(links_of("<!-- <a href=p>x</a> -->").empty());
  CHECK(links_of("<textarea><a href=p>x</a></textarea>").empty());
  CHECK(links_of("").empty());
  CHECK(page_links("%PDF-1.4 <a href=p>x</a>", {}).empty());
}

TEST_CASE("what nothing ends hides no links") {
  for (const char* html :
       {"<title>News<a href=p>x</a>", "<textarea><a href=p>x</a>", "<iframe><a href=p>x</a>",
        "<template><a href=p>x</a>", "<a href=p>x<noscript>y</a>"}) {
    INFO(html);
    CHECK(links_of(html).size() == 1);
  }
}

TEST_CASE("a charset of the header is heeded") {
  Hints hints;
  hints.content_type = "text/html; charset=iso-8859-1";
  const auto links = page_links(
      "<a href=/p>Vie priv\xE9"
      "e</a>",
      hints);
  REQUIRE(links.size() == 1);
  CHECK(links[0].text == "Vie privée");
  CHECK(links[0].url == "/p");  // of a page without a URL: as it stands there
}

TEST_CASE("hostile pages stay within bounds") {
  std::string many;
  for (int i = 0; i < 60'000; ++i)
    many += "<a href=p>x";
  CHECK(links_of(many).size() == k_most_links);

  const auto long_text = links_of("<a href=p>" + std::string(1'000'000, 'x') + "</a>");
  REQUIRE(long_text.size() == 1);
  CHECK(long_text[0].text.size() <= 400);
  CHECK(links_of("<p>" + std::string(1'000'000, 'x') + "<a href=p>y</a>").at(0).before.size() <= 160);
  CHECK(links_of("<a href='" + std::string(1'000'000, 'x') + "'>y</a>").empty());

  std::string unclosed;
  for (int i = 0; i < 100'000; ++i)
    unclosed += "<div class=footer><template><title><textarea><iframe><a href=p><noscript>";
  CHECK(links_of(unclosed).size() == k_most_links);

  // Characters are never cut in two.
  std::string wide = "<a href=p>";
  for (int i = 0; i < 1000; ++i)
    wide += "個";
  CHECK(links_of(wide).at(0).text.find("\xEF\xBF\xBD") == std::string::npos);
}
