#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

#include "markdown_of.hpp"

using namespace winnow;
using test::k_prose;
using test::keeps;
using test::markdown_of;

namespace {

const std::string k_menu =
    "<ul><li><a href=/>Home</a><li><a href=/shop>Shop</a><li><a href=/contact>Contact us</a></ul>";

}  // namespace

TEST_CASE("furniture goes") {
  const auto furniture = GENERATE(values<std::string>({
      "<nav>" + k_menu + "</nav>",
      "<div role=navigation>" + k_menu + "</div>",
      "<div class='x main-menu'>" + k_menu + "</div>",
      "<header><p>Home Shop Contact us today</p></header>",
      "<footer><p>Home, Shop, Contact us. All rights reserved.</p></footer>",
      "<div id=footer>Home Shop Contact us</div>",
      "<div id=onetrust-consent-sdk><p>Home of cookies: accept them, Shop for them, Contact us.</p></div>",
      "<div role=dialog><p>Home Shop Contact us</p></div>",
      "<a class='sr-only' href='#c'>Home Shop Contact us</a>",
      "<select><option>Home<option>Shop<option>Contact us</select>",
      "<button>Home Shop Contact us</button>",
      "<p hidden>Home Shop Contact us</p>",
      "<p style='display: none'>Home Shop Contact us</p>",
      "<noscript>Home Shop Contact us</noscript>",
      // A menu without a name: links, and nothing but links, before and behind the text.
      "<div>" + k_menu + "</div>",
  }));
  const bool before = GENERATE(true, false);
  INFO(furniture);
  const std::string page = before ? furniture + k_prose : k_prose + furniture;
  const std::string markdown = markdown_of(page);
  CHECK(keeps(markdown, "We collect the name"));
  CHECK(keeps(markdown, "in which case we tell you too"));
  CHECK_FALSE(keeps(markdown, "Contact us"));
}

TEST_CASE("what only looks like furniture stays") {
  const auto content = GENERATE(values<std::string>({
      // Whole policies stand in elements called footer or header.
      "<footer><h2>Contact us</h2>" + k_prose + k_prose + "</footer>",
      "<div class=header>" + k_prose + "<h2>Contact us</h2>" + k_prose + "</div>",
      "<ul><li><a href='#name'>Contact us</a><li><a href='#time'>For how long</a></ul>",
      "<nav><a href='#name'>Contact us</a> <a href='#time'>For how long</a></nav>",
      "<main><footer><p>Contact us: Data Protection Officer, 1 High Street</p></footer></main>",
      "<details><summary>Contact us</summary><p>By letter.</p></details>",
      "<h2><button>Contact us</button></h2>",
      "<form><p>Contact us by letter, not by mail.</p></form>",
      "<p>Contact us</p>",
      "<p><a href=/contact>Contact us</a></p>",
  }));
  INFO(content);
  CHECK(keeps(markdown_of(content + k_prose), "Contact us"));
  CHECK(keeps(markdown_of(content + k_prose), "in which case we tell you too"));
}

TEST_CASE("closed accordions and tabs are content, hidden dialogs are not") {
  const std::string hidden = "<div style='display:none'>" + k_prose + k_prose + "</div>";
  CHECK(keeps(markdown_of("<p>Short.</p>" + hidden), "We collect the name"));
  const std::string dialog =
      "<div id=onetrust-pc-sdk style='display:none'><p>We value your choice of cookies and would "
      "like to know which ones you will have from us and from others.</p></div>";
  CHECK_FALSE(keeps(markdown_of(k_prose + k_prose + dialog), "value your choice"));
}

TEST_CASE("a closed panel is short and hidden, and content by the title that opens it") {
  const std::string text =
      "<p>We keep what you wrote to us for as long as we need to answer you, not longer.</p>";
  const auto panel = GENERATE_COPY(values<std::string>({
      "<h3>Retention</h3><div hidden>" + text + "</div>",
      "<div><button>Retention</button><div style='display:none'>" + text + "</div></div>",
      "<dl><dt>Retention</dt><dd hidden>" + text + "</dd></dl>",
      "<div><div class=title><h3>Retention</h3></div><div class=body style='display: none'>" + text +
          "</div></div>",
      "<div role=tabpanel hidden>" + text + "</div>",
  }));
  INFO(panel);
  CHECK(keeps(markdown_of(k_prose + panel + k_prose), "what you wrote to us"));
  CHECK_FALSE(
      keeps(markdown_of(k_prose + "<div hidden>" + text + "</div>" + k_prose), "what you wrote to us"));
}

TEST_CASE("scripts hide the body until they are ready") {
  CHECK(keeps(test::extracted("<body style='visibility:hidden'>" + k_prose).markdown, "We collect"));
}

TEST_CASE("the heading just outside the content stays, a logo does not") {
  const std::string markdown = markdown_of(
      "<header><h1><a href=/>Acme Store</a></h1><div><b>x</b><h1>Privacy Policy</h1>"
      "<p>sign in</p></div></header>" +
      k_prose);
  CHECK(markdown.starts_with("# Privacy Policy\n\nWe collect"));
}

TEST_CASE("a page without prose is kept whole and marked") {
  const Text text = test::extracted("<nav><a href=/a>Home</a></nav><p>Under construction</p>");
  CHECK(keeps(text.markdown, "Home"));
  CHECK(keeps(text.markdown, "Under construction"));
  CHECK(std::count(text.marks.begin(), text.marks.end(), Mark::whole_page) == 1);
}

TEST_CASE("an old page laid out in tables gives its text, not its menu") {
  const Text text =
      test::extracted(test::fixture("layout-tables-2001.html"), "http://example.org/privacy.html");
  CHECK(text.title == "Example Books - Privacy");
  CHECK(text.charset == "windows-1252");
  CHECK(text.markdown + "\n" == test::fixture("layout-tables-2001.md"));
}

// "Send me a message" beside a policy of 2008.
TEST_CASE("a form for a message goes, one with a text of its own stays") {
  const std::string fields =
      "<textarea name=m>Your message here</textarea><input name=e><br>Thanks for your input!";
  CHECK(markdown_of(k_prose + "<form action=/contact><h4>Send me a message.</h4>Anything!<br>" + fields +
                    "</form>") == markdown_of(k_prose));
  CHECK(keeps(
      markdown_of(k_prose +
                  "<form><p>What you write here goes to our data protection officer, and is kept for as "
                  "long as the answer takes.</p>" +
                  fields + "</form>"),
      "Thanks for your input"));
  CHECK(keeps(markdown_of(k_prose + "<form><p>Version</p><input type=hidden></form>"), "Version"));
}

TEST_CASE("what labels a list to choose from goes with it") {
  const std::string select = "<select><option>One<option>Two</select>";
  CHECK(markdown_of(k_prose + "<p><span>Our other sites:</span> " + select + "</p>") == markdown_of(k_prose));
  CHECK(keeps(markdown_of(k_prose + "<h2>Privacy " + select + "</h2><p>x"), "## Privacy"));
  CHECK(keeps(
      markdown_of("<p>Of these many sites one is where you gave us your name: " + select + "</p>" + k_prose),
      "gave us your name"));
}

TEST_CASE("a button that opens a panel of prose is the panel's title") {
  const auto title = GENERATE(values<std::string>({
      "<button aria-expanded=false>What we keep</button><div hidden>",
      "<button aria-controls=c1>What we keep</button><div>",
      "<button class='accordion active'>What we keep</button><div class=panel>",
      "<div class=head><button data-bs-toggle=collapse data-bs-target='#c'>What we keep</button></div><div>",
      "<div><button data-toggle=collapse>What we keep</button></div><div style='display:none'>",
      "<button>What we need</button><div>" + k_prose + "</div><button>What we keep</button><div>",
  }));
  INFO(title);
  const std::string markdown = markdown_of("<h1>Privacy</h1>" + k_prose + title + k_prose + "</div>");
  CHECK(keeps(markdown, "\n\n## What we keep\n\nWe collect"));
}

TEST_CASE("other buttons are none") {
  const auto button = GENERATE(values<std::string>({
      "<button>What we keep</button>",
      "<button>What we keep</button><div><p>Short.</p></div>",
      "<button aria-expanded=false>What we keep</button><ul><li><a href=/1>One</a><li><a "
      "href=/2>Two</a></ul>",
      "<div><p>Sign up to our letter: <button aria-expanded=false>What we keep</button></p></div>",
  }));
  INFO(button);
  CHECK_FALSE(keeps(markdown_of("<h1>Privacy</h1>" + k_prose + button + k_prose), "What we keep"));
  CHECK_FALSE(keeps(markdown_of("<h1>Privacy</h1><button>What we keep</button><div>" + k_prose + "</div>"),
                    "What we keep"));
}

TEST_CASE("the titles of tabs stay") {
  const std::string markdown = markdown_of(
      "<h1>Legal</h1><div role=tablist><button role=tab>Privacy notice</button><button role=tab>Cookie "
      "notice</button></div><div role=tabpanel>" +
      k_prose + "</div><div role=tabpanel hidden>" + k_prose + "</div>");
  CHECK(markdown.starts_with("# Legal\n\n**Privacy notice**\n\n**Cookie notice**\n\nWe collect"));
}

// Policies of 2000 stand in a field that cannot be written to.
TEST_CASE("a text to be read in a field is text, one to be written over is not") {
  const std::string text =
      "We never share what you tell us with anybody else, unless a court demands it of us.";
  CHECK(keeps(markdown_of(k_prose + "<textarea readonly>" + text + "</textarea>"), "\n\n" + text));
  CHECK(keeps(markdown_of(k_prose + "<textarea DISABLED>" + text + "</textarea>"), "\n\n" + text));
  CHECK_FALSE(keeps(markdown_of(k_prose + "<textarea>" + text + "</textarea>"), "never share"));
}

TEST_CASE("a heading that is a picture says what describes it") {
  CHECK(keeps(markdown_of(k_prose + "<h2><img src=x alt='What we keep'></h2>" + k_prose),
              "\n\n## What we keep\n"));
  CHECK_FALSE(keeps(markdown_of("<h1><img alt=Acme></h1>" + k_prose), "Acme"));
  CHECK_FALSE(keeps(markdown_of(k_prose + "<h2><img alt=Ornament>Data</h2>" + k_prose), "Ornament"));
}

TEST_CASE("a footer that says when the text was changed stays, one that dates the site or the day does not") {
  CHECK(keeps(markdown_of("<div>" + k_prose + "</div><div class=footer>Last updated: 1 May 2010</div>"),
              "Last updated: 1 May 2010"));
  CHECK(keeps(markdown_of("<div>" + k_prose + "</div><footer><p>Gültig ab: 01.05.2010</p></footer>"),
              "ab: 01"));
  CHECK_FALSE(keeps(markdown_of("<div class=header>May 1, 2010</div><div>" + k_prose + "</div>"), "2010"));
  CHECK_FALSE(
      keeps(markdown_of("<div>" + k_prose + "</div><div class=footer>&copy; 2010 Acme</div>"), "2010"));
}
