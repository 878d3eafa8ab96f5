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

// 2011: ten links below a slogan, in one paragraph; two thirds of it are links.
TEST_CASE(
    "a row of links at the page's foot goes with the slogan above it, a sentence that names partners stays") {
  const std::string links =
      "<a href=/1>Home</a> <a href=/2>Videos</a> <a href=/3>Site index</a> "
      "<a href=/4>Jobs with us</a> <a href=/5>Advertise</a> <a href=/6>Travel deals</a>";
  CHECK(markdown_of(k_prose + "<hr><i>Where tourists turn into travellers</i><br>" + links) ==
        markdown_of(k_prose));
  CHECK(keeps(markdown_of(k_prose + "<p>We share it with " + links + " and nobody else at all.</p>"),
              "Travel deals"));
  CHECK(keeps(markdown_of(k_prose + "<p>The partners we share your name with:<br>" + links + "</p>"),
              "Travel deals"));
  CHECK(
      keeps(markdown_of(k_prose +
                        "<p>These firms get your name, each of them for the reason that it states itself"
                        "<br><a href=/1>Example One</a><br><a href=/2>Example Two</a><br><a href=/3>Example "
                        "Three</a><br><a href=/4>Example Four</a><br><a href=/5>Example Five</a></p>"),
            "Example Five"));
}

TEST_CASE("a foot is one whatever characters nobody sees stand in it") {
  for (const char* const foot : {"Powered by ExampleCMS 2.0", "Powered&nbsp;by ExampleCMS 2.0",
                                 "Copy&shy;right 2004 Example Ltd.", "&#8203;Copyright 2004 Example Ltd."})
    CHECK_FALSE(keeps(markdown_of(k_prose + k_prose + "<p>" + foot + "</p>"), "Example"));
}

TEST_CASE("the page's foot: what made it, and a copyright line of some length below a menu") {
  CHECK(markdown_of(k_prose +
                    "<p>Powered by ExampleCMS 2.0 &copy; 2001-2003 <a href=//cms.example>The Example "
                    "Project</a> | Design by <a href=//d.example>D</a></p>") == markdown_of(k_prose));
  const std::string row =
      "<p><b>Copyright &copy;2001 Example, Inc.</b><br>Example Inc. has no liability for any content or "
      "goods on the "
      "site, except as set forth in the <a href=/t>terms</a> and the <a href=/p>privacy statement</a>.</p>";
  CHECK(markdown_of(k_prose + "<p>" + k_links + "</p>" + row) == markdown_of(k_prose));
  CHECK(keeps(markdown_of(k_prose + row), "has no liability"));
}

TEST_CASE("a link to the first page in a place of its own goes, others may be part of the text") {
  const auto href =
      GENERATE(values<std::string>({"/", "./", "../", "index.html", "/Default.asp", "http://www.example.org",
                                    "http://example.org/", "//example.org/index.php"}));
  INFO(href);
  const std::string link = "<p><a href='" + href + "'>Back to Example</a></p>";
  CHECK(markdown_of(link + k_prose + link) == markdown_of(k_prose));
  CHECK(keeps(markdown_of(k_prose + "<p>See <a href='" + href + "'>Back to Example</a></p>"),
              "Back to Example"));
  for (const std::string other : {"/2019/privacy.html", "california.html", "/privacy/", "policy.pdf",
                                  "index.php?page=12", "//example.org/de/"})
    CHECK(
        keeps(markdown_of(k_prose + "<p><a href='" + other + "'>For California</a></p>"), "For California"));
}

// Banners, logos and buttons are told by what describes them where they are links.
TEST_CASE("pictures that are links stay only within the text, as a heading, or by a document's name") {
  const std::string banner = "<p><a href=//ads.example/?id=13><img src=b.gif alt='Your bank'></a></p>";
  CHECK(markdown_of(banner + k_prose + "<center>" + banner + "</center>") == markdown_of(k_prose));
  CHECK(keeps(markdown_of(k_prose + banner + k_prose), "Your bank"));
  CHECK(keeps(markdown_of("<h1><a href=/x><img alt='Your bank'></a></h1>" + k_prose), "Your bank"));
  CHECK(keeps(markdown_of("<p><a href=/x><img alt='Privacy Policy'></a></p>" + k_prose), "Privacy Policy"));
}

// Lists of links at the end of policies: the partners to opt out with, the versions before, the processors.
TEST_CASE("links that the text introduces stay at its edges") {
  const auto links = GENERATE(values<std::string>({
      "<h2>Opt out</h2><ul><li><a href=/1>Adsmith</a><li><a href=/2>Site index</a><li><a "
      "href=/3>Pixel</a></ul>",
      "<p>You can opt out with:</p><ul><li><a href=/1>Adsmith</a><li><a href=/2>Site index</a></ul>",
      "<h2>Earlier versions</h2><p><a href=/1>May 2018</a> <a href=/2>Site index</a></p>",
      "<h2>Processors</h2><table><tr><th>Name<th>Policy<tr><td><a href=/1>Adsmith</a><td><a href=/2>Site "
      "index</a></table>",
  }));
  INFO(links);
  CHECK(keeps(markdown_of("<main><h1>Privacy</h1>" + k_prose + links + "</main>"), "Site index"));
  CHECK(keeps(markdown_of("<h1>Privacy</h1>" + k_prose + links), "Site index"));
}

TEST_CASE("links above the text stay behind a line that ends in a colon") {
  const std::string links = "<ul><li><a href=/1>2018</a><li><a href=/2>Site index</a></ul>";
  CHECK(keeps(markdown_of("<main><h1>Privacy</h1><p>Other versions:</p>" + links + k_prose + "</main>"),
              "Site index"));
}

TEST_CASE("chapters in boxes of their own: the last may be a list of links") {
  const std::string links = "<ul><li><a href=/1>Adsmith</a><li><a href=/2>Site index</a></ul>";
  const std::string text = "<section><h2>Data</h2>" + k_prose + "</section>";
  CHECK(keeps(markdown_of("<main>" + text + "<section><h2>Opt out</h2>" + links + "</section></main>"),
              "Site index"));
  CHECK_FALSE(keeps(markdown_of("<div>" + text + "</div><div><div><h4>Shop</h4>" + links + "</div></div>"),
                    "Site index"));
}

TEST_CASE("menus go that are introduced as such") {
  const auto label = GENERATE(
      values<std::string>({"<h2>Related articles</h2>", "<p>Follow us on:</p>", "<h3>Quick Links</h3>",
                           "<p>Language:</p>", "<h2>Articles similaires</h2>", "<p>Teilen:</p>"}));
  const std::string links = "<ul><li><a href=/1>Adsmith</a><li><a href=/2>Site index</a></ul>";
  INFO(label);
  CHECK_FALSE(
      keeps(markdown_of("<main><h1>Privacy</h1>" + k_prose + label + links + "</main>"), "Site index"));
}

TEST_CASE("the trail from the first page goes, however it is parted, and without a class") {
  const auto trail = GENERATE(values<std::string>({
      "<div><a href=/>Home</a> &gt; <a href=/legal>Legal</a> &gt; Site index</div>",
      "<table><tr><td><font size=1><a href=/>Home</a> : <a href=/a>About us</a> : Site index</font></table>",
      "<p>You are here: <a href=/>Home</a> / Site index</p>",
      "<div><a href=index.html>Home</a> » Site index</div>",
  }));
  INFO(trail);
  CHECK_FALSE(keeps(markdown_of(trail + "<h1>Privacy</h1>" + k_prose), "Site index"));
}

TEST_CASE("a sentence with a link to the first page is no trail") {
  CHECK(keeps(markdown_of("<p><a href=/>Example</a> keeps the Site index.</p>" + k_prose), "Site index"));
  CHECK(keeps(markdown_of("<p><a href=/terms>Terms</a> / Site index</p>" + k_prose), "Site index"));
}
