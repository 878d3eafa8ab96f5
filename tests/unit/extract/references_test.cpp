// Character references as pages write them.
#include <string>

#include <catch2/catch.hpp>

#include "markdown_of.hpp"

using namespace winnow;

TEST_CASE("character references mean what the standard says") {
  const auto [markup, markdown] = GENERATE(table<std::string, std::string>({
      {"&copy2019 by us &amp them", "©2019 by us & them"},
      {"a&nbsp b", "a b"},
      {"caf&eacutes &notit; &AMP;", "cafés ¬it; &"},
      {"it&#146;s &#147;so&#148; &#150; &#128;5", "it’s “so” – €5"},
      {"it&#x92;s&#133;", "it’s…"},
      {"&#x1F600; &#8364", "😀 €"},
      {"a&#xD800;b&#0;c&#x110000;d", "a\uFFFDb\uFFFDc\uFFFDd"},
      {"a&#1;b&#127;c&#8;d", "abcd"},
      {"AT&T; &unknown; &", "AT&T; \\&unknown; &"},
      {"<a href='http://a.org/?a=1&copy=2&amp;b=3&amp=4&reg;'>x</a>",
       "[x](http://a.org/?a=1&copy=2&b=3&amp=4®)"},
  }));
  INFO(markup);
  const std::string page = "<p>" + markup + "</p>";
  CHECK(test::markdown_of(page) == markdown);
  // Long texts take another way through the parser.
  std::string words;
  while (words.size() < 5000)
    words += "word ";
  CHECK(test::markdown_of("<p>" + words + markup + "</p>") == words + markdown);
}
