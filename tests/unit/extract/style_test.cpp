#include "extract/style.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "markdown_of.hpp"

using namespace winnow;
using test::markdown_of;

TEST_CASE("inline styles") {
  CHECK(parse_style("color:red; DISPLAY : none !important").hidden);
  CHECK(parse_style("visibility:hidden").hidden);
  CHECK_FALSE(parse_style("display:block;color:none").hidden);
  CHECK_FALSE(parse_style("").hidden);
}

// soompi.com hid its address from harvesters so; the corpus has it as "moc.ipmoos@ofni".
TEST_CASE("text that is shown reversed is written as it is seen") {
  const auto [body, markdown] = GENERATE(table<std::string, std::string>({
      {"<p>Write to <span style='unicode-bidi:bidi-override; direction: rtl'>gro.elpmaxe@ofni</span> now</p>",
       "Write to info@example.org now"},
      {"<style>p .rev, #x { direction:rtl; unicode-bidi:bidi-override }</style>"
       "<p>at <b class='big rev'>gro.elpmaxe@ofni</b></p>",
       "at info@example.org"},
      {"<style>@media screen{ #x {unicode-bidi:bidi-override;direction:rtl} }</style><p id=x>cba</p>", "abc"},
      {"<p><bdo dir=rtl>(2) eno</bdo></p>", "one (2)"},
      {"<p><a href='mailto:info@example.org' "
       "style='unicode-bidi:bidi-override;direction:rtl'>gro.elpmaxe@ofni</a></p>",
       "[info@example.org](mailto:info@example.org)"},
      {"<p style='unicode-bidi:bidi-override;direction:rtl'>moc.<span "
       "style='display:none'>null</span>x@y</p>",
       "y@x.com"},
      // Only both properties reverse what is seen.
      {"<p style='direction: rtl'>abc</p>", "abc"},
      {"<style>.r { unicode-bidi:bidi-override }</style><p class=r>abc</p>", "abc"},
  }));
  INFO(body);
  CHECK(markdown_of(body) == markdown);
}

TEST_CASE("reversing keeps characters and their marks whole") {
  CHECK(reverse_text("äbc") == "cbä");
  CHECK(reverse_text("xe\u0301y") == "ye\u0301x");
  CHECK(reverse_text("") == "");
  CHECK(reverse_text("\u0301") == "\u0301");
}
