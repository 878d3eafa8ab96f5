#include "extract/edges.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "markdown_of.hpp"

using namespace winnow;
using test::k_prose;
using test::keeps;
using test::markdown_of;

namespace {

const std::string k_links = "<a href=/a>Home</a> | <a href=/b>Search</a> | <a href=/c>Site index</a>";

}  // namespace

// Pages of 1998 to 2010 have the menu, the text and the copyright line in one table cell.
TEST_CASE("menus go also where only line breaks part them from the text") {
  const std::string sentence =
      "We collect the name and the postal address that you give us when you order something here, and we "
      "keep "
      "them for as long as the law on commerce demands it of us.";
  const std::string page = "<table><tr><td><b>" + k_links + "</b><br><br>" + sentence + "<br><br>" + k_links +
                           "<br><br>&copy; 2004 Example Ltd. All rights reserved.</table>";
  CHECK(markdown_of(page) == sentence);
}

TEST_CASE("a slogan above a menu does not make it part of the text") {
  CHECK_FALSE(
      keeps(markdown_of("<p>global excellence in strategic planning, marketing, fundraising and more</p>"
                        "<p>" +
                        k_links + "</p>" + k_prose),
            "Site index"));
}

TEST_CASE("what stands at the edges of the text and is part of it") {
  const auto content = GENERATE(values<std::string>({
      // Contents, with and without the page's own URL.
      "<p><a href='#a'>Site index</a> <a href='#b'>Search</a></p>",
      "<p><a href='/privacy#a'>Site index</a> <a href='/privacy#b'>Search</a></p>",
      "<h1>Site index</h1>",
      "<p>Site index of 2004</p>",
      "<p><a href=/x>Site index</a></p>",
      "<p>Site index: <a href=mailto:a@example.org>a@example.org</a> <a href=tel:12>12</a></p>",
      "<p>Copyright law, and the Site index that we are obliged to keep by it: this is a sentence of more "
      "than "
      "one hundred and twenty characters, and no copyright line at all.</p>",
  }));
  const bool before = GENERATE(true, false);
  INFO(content);
  CHECK(keeps(markdown_of(before ? content + k_prose : k_prose + content), "Site index"));
}

TEST_CASE("a heading goes with the menu that it headed, but a page's only title stays") {
  const std::string menu =
      "<ul><li><a href=/1>May updates</a><li><a href=/2>Bug fixes</a><li><a href=/3>Server move</a></ul>";
  CHECK(markdown_of("<div><h1>Latest Updates</h1>" + menu + "</div><h1>Privacy</h1>" + k_prose)
            .starts_with("# Privacy\n"));
  CHECK(keeps(markdown_of("<div><h1>Privacy</h1>" + menu + "</div>" + k_prose), "# Privacy\n"));
  CHECK(
      keeps(markdown_of("<div><h2>Summary</h2>" + menu + "<p>In short.</p></div>" + k_prose), "## Summary"));
}

// A forum's newest topics beside a policy: the links lead to places, but to places of other pages.
TEST_CASE("links to places of other pages are a menu") {
  CHECK_FALSE(
      keeps(markdown_of(k_prose + "<table><tr><td>Topics<tr><td><a href='/topic?id=1#post4'>Upgrading "
                                  "memory</a><tr><td><a href='/topic?id=2#post7'>Sound barely "
                                  "audible</a></table>"),
            "barely audible"));
}
