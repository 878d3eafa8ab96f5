#include "extract/markdown_html.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace winnow;

TEST_CASE("Markdown as HTML") {
  const auto [markdown, html] = GENERATE(table<std::string, std::string>({
      {"# A & B\n\none *two* **three** `a<b`",
       "<h1>A &amp; B</h1>\n<p>one <em>two</em> <strong>three</strong> <code>a&lt;b</code></p>\n"},
      {"- a\n- b\n  1. c", "<ul>\n<li>a</li>\n<li>b<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>\n"},
      {"3. c\n4. d", "<ol start=\"3\">\n<li>c</li>\n<li>d</li>\n</ol>\n"},
      // CommonMark counts on; the page did not.
      {"5. e\n9. *i*\n10. j",
       "<ol start=\"5\">\n<li>e</li>\n<li value=\"9\"><em>i</em></li>\n<li>j</li>\n</ol>\n"},
      {"3. c\n2. b\n\n   x",
       "<ol start=\"3\">\n<li><p>c</p>\n</li>\n<li value=\"2\"><p>b</p>\n<p>x</p>\n</li>\n</ol>\n"},
      {"- 1. a\n  4. - d\n- 2\\. b",
       "<ul>\n<li><ol>\n<li>a</li>\n<li value=\"4\"><ul>\n<li>d</li>\n</ul>\n</li>\n</ol>\n</li>\n<li>2. "
       "b</li>\n</ul>\n"},
      {"> 1. a\n> 3. b", "<blockquote>\n<ol>\n<li>a</li>\n<li value=\"3\">b</li>\n</ol>\n</blockquote>\n"},
      {"AT&T; R&D &amp;", "<p>AT&amp;T; R&amp;D &amp;</p>\n"},
      {"| a | b |\n| --- | --- |\n| c<br>d | e |",
       "<table>\n<thead>\n<tr><th>a</th><th>b</th></tr>\n</thead>\n<tbody>\n<tr><td>c<br>d</td><td>e</td></"
       "tr>\n"
       "</tbody>\n</table>\n"},
      {"> quoted\n\n---", "<blockquote>\n<p>quoted</p>\n</blockquote>\n<hr>\n"},
      {"a  \nb\nc", "<p>a<br>\nb\nc</p>\n"},
      {"```\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>\n"},
      {"[a](https://a.org/?x=1&y=2) <https://b.org>",
       "<p><a href=\"https://a.org/?x=1&amp;y=2\">a</a> <a href=\"https://b.org\">https://b.org</a></p>\n"},
      {"![*a* \"b\"](/i.png)", "<p><img src=\"/i.png\" alt=\"a &quot;b&quot;\"></p>\n"},
      {"caf\xC3\xA9 &eacute; \\<b\\>", "<p>caf\xC3\xA9 &eacute; &lt;b&gt;</p>\n"},
      {"", ""},
  }));
  INFO(markdown);
  CHECK(markdown_to_html(markdown) == html);
}

TEST_CASE("raw HTML is shown, not obeyed") {
  const auto [markdown, html] = GENERATE(table<std::string, std::string>({
      {"<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"},
      {"a <img src=x onerror=alert(1)> b", "<p>a &lt;img src=x onerror=alert(1)&gt; b</p>\n"},
      {"<!-- c --><br onclick=x>", "<p>&lt;!-- c --&gt;&lt;br onclick=x&gt;</p>\n"},
  }));
  INFO(markdown);
  CHECK(markdown_to_html(markdown) == html);
}

TEST_CASE("links lead nowhere but to the web, mail and telephone") {
  const auto [target, wanted] = GENERATE(table<std::string, std::string>({
      {"https://a.org", "<a href=\"https://a.org\">"},
      {"HTTP://a.org", "<a href=\"HTTP://a.org\">"},
      {"mailto:a@b.org", "<a href=\"mailto:a@b.org\">"},
      {"tel:+1", "<a href=\"tel:+1\">"},
      {"/a:b", "<a href=\"/a:b\">"},
      {"#a:b", "<a href=\"#a:b\">"},
      {"a?b=c:d&amp;e", "<a href=\"a?b=c:d&amp;e\">"},
      {"javascript:alert(1)", "<a>"},
      {"JaVaScript:alert(1)", "<a>"},
      {"java&#115;cript:alert(1)", "<a>"},
      {"javascript&colon;alert(1)", "<a>"},
      {"&#1;javascript:alert(1)", "<a>"},
      {"<java\tscript:alert(1)>", "<a>"},
      {"<\x01javascript:alert(1)>", "<a>"},
      {"data:text/html,x", "<a>"},
      {"vbscript:x", "<a>"},
      {"file:///etc/passwd", "<a>"},
  }));
  INFO(target);
  CHECK(markdown_to_html("[x](" + target + ")") == "<p>" + wanted + "x</a></p>\n");
}

TEST_CASE("images come from the web only") {
  CHECK(markdown_to_html("![x](data:image/svg+xml,y)") == "<p><img alt=\"x\"></p>\n");
  CHECK(markdown_to_html("![a ![b](/b) [c](/c)](/i)") == "<p><img src=\"/i\" alt=\"a b c\"></p>\n");
}

TEST_CASE("short rows of a wide table do not fill the memory") {
  std::string bomb;
  for (int i = 0; i < 1000; ++i)
    bomb += "|a";
  bomb += '\n';
  for (int i = 0; i < 1000; ++i)
    bomb += "|---";
  for (int i = 0; i < 2000; ++i)
    bomb += "\n|x";
  const std::string html = markdown_to_html(bomb);
  CHECK(html.size() < 40 * bomb.size());
  CHECK(html.ends_with("|x</p>\n"));
}

TEST_CASE("a paragraph of millions of signs is written as its words") {
  const std::string signs(1'000'001, '&');
  const std::string html = markdown_to_html("**a**\n\n" + signs);
  CHECK(html.starts_with("<p>a</p>\n<p>&amp;&amp;"));
  CHECK(markdown_to_html("**a**\n\n" + signs.substr(100)).starts_with("<p><strong>a</strong></p>\n"));
}

TEST_CASE("a title cannot leave its element") {
  CHECK(html_document("a</title><script>", "").find("<title>a&lt;/title&gt;&lt;script&gt;</title>") !=
        std::string::npos);
}
