#include "extract/plain_structures.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "extract/markdown_writer.hpp"
#include "markdown_of.hpp"

using namespace winnow;
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
      {"text\n\n# Privacy", false},
      {"#hash\n\n# Privacy", false},
      {"", false},
  }));
  INFO(markdown);
  CHECK(opens_with_title(markdown) == opens);
}
