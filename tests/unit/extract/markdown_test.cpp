#include <string>

#include <catch2/catch.hpp>

#include "extract/inline_markdown.hpp"
#include "extract/markdown_blocks.hpp"
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

TEST_CASE("paragraphs, headings, breaks") {
  check(GENERATE(values<Row>({
      {"<p> a \n b\t&nbsp; c </p><p>d</p>", "a b c\n\nd"},
      {"<h1>One</h1><h3>Three <b>bold</b><br>more</h3>text", "# One\n\n### Three bold more\n\ntext"},
      {"a<br>b<br><br>c<br>", "a  \nb\n\nc"},
      {"<div>a<div>b</div>c</div>", "a\n\nb\n\nc"},
      {"a<hr>b<hr><hr>", "a\n\n---\n\nb"},
      {"<h2></h2><p></p><p>&nbsp;</p>x", "x"},
      {"<pre>int x;\n  y\n</pre>", "```\nint x;\n  y\n```"},
      {"<p>zero\u200Bwidth soft\u00ADhyphen</p>", "zerowidth softhyphen"},
      {"<q>quoted</q> 1<sup>st</sup>", "“quoted” 1st"},
  })));
}

TEST_CASE("emphasis leaves no stray signs") {
  check(GENERATE(values<Row>({
      {"<b>a</b> <i>b</i> <b><i>c</i></b>", "**a** *b **c***"},
      {"a<b> b </b>c", "a **b** c"},
      {"<b></b>a<b> </b>b", "a b"},
      {"<b>a</b><b>b</b>", "**ab**"},
      {"<b>a</b> <strong>b</strong>", "**a b**"},
      {"<b>Note:</b>text", "**Note**:text"},
      {"x<b>(y)</b>", "x(**y)**"},
      {"<b><p>one</p><p>two</p></b>", "**one**\n\n**two**"},
      {"<b>see <a href='/t'>terms</a> now</b>", "**see [terms](http://example.org/t) now**"},
      {"<a href='/t'>our <b>terms</b></a>", "[our **terms**](http://example.org/t)"},
      {"<b><b>a</b></b>", "**a**"},
      {"<code>x*y</code>", "`x*y`"},
      // Whichever reaches further stands outside, or the stars would run into each other.
      {"<i>Votes: <b>13</b>, mean: <b>4.6</b></i>", "*Votes: **13**, mean: **4.6***"},
      {"<b>a <i>b</i></b> <i>c</i>", "**a *b*** *c*"},
      {"<b>a</b> <b><i>b</i></b> <i>c</i>", "**a *b*** *c*"},
      {"<i>a</i> <b><i>b</i></b> <i>c</i>", "*a **b** c*"},
  })));
}

TEST_CASE("links") {
  check(GENERATE(values<Row>({
      {"<a href='/a b(c'>x</a>", "[x](http://example.org/a%20b%28c)"},
      // A no-break space pasted into an address, and a mark that turns its reading: both ended it, or hid in
      // it.
      {"<a href='/a&nbsp;b'>x</a>", "[x](http://example.org/a%C2%A0b)"},
      {"<a href='/a&#x202E;b'>x</a>", "[x](http://example.org/a%E2%80%AEb)"},
      {"<a href='/политика'>x</a>", "[x](http://example.org/политика)"},
      {"<a href='javascript:void(0)'>x</a>", "x"},
      {"<a name=x>y</a>", "y"},
      {"<a href='#top'>x</a> <a href='#'>y</a>", "[x](#top) y"},
      {"<a href=/x></a>z", "z"},
      {"<a href=/x><img src=i alt='The logo'></a>", "[The logo](http://example.org/x)"},
      {"<img alt='not text'>x", "x"},
      {"<a href=/x>[1]</a>", "[[1]](http://example.org/x)"},
      {"<a href=/x>a] b</a>", "[a\\] b](http://example.org/x)"},
      {"<a href=/x><h2>T</h2><p>p</p></a>", "## [T](http://example.org/x)\n\n[p](http://example.org/x)"},
  })));
}

TEST_CASE("lists keep their nesting and their numbers") {
  check(GENERATE(values<Row>({
      {"<ul><li>a<li>b</ul>", "- a\n- b"},
      {"<ol start=3><li>c<li value=7>g<li>h</ol>", "3. c\n7. g\n8. h"},
      {"<ul><li>a<ul><li>b<li>c</ul><li>d</ul>", "- a\n  - b\n  - c\n- d"},
      {"<ol><li><p>a</p><p>b</p><li>c</ol>", "1. a\n\n   b\n\n2. c"},
      {"<ol type=a><li>x<li>y</ol>", "- a. x\n- b. y"},
      {"<ol type=I start=4><li>x</ol>", "- IV. x"},
      {"<ol style='list-style-type: lower-roman'><li>x<li>y</ol>", "- i. x\n- ii. y"},
      {"<ol><li>a</ol><ol><li>b</ol>", "1. a\n\n1) b"},
      {"<ul><ul><li>a</ul></ul>", "- a"},
      {"<ul><li>a</li><ul><li>b</ul></ul>", "- a\n  - b"},
      {"<ul>no <b>item</b> at all</ul>", "no **item** at all"},
      {"<ol><li><h2>T</h2><p>x</p></ol>", "1. ## T\n\n   x"},
      {"<li>a<li>b", "- a\n- b"},
      {"<ul><li></li><li>a</ul>", "- a"},
      {"<dl><dt>Cookie</dt><dd>A file.</dd></dl>", "**Cookie**\n\nA file."},
      {"<blockquote><p>a</p><ul><li>b</ul></blockquote>said nobody", "> a\n>\n> - b\n\nsaid nobody"},
      // The way to set a margin, until there were style sheets.
      {"<blockquote><p>a</p><ul><li>b</ul></blockquote>", "a\n\n- b"},
      // Each item in a list of its own, as editors of the nineties left them.
      {"<ul><li>a</ul><ul><li>b<li>c</ul>", "- a\n- b\n- c"},
      // A paragraph that somebody forgot to put into an item.
      {"<ul><li>a</li>See our <a href=/c>policy</a> for <b>more</b>.<li>b</ul>",
       "- a\n\n  See our [policy](http://example.org/c) for **more**.\n\n- b"},
      {"<ol><li>a</li><br><font>(The <i>legal</i> basis)</font></ol>", "1. a\n\n   (The *legal* basis)"},
      {"<ol reversed><li>c<li>b<li>a</ol>", "3. c\n2. b\n1. a"},
      {"<ol reversed start=9><li>i<li>h</ol>", "9. i\n8. h"},
      {"<ol reversed start=0><li>a<li>b</ol>", "0. a\n1. b"},
      // What a browser shows by a style sheet.
      {"<style>.la{list-style-type:lower-alpha} ol.lr > li {list-style:inside lower-roman}</style>"
       "<ol class='x la'><li>x<li>y</ol><ol class=lr><li>z</ol>",
       "- a. x\n- b. y\n- i. z"},
      {"<style>ol{list-style:none} ol{list-style-type:upper-alpha}</style><ol><li>x</ol>", "- A. x"},
      {"<style>.la{list-style-type:lower-alpha}</style><ol class=la style='list-style:decimal'><li>x</ol>",
       "1. x"},
      {"<style>.terms ol{list-style-type:lower-alpha} ul.la{list-style-type:lower-alpha}</style>"
       "<div class=terms><ol><li>x</ol></div>",
       "1. x"},
  })));
}

TEST_CASE("tables of data are tables, those of layout are what they hold") {
  check(GENERATE(values<Row>({
      {"<table><tr><th>Name<th>Use</tr><tr><td>_ga<td>a|b<br>c</table>",
       "| Name | Use |\n| --- | --- |\n| _ga | a\\|b<br>c |"},
      {"<table><tr><td>a<td>b<tr><td>c<td>d</table>", "| | |\n| --- | --- |\n| a | b |\n| c | d |"},
      {"<table><tr><th colspan=2>ab<th>c<tr><td rowspan=2>1<td>2<td>3<tr><td>4<td>5</table>",
       "| ab | | c |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n| | 4 | 5 |"},
      {"<table><tr><th>a<th>b<tr><td><ul><li>x<li>y</ul><td><p>p</p><p>q</p></table>",
       "| a | b |\n| --- | --- |\n| x<br>y | p<br>q |"},
      {"<table><tr><td><h1>T</h1><p>one</p><td>two</table>", "# T\n\none\n\ntwo"},
      {"<table><tr><td>1.<td>first thing<tr><td>2.<td><p>second</p></table>", "1. first thing\n\n2. second"},
      {"<table role=presentation><tr><td>&bull;<td>first<tr><td>&bull;<td>second</table>",
       "- first\n- second"},
      {"<table><tr><td><table><tr><td>inner</table><td>x</table>", "inner\n\nx"},
      {"<table><tr><td><b>Name</b><td><strong>Use</strong><tr><td>_ga<td>counting</table>",
       "| Name | Use |\n| --- | --- |\n| _ga | counting |"},
      {"<table><tr><th colspan=2>Ours<tr><th>Name<th>Use<tr><td>_ga<td>counting</table>",
       "Ours\n\n| Name | Use |\n| --- | --- |\n| _ga | counting |"},
      // What people make of three columns of lists is a table, though nothing says so.
      {"<table><tr><td>Why<td>What<tr><td><p>To serve</p><ul><li>a<li>b</ul><td><ul><li>c<li>d</ul>"
       "<tr><td>To sell<td><p>e</p><p>f</p></table>",
       "| | |\n| --- | --- |\n| Why | What |\n| To serve<br>a<br>b | c<br>d |\n| To sell | e<br>f |"},
  })));
}

// The way to set lists and numbered paragraphs until there were style sheets, and in text editors' exports.
TEST_CASE("a table of bullets or labels is a list or paragraphs") {
  check(GENERATE(values<Row>({
      {"<table><tr><td>&bull;<td>first of all<tr><td>&bull;<td>second</table>", "- first of all\n- second"},
      {"<table><tr><td><img src=dot.gif><td>first <b>of</b> all<tr><td><img src=dot.gif><td>second</table>",
       "- first **of** all\n- second"},
      {"<table><tr><td>1.1<td>We collect data.<tr><td>1.2<td>We share it.</table>",
       "1.1 We collect data.\n\n1.2 We share it."},
      {"<table><tr><td>(a)<td>We collect data.<tr><td>(b)<td>We share it.</table>",
       "(a) We collect data.\n\n(b) We share it."},
      // Columns with names, and what is no label.
      {"<table><tr><th>No<th>Use<tr><td>1.<td>x</table>", "| No | Use |\n| --- | --- |\n| 1. | x |"},
      {"<table><tr><td>2019<td>ten<tr><td>2020<td>six</table>",
       "| | |\n| --- | --- |\n| 2019 | ten |\n| 2020 | six |"},
      {"<table><tr><td>x.com<td>ten<tr><td>y.com<td>six</table>",
       "| | |\n| --- | --- |\n| x.com | ten |\n| y.com | six |"},
  })));
}

TEST_CASE("only what would be taken for markup is escaped") {
  const auto [text, escaped] = GENERATE(table<std::string, std::string>({
      {"1. a", "1\\. a"},
      {"1.5 a", "1.5 a"},
      {"# a", "\\# a"},
      {"#a", "#a"},
      {"- a", "\\- a"},
      {"-a", "-a"},
      {"+ a", "\\+ a"},
      {"> a", "\\> a"},
      {"---", "\\---"},
      {"*a", "\\*a"},
      {"a * b", "a * b"},
      // Nothing closes what a word's first underscores open.
      {"a_b _c (__utma) _a_b", "a_b _c (__utma) _a_b"},
      {"_a_ __init__ c_ _ _(", "_a\\_ __init\\_\\_ c\\_ \\_ \\_("},
      {"“a_” x_é", "“a\\_” x_é"},
      {"a__b ______x", "a\\_\\_b \\_\\_\\_\\_\\_\\_x"},
      {"AT&T; &gt; &#1;", "AT&T; \\&gt; \\&#1;"},
      {"[a](b)", "[a\\](b)"},
      {"[1] x", "[1] x"},
      {"a < b <c", "a < b \\<c"},
      {"R&D &amp; &x", "R&D \\&amp; &x"},
      {"C:\\dir \\*", "C:\\dir \\\\\\*"},
      {"C:\\", "C:\\\\"},
      {"a`b", "a\\`b"},
  }));
  CHECK(escape_markdown(text, true) == escaped);
  CHECK(escape_markdown("1. a", false) == "1. a");
}

TEST_CASE("the same words give the same bytes whatever the markup's noise") {
  const std::string plain =
      markdown_of("<p>We <b>never</b> sell <a href=/x>data</a>.</p><ul><li>a</li><li>b</li></ul>");
  CHECK(markdown_of("\n <div>\n\t<p>\n We\n <b> never\n</b> <font size=2>sell</font> <span><a href='/x'> "
                    "data </a></span>."
                    "<b></b></p></div>\n<ul>\n\n <li> <p>a</p>\n <!-- x --><li>b\n</ul>\n") ==
        "We **never** sell [data](http://example.org/x) .\n\n- a\n- b");
  CHECK(markdown_of("<p>We <b>never</b>\r\nsell <a href=\"/x\">data</a>.\r\n</p><ul><li>a<li>b</ul>") ==
        plain);
}

TEST_CASE("list labels") {
  CHECK(list_label(1, 'a') == "a");
  CHECK(list_label(27, 'a') == "aa");
  CHECK(list_label(4, 'i') == "iv");
  CHECK(list_label(1994, 'I') == "MCMXCIV");
  CHECK(list_label(0, 'a') == "0");
  CHECK(list_label(12, '1') == "12");
}

TEST_CASE("a policy set by hand in <pre> is prose") {
  const std::string line = "We respect your privacy and this is a line that is long enough";
  std::string page = "<pre>HELLO\n\n";
  for (int i = 0; i < 6; ++i)
    page += line + "\n";
  CHECK(markdown_of(page + "</pre>").starts_with("HELLO\n\n" + line + ' ' + line));
  // However short; and lines that end early for want of room go on in the next.
  CHECK(markdown_of("<pre>We collect your name and address when you order from us,\n"
                    "and we pass it to the carriers of parcels,\n"
                    "administratively on the address.\n\nAcme Inc.\n1 Main Street</pre>") ==
        "We collect your name and address when you order from us, and we pass it to the carriers of parcels, "
        "administratively on the address.\n\nAcme Inc.  \n1 Main Street");
  CHECK(markdown_of("<pre>set(one);\nset(two);</pre>") == "```\nset(one);\nset(two);\n```");
  CHECK(markdown_of("<pre>if a = b then we do this and that and more and so on for ever</pre>")
            .starts_with("```"));
}

TEST_CASE("what says that it is a heading is one") {
  check(GENERATE(values<Row>({
      {"<div role=heading aria-level=2>Data</div><p>text", "## Data\n\ntext"},
      {"x<span role=heading aria-level=4>Data</span>text", "x\n\n#### Data\n\ntext"},
      {"<p role=heading>Data</p><p role=heading aria-level=9>Use</p>", "## Data\n\n###### Use"},
      {"<div role=note aria-level=2>Data</div>", "Data"},
  })));
}

// CommonMark takes delimiters that touch for one, and looks at what stands before and behind all of them.
TEST_CASE("emphasis that touches other emphasis leaves no stray signs") {
  CHECK(markdown_of("<p><em>Location</em><strong>.</strong> If you") == "*Location*. If you");
  CHECK(markdown_of("<p>Location<em><b>.</b> If</em> you") == "Location. *If* you");
  CHECK(markdown_of("<p><em>a</em><strong>b</strong>") == "*a***b**");
  // Delimiters nest: of two stretches that cross, one ends where the other begins.
  CHECK(markdown_of("<p>x <em>a<b>b</b></em><b>c</b> y") == "x *a***bc** y");
  CHECK(markdown_of("<p>x <b>a<em>b</em></b><em>c</em> y") == "x **a***bc* y");
  CHECK(markdown_of("<p>x <em>a<b>b</b></em> <b>c</b> y") == "x *a**b*** **c** y");
  CHECK(markdown_of("<p><em>a<b>b</b></em>c <em><b>d</b>e</em>") == "*a**b***c ***d**e*");
}

TEST_CASE("a paragraph is no table") {
  CHECK(markdown_of("<p>| Home | About |") == "\\| Home | About |");
  CHECK(markdown_of("<p>Home | About<br>--- | ---") == "Home | About  \n\\--- | ---");
}

TEST_CASE("backticks in two links' targets are no code") {
  CHECK(markdown_of("<p><a href='/`'>a</a> <a href='/`'>b</a>") ==
        "[a](http://example.org/%60) [b](http://example.org/%60)");
}

// 2001: `<ul><b><i><li>Cookies</li></i></b><ul><li>...`: a title in bold type, its texts a level below.
TEST_CASE("items within formatting elements are the list's") {
  CHECK(markdown_of(
            "<ul><b><i><li>Cookies</li></i></b><ul><li>None.</ul><b><li>Mail</b><ul><li>Some.</ul></ul>") ==
        "- ***Cookies***\n  - None.\n- **Mail**\n  - Some.");
  CHECK(
      markdown_of("<ol><div "
                  "style='display:contents'></div><span><li>One</li></span><font><li>Two</li></font></ol>") ==
      "1. One\n2. Two");
  CHECK(markdown_of("<ul><a href=/x><li>One</a></ul>") == "- [One](http://example.org/x)");
}

TEST_CASE("number signs at a heading's end are its text") {
  CHECK(markdown_of("<h1>Rule #</h1>") == "# Rule \\#");
  CHECK(markdown_of("<h1>C#</h1>") == "# C#");
  CHECK(markdown_of("<h2>##</h2>") == "## #\\#");
}

TEST_CASE("emphasis of a whole heading says nothing") {
  CHECK(markdown_of("<h2><em>Cookies</em></h2>") == "## Cookies");
  CHECK(markdown_of("<h2><em>Example</em> Privacy</h2>") == "## *Example* Privacy");
  CHECK(markdown_of("<h2><em>2 * 2</em></h2>") == "## *2 * 2*");
  CHECK(markdown_of("<p><b><i>Cookies</i></b></p><p>None.</p>") == "## Cookies\n\nNone.");
}

// `<p>Write to us</p>.<p>`: the full stop stands behind the end of its paragraph.
TEST_CASE("a stop in a paragraph of its own ends the one before") {
  CHECK(markdown_of("<p>Write to <a href=mailto:a@b.example>us</a></p>.<p>Do.</p>") ==
        "Write to [us](mailto:a@b.example).\n\nDo.");
  CHECK(markdown_of("<p>That is all.</p>.") == "That is all.\n\n.");
  CHECK(markdown_of("<h2>T</h2>.<p>x") == "## T\n\n.\n\nx");
}

TEST_CASE("a header cell alone in its row of a layout is a title") {
  CHECK(markdown_of("<table><tr><th>Cookies</th></tr><tr><td><p>None.</p></td></tr></table>") ==
        "## Cookies\n\nNone.");
}
