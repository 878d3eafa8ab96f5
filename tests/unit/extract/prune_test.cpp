#include "extract/prune.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "extract/tag_scanner.hpp"

using namespace winnow;

namespace {

std::string pruned(std::string_view html) {
  return prune(html, Fallbacks::leave_out).html;
}

}  // namespace

TEST_CASE("what never becomes text is cut before parsing") {
  const auto [html, left] = GENERATE(table<std::string, std::string>({
      {"a<script>if (a<b) '</p>'</script>b", "ab"},
      {"a<SCRIPT>x</Script >b", "ab"},
      // The standard's escaped states: a script in a comment in a script.
      {"a<script><!-- <script> </script> --></script>b", "ab"},
      // Which must not swallow a page that never leaves them.
      {"a<script><!-- <script> x</script>b<p>c", "ab<p>c"},
      {"a<style>p{}</style>b<!-- c -->d<!doctype e>f", "abdf"},
      {"a<!-->b<!--->c<!-- x --!>d", "abcd"},
      {"a<svg><title>t</title><path d='>'/><style>x</style></svg>b", "ab"},
      {"a<svg><g><p>b", "a<p>b"},  // an HTML element ends svg
      {"a<template><p>x</p><template>y</template></template>b", "ab"},
      {"<div><template shadowrootmode=open><p>x</p></template></div>", "<div><p>x</p></div>"},
      {"a<noscript>x<p></noscript>b", "ab"},
      {"a<iframe src=x>y</iframe>b", "ab"},
      {"<font size=2>a<font style='display:none'>b</font></font>", "a<font style=\"display:none\">b</font>"},
      {"<p onclick='x>y' data-x=\"<b>\" hidden=c HIDDEN=d>a", "<p hidden=\"c\">a"},
      {"<div id=ember12 class='css-1x2y navbar  mt-4'>a", "<div class=\"navbar\">a"},
      {"<b>bidi-override</b><p class=x id=y>a", "<b>bidi-override</b><p class=\"x\" id=\"y\">a"},
      {"<a href='x\"y'>a</a>", "<a href=\"x&quot;y\">a</a>"},
      {"<my-box>a</my-box><form>b</form>", "<span>a</span><div role=\"form\">b</div>"},
      {"a</div></b>b", "ab"},
      {"<<!-- -->b>", "&lt;b>"},
      {"<xmp><b>&</xmp>", "<pre>&lt;b>&amp;</pre>"},
      {"<title>a<b></title>c", "<title>a<b></title>c"},
      {"<title>never ended<p>text", "never ended<p>text"},
      {"1 < 2 <3 <", "1 < 2 <3 &lt;"},
      // A quote that nothing closes: the tag ends at the next bracket, the page goes on.
      {"<a href=\"x>text</a> more", "<a href=\"x\">text</a> more"},
  }));
  INFO(html);
  CHECK(pruned(html) == left);
}

TEST_CASE("frames' and scripts' stand-ins are kept when asked for") {
  CHECK(prune("<frameset><frame><noframes><p>text</noframes></frameset>", Fallbacks::keep).html == "<p>text");
  CHECK(prune("<noscript><p>text</p></noscript>", Fallbacks::keep).html == "<p>text</p>");
}

TEST_CASE("implied ends are no depth") {
  const auto one =
      GENERATE(values<std::string>({"<p>x", "<li>x", "<tr><td>x", "<dd>x", "<option>x", "<td>x"}));
  std::string html = "<table><ul>";
  for (int i = 0; i < 2000; ++i)
    html += one;
  CHECK_FALSE(prune(html, Fallbacks::leave_out).too_deep);
}

TEST_CASE("nesting beyond what browsers keep is flattened, and nothing else") {
  const auto nested = [](std::size_t depth) {
    std::string html;
    for (std::size_t i = 0; i < depth; ++i)
      html += "<div>";
    html += "text";
    for (std::size_t i = 0; i < depth; ++i)
      html += "</div>";
    return html;
  };
  CHECK(pruned(nested(500)) == nested(500));
  const PrunedPage deep = prune(nested(5000), Fallbacks::leave_out);
  CHECK(deep.too_deep);
  CHECK(deep.html.size() < nested(520).size());
  // Its end tags match what was let through: what follows is not nested.
  const std::string after = pruned(nested(5000) + "<p>after</p>");
  CHECK(after.ends_with("</div><p>after</p>"));
}

TEST_CASE("attributes are taken apart as browsers do") {
  std::string_view text = " a  b=1 c = 'x y' d=\"\" =e f";
  RawAttribute attribute;
  std::string seen;
  while (next_attribute(text, attribute)) {
    seen += std::string(attribute.name) + '[' + std::string(attribute.value) + ']';
  }
  CHECK(seen == "a[]b[1]c[x y]d[]=e[]f[]");
}
