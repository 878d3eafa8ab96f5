#include "extract/plain_structures.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "extract/markdown_writer.hpp"
#include "markdown_of.hpp"

using namespace winnow;
using test::keeps;
using test::markdown_of;

namespace {

using Row = std::tuple<std::string, std::string>;

void check(const Row& row) {
  INFO(std::get<0>(row));
  CHECK(markdown_of(std::get<0>(row)) == std::get<1>(row));
}

}  // namespace

TEST_CASE("bold lines are headings on a page without any") {
  check(GENERATE(values<Row>({
      {"<p><b>Security</b></p><p>We lock the door.</p>", "## Security\n\nWe lock the door."},
      {"<p><b>Security</b><br>We lock the door.</p>", "## Security\n\nWe lock the door."},
      {"<p><b>Security</b>:</p><p>We lock the door.</p>", "## Security\n\nWe lock the door."},
      {"<font size=4><b>Our <i>Promise</i>:</b></font><p>Yes.</p>", "## Our *Promise*:\n\nYes."},
      {"<p style='font-weight: bold'>Security</p><p>Yes.</p>", "## Security\n\nYes."},
      {"<span style='DISPLAY: block; FONT-WEIGHT: bold'>Links</span> <span "
       "style='display:inline'>Elsewhere.</span>",
       "## Links\n\nElsewhere."},
      // A page that has headings knows what is one.
      {"<h1>T</h1><p><b>Security</b></p><p>Yes.</p>", "# T\n\n**Security**\n\nYes."},
      {"<ul><li><h2>T</h2>x</ul><p><b>Security</b></p><p>Yes.</p>", "- ## T\n\n  x\n\n**Security**\n\nYes."},
      // A sentence, the beginning of one, and what heads nothing.
      {"<p><b>We never sell it.</b></p><p>Yes.</p>", "**We never sell it.**\n\nYes."},
      {"<p><b>Security</b> We lock the door.</p>", "**Security** We lock the door."},
      {"<p>Yes.</p><p><b>Example Ltd</b></p><p><b>London</b></p>", "Yes.\n\n**Example Ltd**\n\n**London**"},
      {"<dl><dt>Cookie</dt><dd>A file.</dd></dl>", "**Cookie**\n\nA file."},
  })));
}

TEST_CASE("bold lines are headings although a late one is set as such") {
  // Pasted from Word in 2004, one heading of a dozen with Word's own style.
  check(
      {"<div>Privacy Policy</div><p><b>Security</b></p><p>We lock the door.</p><p><b>Cards</b></p><p>Not "
       "kept.</p><h1>Changes</h1><p>Rare.</p>",
       "# Privacy Policy\n\n## Security\n\nWe lock the door.\n\n## Cards\n\nNot kept.\n\n## "
       "Changes\n\nRare."});
  check({"<p><b>Read this</b></p><p>Now.</p><h2>Security</h2><p>Locked.</p>",
         "**Read this**\n\nNow.\n\n## Security\n\nLocked."});
  // A banner above the page's title.
  check(
      {"<p><b>Welcome</b></p><h1>Privacy "
       "Policy</h1><p><b>Data</b></p><p>Kept.</p><p><b>Mail</b></p><p>Sent.</p>",
       "**Welcome**\n\n# Privacy Policy\n\n**Data**\n\nKept.\n\n**Mail**\n\nSent."});
  // Dates are bold as often as titles are.
  check({"<p><b>Last updated: May 2004</b></p><p>We keep it.</p>",
         "**Last updated: May 2004**\n\nWe keep it."});
  check({"<p><b>Effective June 15, 2002</b></p><p>We keep it.</p>",
         "**Effective June 15, 2002**\n\nWe keep it."});
  check({"<p><b>Data Protection Act 1998</b></p><p>We obey.</p>", "## Data Protection Act 1998\n\nWe obey."});
}

TEST_CASE("the line above the text that names the document is its heading") {
  check(GENERATE(values<Row>({
      {"<div>Privacy Policy</div><p>We keep it.</p>", "# Privacy Policy\n\nWe keep it."},
      {"<p><font size=7>Example's Internet Privacy Policy</font></p><p>We keep it.</p>",
       "# Example's Internet Privacy Policy\n\nWe keep it."},
      {"<span>Privacy Policy</span><p><b>Cookies</b><br>None.</p>",
       "# Privacy Policy\n\n## Cookies\n\nNone."},
      {"<b>Privacy Statement for All Sites and Newsletters of Ours</b><p>COOKIES</p><p>None.</p>",
       "# Privacy Statement for All Sites and Newsletters of Ours\n\nCOOKIES\n\nNone."},
      {"<p><b>PRIVACY POLICY<br><br>LAST UPDATED: May 1, 2004</b></p><p>We keep it.</p>",
       "# PRIVACY POLICY\n\n**LAST UPDATED: May 1, 2004**\n\nWe keep it."},
      {"<p><i>Privacy Policy</i></p><p>We keep it.</p>", "# Privacy Policy\n\nWe keep it."},
      {"<p><b>Privacy Policy<br>of Example</b></p><p>Yes.</p>", "**Privacy Policy  \nof Example**\n\nYes."},
      {"<p>Privacy Policy #<br>1. One</p>", "# Privacy Policy \\#\n\n1\\. One"},
      // A firm's banner above it, bold as well.
      {"<p><b>Example Affiliates</b></p><p>Excellence in marketing</p><p><b>Privacy Policy</b></p>"
       "<p><b>Your Data</b></p><p>Kept.</p>",
       "**Example Affiliates**\n\nExcellence in marketing\n\n# Privacy Policy\n\n## Your Data\n\nKept."},
      // A heading says it, or nothing but a sentence and a link do.
      {"<p>Privacy Policy</p><h1>Privacy</h1><p>We keep it.</p>",
       "Privacy Policy\n\n# Privacy\n\nWe keep it."},
      {"<p>Privacy Policy</p><h2>Privacy Policy</h2><p>We keep it.</p>",
       "Privacy Policy\n\n## Privacy Policy\n\nWe keep it."},
      {"<p>Our privacy policy.</p><p>We keep it.</p>", "Our privacy policy.\n\nWe keep it."},
      {"<p>terms and conditions</p><p>We keep it.</p>", "terms and conditions\n\nWe keep it."},
      {"<p><a href='#p'>Privacy Policy</a></p><p>We keep it.</p>", "[Privacy Policy](#p)\n\nWe keep it."},
      {"<p>a<p>b<p>c<p>d<p>e<p>Privacy Policy<p>f", "a\n\nb\n\nc\n\nd\n\ne\n\nPrivacy Policy\n\nf"},
      // Two documents, neither above the other.
      {"<b>Terms of Use</b><br><br>Use it.<br><br><b>Privacy Policy</b><br><br>We keep it.",
       "## Terms of Use\n\nUse it.\n\n## Privacy Policy\n\nWe keep it."},
  })));
}

// 2003: `<p>COOKIES<br>We ...`, where a headline was a line of capitals.
TEST_CASE("three lines in capitals above prose are headings on a page without any") {
  const std::string prose = "We keep the name and the address that you give us for as long as we must.";
  const auto chapter = [&](const std::string& title) { return "<p>" + title + "<br>" + prose + "</p>"; };
  CHECK(markdown_of(chapter("COOKIES") + chapter("OUR E-MAILS") + "<p>SECURITY</p><p>" + prose + "</p>") ==
        "## COOKIES\n\n" + prose + "\n\n## OUR E-MAILS\n\n" + prose + "\n\n## SECURITY\n\n" + prose);
  CHECK(keeps(markdown_of(chapter("COOKIES") + chapter("OUR E-MAILS")), "COOKIES  \n"));
  CHECK(keeps(markdown_of("<h1>T</h1>" + chapter("COOKIES") + chapter("E-MAILS") + chapter("SECURITY")),
              "COOKIES  \n"));
  // An address.
  CHECK_FALSE(keeps(markdown_of("<p>" + prose +
                                "</p><p>EXAMPLE LTD<br>1 HIGH STREET<br>LONDON</p><p>EXAMPLE INC<br>1 MAIN "
                                "STREET</p><p>EXAMPLE BV<br>AMSTERDAM</p>"),
                    "#"));
}

TEST_CASE("paragraphs and lines with bullets are lists") {
  check(GENERATE(values<Row>({
      {"<p>&bull; a</p><p>&bull;&nbsp;b</p>", "- a\n- b"},
      {"<p>We keep:<br>&middot; names<br>&middot; dates</p>", "We keep:\n\n- names\n- dates"},
      {"<p>- a</p><p>- b</p><p>c</p>", "- a\n- b\n\nc"},
      {"<ul><li>x</ul><p>* a</p><p>* b</p>", "- x\n- a\n- b"},
      // Word's paragraphs, before anybody's lists.
      {"<p class=MsoNormal><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span>a</p>"
       "<p class=MsoNormal><span>·<span>&nbsp; </span></span>b</p>",
       "- a\n- b"},
      {"<p>&bull; a</p><p>b</p>", "• a\n\nb"},
      {"<p>* See below.</p>", "\\* See below."},
      {"<p>&bull; a<br>b</p><p>&bull; c</p>", "• a  \nb\n\n• c"},
  })));
}

TEST_CASE("drawn rules") {
  check(GENERATE(values<Row>({
      {"<p>a</p><p>________</p><p>b</p>", "a\n\n---\n\nb"},
      {"<p>a</p><p>* * * * *</p><p>b</p>", "a\n\n---\n\nb"},
      {"<p>Name: ________</p>", "Name: \\_\\_\\_\\_\\_\\_\\_\\_"},
  })));
}

TEST_CASE("paragraphs that count are items") {
  check(GENERATE(values<Row>({
      {"<p>1. One</p><p>2. Two</p>", "1. One\n\n2. Two"},
      {"<p>1. One</p><p>text</p><p>2. Two<br>more</p>", "1. One\n\ntext\n\n2. Two  \n   more"},
      {"<p>1. One</p><p>3. Three</p>", "1\\. One\n\n3\\. Three"},
      // A date, as they are written in half of Europe.
      {"<p>25. Mai 2018</p>", "25\\. Mai 2018"},
      {"<p>1. One</p><p>2. Two</p><ol><li>a<li>b</ol>", "1\\. One\n\n2\\. Two\n\n1. a\n2. b"},
  })));
}

TEST_CASE("a text opens with its own title, or with none") {
  const auto [markdown, opens] = GENERATE(table<std::string, bool>({
      {"# Privacy\n\ntext", true},
      {"## Help\n\n# Privacy\n\ntext", true},
      {"### Privacy\n\ntext\n\n#### Scope\n\ntext", true},
      {"## Scope\n\ntext\n\n## Cookies\n\ntext", false},
      // Chapters of the title's own rank.
      {"## Our Pledge\n\ntext\n\n## Cookies\n\ntext", true},
      {"## Example - Our Pledge to You\n\ntext\n\n## Cookies\n\ntext", true},
      {"### *Example* Privacy Policy\n\ntext\n\n### Cookies\n\ntext", true},
      {"text\n\n## Our Pledge\n\ntext", false},
      {"## Example\n\ntext\n\n## Cookies\n\ntext", false},
      // A slogan, a date.
      {"text\n\n# Privacy", true},
      {"#hash\n\n# Privacy", true},
      {"text\n\n## Privacy", false},
      {"1\n\n2\n\n3\n\n4\n\n5\n\n6\n\n# Privacy", false},
      {"A sentence of the text, and another one, and a third, all in one paragraph, which is longer than a "
       "line above a "
       "title is.\n\n# Changes",
       false},
      {"", false},
  }));
  INFO(markdown);
  CHECK(opens_with_title(markdown, "Example - Our Pledge") == opens);
}
