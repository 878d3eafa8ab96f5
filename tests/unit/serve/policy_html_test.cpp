#include "serve/policy_html.hpp"

#include <catch2/catch.hpp>

using namespace winnow::serve;

TEST_CASE("links lead out, or nowhere", "[serve]") {
  const auto [markdown, html] = GENERATE(table<std::string, std::string>({
      {"[a](https://b.test/?x=1&y=\"2\")",
       "href=\"https://b.test/?x=1&amp;y=&quot;2&quot;\" rel=\"nofollow noopener noreferrer\""},
      {"[a](/terms)", "href=\"https://a.test/terms\""},
      {"[a](other)", "href=\"https://a.test/legal/other\""},
      {"[a](#part)", "href=\"https://a.test/legal/privacy#part\""},
      {"[a](//b.test/x)", "href=\"https://b.test/x\""},
      {"[a](mailto:x@a.test)", "href=\"mailto:x@a.test\""},
      {"[a](javascript:alert)", "<a>a</a>"},
      {"[a](data:text/html,x)", "<a>a</a>"},
      {"![words](https://b.test/x.png)", "<span class=\"image\">words</span>"},
      {"![](https://b.test/x.png) end", "<p> end</p>"},
      {"<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"},
      {"1 < 2 & \"3\"", "1 &lt; 2 &amp; &quot;3&quot;"},
  }));
  CAPTURE(markdown);
  const std::string got = policy_html(markdown, "https://a.test/legal/privacy").html;
  CAPTURE(got);
  CHECK(got.find(html) != std::string::npos);
  CHECK(got.find("<img") == std::string::npos);
}

TEST_CASE("headings make an outline", "[serve]") {
  const PolicyHtml text = policy_html("# One *two*\n\ntext\n\n### [Three](/x) & four\n\n#\n", "no url");
  REQUIRE(text.outline.size() == 3);
  CHECK(text.outline[0].level == 1);
  CHECK(text.outline[0].text == "One two");
  CHECK(text.outline[1].level == 3);
  CHECK(text.outline[1].text == "Three &amp; four");
  CHECK(text.html.find("<h3 id=\"s2\">") != std::string::npos);
}
