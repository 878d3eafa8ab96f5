#include "extract/dialogs.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "extract/furniture_names.hpp"
#include "markdown_of.hpp"

using namespace winnow;
using test::k_prose;
using test::keeps;
using test::markdown_of;

namespace {

const std::string k_ask =
    "<p>We and our partners would like to remember you from page to page, and ask for your consent to "
    "that.</p>";
const std::string k_choice = "<div><button>Accept all</button> <button>Refuse</button></div>";

}  // namespace

TEST_CASE("dialogs go") {
  const auto dialog = GENERATE(values<std::string>({
      "<div id=onetrust-banner-sdk>" + k_ask + "</div>",
      "<div class='x CybotCookiebotDialog'>" + k_ask + "</div>",
      "<div role=dialog>" + k_ask + "</div>",
      "<section aria-modal=true>" + k_ask + "</section>",
      "<dialog open>" + k_ask + "</dialog>",
      "<div class='modal fade'>" + k_ask + "</div>",
      // Made in the house, each with a name of its own.
      "<div id=our-cookies-banner>" + k_ask + "</div>",
      "<div><div class=gdpr-notice>" + k_ask + "</div></div>",
      // ... or with none: the two buttons tell, and the text is in a block further up than they are.
      "<div><div>" + k_ask + "</div>" + k_choice + "</div>",
      "<div>" + k_ask + "<p><a href=#>J’accepte</a> <a href=#>Je refuse</a></div>",
      "<div>" + k_ask + "<input type=button value='Accept all'><input type=SUBMIT value=Decline></div>",
      "<div>" + k_ask + "<div class=btn>Accept</div><div class='btn btn-2'>Decline</div></div>",
      "<div>" + k_ask + "<button>Accept all</button><button>Accept only necessary</button></div>",
      "<div>" + k_ask + "<button>OK</button><button>Only necessary cookies</button></div>",
      "<div>" + k_ask + "<button>Alle Cookies akzeptieren</button><a href=#>Nur notwendige Cookies</a></div>",
      "<div>" + k_ask + "<button>Accept all</button><button>Cookie settings</button></div>",
      "<div>" + k_ask + "<button>同意する</button><button>同意しない</button></div>",
      "<div>" + k_ask + "<button>接受</button><button>拒绝</button></div>",
      "<div>" + k_ask + "<button>동의</button><button>거부</button></div>",
      "<div>" + k_ask + "<button>Принять</button><button>Отклонить</button></div>",
      "<div>" + k_ask + "<button>Kabul et</button><button>Reddet</button></div>",
      "<div>" + k_ask + "<button>Tillad alle</button><button>Afvis</button></div>",
      "<div class=cc_banner>" + k_ask + "</div>",
      "<div><div id=ccc-module>" + k_ask + "</div></div>",
      "<div class='eupopup eupopup-bottom'>" + k_ask + "</div>",
      "<div class=pea_cook_wrapper>" + k_ask + "</div>",
      "<div>" + k_ask + "<span role=button>Alle akzeptieren</span> <span role=button>Ablehnen</span></div>",
  }));
  const bool before = GENERATE(true, false);
  INFO(dialog);
  const std::string text = k_prose + k_prose;
  const std::string markdown = markdown_of(before ? dialog + text : text + dialog);
  CHECK_FALSE(keeps(markdown, "our partners"));
  CHECK(keeps(markdown, "We collect the name"));
}

TEST_CASE("what only looks like a dialog stays") {
  const auto text = GENERATE(values<std::string>({
      // The button that opens a vendor's dialog, in a sentence of the policy, has the vendor's class.
      "<p>Change your mind in the <a class=optanon-show-settings>our partners</a> at any time.</p>",
      // A chapter that is called by what it is on.
      "<h2>Report</h2><div class=report-dialog>" + k_ask + "</div><p>Off the site, call the police.</p>",
      "<main><h2>Cookies</h2><div id=cookie-notice>" + k_ask + "</div></main>",
      // A licence's end, and a setting in the text itself.
      "<main>" + k_ask + k_choice + "</main>",
      // "cmp-" is Adobe's prefix for every component of a page.
      "<div class=cmp-text>" + k_ask + "</div>",
  }));
  INFO(text);
  CHECK(keeps(markdown_of(text + k_prose + k_prose), "our partners"));
}

TEST_CASE("a block with more than a third of the page's text is no dialog made in the house") {
  CHECK(keeps(markdown_of("<div>" + k_prose + k_ask + k_choice + "</div>" + k_prose), "our partners"));
  CHECK(keeps(markdown_of("<div class=modal>" + k_prose + k_prose + k_ask + "</div><p>Home</p>"),
              "our partners"));
}

// An imprint of 150 words below five windows of 600: the windows are most of the page's prose.
TEST_CASE("a short text is found below the windows that cover it") {
  std::string page;
  for (int i = 0; i < 5; ++i)
    page += "<div class=modal><h1>Oops</h1><p>Something went wrong</p>" + k_ask + "</div>";
  const std::string markdown = markdown_of(page + "<h2>Imprint</h2>" + k_prose);
  CHECK(markdown.starts_with("## Imprint\n\nWe collect"));
  CHECK_FALSE(keeps(markdown, "our partners"));
}

TEST_CASE("phrases for those who cannot see") {
  const auto [text, is_filler] = GENERATE(table<std::string, bool>({
      {"Skip to main content", true},
      {" (opens in a new\n window) ", true},
      {"Back\u00A0to the\u00ADtop", false},
      {"Back\u00A0to the to\u00ADp", true},
      {"(opens in a new window)", true},
      {"Zum Inhalt springen", true},
      {"Öffnet in neuem Fenster", true},
      {"Ouvre une nouvelle fenêtre.", true},
      {"Se abre en una pestaña nueva", true},
      {"The link opens in a new window", false},
      {"window", false},
      {"", false},
  }));
  INFO(text);
  CHECK(is_filler_phrase(text) == is_filler);
}

TEST_CASE("filler goes, and only where it is one") {
  CHECK(markdown_of("<p>See <a href=/t>our terms<span> (opens in a new window)</span></a>.</p>" + k_prose)
            .starts_with("See [our terms](http://example.org/t)."));
  CHECK(keeps(markdown_of("<p>opens in a new window</p>" + k_prose), "opens in a new window"));
  // The same words, whatever markup and characters that nobody sees stand between them.
  for (const char* const words : {"Back to the top", "Back&nbsp;to the top", "Back to <b></b>the top"})
    CHECK_FALSE(keeps(markdown_of(k_prose + "<p>See <a href=#>" + words + "</a>.</p>" + k_prose), "the top"));
  CHECK(keeps(markdown_of("<table><tr><th>Shared<th>With<tr><td><i>x</i><span class=sr-only>Yes</span>"
                          "<td>Banks</table>" +
                          k_prose),
              "Yes"));
}

TEST_CASE("sign-up boxes go, by the field for a password; other forms stay") {
  const std::string labels = "<p>I am a woman</p><p>Your password must have eight letters.</p>";
  CHECK_FALSE(keeps(markdown_of("<article>" + k_prose + k_prose + "<form>" + labels +
                                "<input type=password></form></article>"),
                    "a woman"));
  CHECK(keeps(markdown_of(k_prose + k_prose + "<form>" + labels + "<input type=text></form>"), "a woman"));
}

TEST_CASE("help desks ask about the article and tell of others") {
  const std::string page = "<article>" + k_prose + k_prose +
                           "<div class=articleRatings>Did this answer your question? Thanks!</div>"
                           "<section class=related><h3>Related Articles</h3><ul><li><a href=/a>Guidelines</a>"
                           "<li><a href=/b>Terms of Use</a></ul></section></article>";
  CHECK_FALSE(keeps(markdown_of(page), "Did this answer"));
}

TEST_CASE("a menu with titles of its own goes at the edges") {
  const std::string menu =
      "<div><h2>Help Centre</h2><ul><li><a href=/a>Popular questions</a><li><a href=/b>About us</a>"
      "<li><a href=/c>Profile</a><li><a href=/d>Messages</a><li><a href=/e>Credits</a></ul></div>";
  CHECK(markdown_of(menu + "<div><h1>Cookies</h1>" + k_prose + "</div>" + menu).find("Help Centre") ==
        std::string::npos);
  // A page's title or an address to write to is no menu's.
  const std::string contact =
      "<div><h2>Contact</h2><ul><li><a href=mailto:a@example.org>a@example.org</a>"
      "<li><a href=mailto:b@example.org>b@example.org</a><li><a href=tel:1>1</a><li><a href=tel:2>2</a>"
      "<li><a href=tel:3>3</a></ul></div>";
  CHECK(keeps(markdown_of(k_prose + contact), "a@example.org"));
}
