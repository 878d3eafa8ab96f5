#include "extract/footnotes.hpp"

#include <chrono>
#include <string>

#include <catch2/catch.hpp>

#include "extract/markdown_html.hpp"
#include "extract/plain_text.hpp"
#include "markdown_of.hpp"

using namespace winnow;
using test::markdown_of;

namespace {

const std::string k_notes = "[^1]: Of 2016.\n\n[^2]: Of 2018.";

}  // namespace

TEST_CASE("footnotes are read from whatever wrote the page") {
  struct Row {
    std::string writer;
    std::string html;
    std::string notes;
  };
  const auto row = GENERATE(values<Row>({
      {"Word, saved as a page",
       "<p>The GDPR<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1' "
       "title=''><span>[1]</span></a> and "
       "the Act<a href='#_ftn2' name='_ftnref2'>[2]</a>.</p><div><br clear=all><hr size=1 width=33%>"
       "<div id=ftn1><p><a href='#_ftnref1' name='_ftn1' title=''><span>[1]</span></a> Of 2016.</p></div>"
       "<div id=ftn2><p><a href='#_ftnref2' name='_ftn2'>[2]</a> Of 2018.</p></div></div>",
       "\n\n---"},
      {"Word, pasted into an editor",
       "<p>The GDPR<a href='https://example.org/wp/#_ftn1' name='_ftnref1'><sup>[1]</sup></a> and the Act<a "
       "href='#_ftn2' name='_ftnref2'><sup>[2]</sup></a>.</p>"
       "<p><a href='#_ftnref1' name='_ftn1'>[1]</a>&nbsp;Of 2016.</p><p><a href='#_ftnref2' "
       "name='_ftn2'><sup>[2]</sup></a> Of 2018.</p>",
       ""},
      {"Google Docs",
       "<p><span>The GDPR</span><sup><a href='#ftnt1' id=ftnt_ref1>[1]</a></sup><span> and the "
       "Act</span><sup><a "
       "href='#ftnt2' id=ftnt_ref2>[2]</a></sup>.</p><hr><div><p><a href='#ftnt_ref1' "
       "id=ftnt1>[1]</a><span>&nbsp;Of "
       "2016.</span></p></div><div><p><a href='#ftnt_ref2' id=ftnt2>[2]</a><span>&nbsp;Of "
       "2018.</span></p></div>",
       "\n\n---"},
      {"LibreOffice",
       "<p>The GDPR<a class=sdfootnoteanc name=sdfootnote1anc href='#sdfootnote1sym'><sup>1</sup></a> and "
       "the Act<a "
       "name=sdfootnote2anc href='#sdfootnote2sym'><sup>2</sup></a>.</p><div id=sdfootnote1><p><a "
       "class=sdfootnotesym name=sdfootnote1sym href='#sdfootnote1anc'>1</a>Of 2016.</p></div><div "
       "id=sdfootnote2><p><a name=sdfootnote2sym href='#sdfootnote2anc'>2</a> Of 2018.</p></div>",
       ""},
      {"pandoc",
       "<p>The GDPR<a href='#fn1' class=footnote-ref id=fnref1 role=doc-noteref><sup>1</sup></a> and the "
       "Act<a "
       "href='#fn2' id=fnref2 role=doc-noteref><sup>2</sup></a>.</p><section class=footnotes "
       "role=doc-endnotes><hr "
       "/><ol><li id=fn1><p>Of 2016.<a href='#fnref1' class=footnote-back "
       "role=doc-backlink>↩︎</a></p></li><li "
       "id=fn2><p>Of 2018.<a href='#fnref2' role=doc-backlink>↩︎</a></p></li></ol></section>",
       "\n\n---"},
      {"MediaWiki",
       "<p>The GDPR<sup id=cite_ref-1><a href='#cite_note-1'><span>[</span>1<span>]</span></a></sup> and the "
       "Act<sup "
       "id=cite_ref-x_2-0><a href='#cite_note-x-2'>[2]</a></sup>.</p><ol><li id=cite_note-1><span>^ <a "
       "href='#cite_ref-1'><sup>a</sup></a> <a href='#cite_ref-1'>b</a></span> <span>Of 2016.</span></li><li "
       "id=cite_note-x-2><b><a href='#cite_ref-x_2-0'>^</a></b> Of 2018.</li></ol>",
       ""},
      {"by hand",
       "<p>The GDPR<sup>[<a href='#note1'>1</a>]</sup> and the Act<sup><a href='#note2'>2</a></sup>.</p><p "
       "id=note1>1. "
       "Of 2016.</p><p><a name=note2></a><sup>2</sup> Of 2018. <a href='#ref2'>↑</a></p><a name=ref2></a>",
       ""},
  }));
  CAPTURE(row.writer);
  const std::string markdown = markdown_of(row.html);
  const std::string expected = "The GDPR[^1] and the Act[^2]." + row.notes + "\n\n" + k_notes;
  if (row.writer != "by hand") {
    CHECK(markdown == expected);
  } else {
    // The last arrow leads down, so it is no link back.
    CHECK(markdown.starts_with(expected));
  }
}

TEST_CASE("what is no footnote stays as it is") {
  struct Row {
    std::string html;
    std::string markdown;
  };
  const auto row = GENERATE(values<Row>({
      {"<p>the 1<sup>st</sup>, 10<sup>2</sup> m<sup>2</sup></p>", "the 1st, 102 m2"},
      {"<p>raised<sup>1</sup></p><p>1 nothing links here</p>", "raised1\n\n1 nothing links here"},
      {"<p>gone<sup><a href='#fn1'>1</a></sup></p>", "gone[1](#fn1)"},
      {"<p>plain <a href='#note1'>1</a></p><p id=note1>1 text</p>", "plain [1](#note1)\n\n1 text"},
      {"<p>chapter <a href='#ref1'>[1]</a></p><div id=ref1><h2>1 Scope</h2>text</div>",
       "chapter [[1]](#ref1)\n\n## 1 Scope\n\ntext"},
      {"<p>words <a href='#note1'><sup>see note</sup></a></p><p id=note1>1 text</p>",
       "words [see note](#note1)\n\n1 text"},
      {"<p>other<sup><a href='#note1'>2</a></sup></p><p id=note1>1 text</p>", "other[2](#note1)\n\n1 text"},
      {"<p id=note1>1 above</p><p>below<sup><a href='#note1'>1</a></sup></p>", "1 above\n\nbelow[1](#note1)"},
      // CommonMark would take it for the definition of a link, and show nothing.
      {"<p>[1]: http://example.com/</p>", "\\[1]: http://example.com/"},
      {"<p>[1] a: b</p>", "[1] a: b"},
      {"<p>a site<sup><a href='http://example.com/x'>1</a></sup></p>", "a site[1](http://example.com/x)"},
  }));
  CAPTURE(row.html);
  CHECK(markdown_of(row.html) == row.markdown);
}

TEST_CASE("a note is told of once, with a label of its own, and loses no word") {
  struct Row {
    std::string story;
    std::string html;
    std::string markdown;
  };
  const auto row = GENERATE(values<Row>({
      {"referred to twice",
       "<p>a<sup><a href='#fn1'>1</a></sup> b<sup><a href='#fn1'>1</a></sup><ol><li id=fn1>Note one.</ol>",
       "a[^1] b[^1]\n\n[^1]: Note one."},
      {"two documents that each count from 1",
       "<p>a<sup><a href='#fn1'>1</a></sup><p id=fn1>1 Note one.<p>b<sup><a href='#xfn1'>1</a></sup><p "
       "id=xfn1>1 Note "
       "two.",
       "a[^1]\n\n[^1]: Note one.\n\nb[^1-2]\n\n[^1-2]: Note two."},
      {"a word alone would be a link's definition to CommonMark",
       "<p>a<sup><a href='#fn1'>1</a></sup> b<sup><a href='#fn2'>2</a></sup><ol><li id=fn1>Ibid.<li "
       "id=fn2>Ibid. "
       "(again)</ol>",
       "a[^1] b[^2]\n\n[^1]\\: Ibid.\n\n[^2]\\: Ibid. (again)"},
      {"several paragraphs and a list",
       "<p>a<sup><a href='#fn1'>1</a></sup><ol><li id=fn1><p>Note one.</p><p>More of "
       "it.</p><ul><li>x<li>y</ul></ol>",
       "a[^1]\n\n[^1]: Note one.  \nMore of it.\n\n- x\n- y"},
      {"an item that nothing refers to",
       "<p>a<sup><a href='#fn1'>1</a></sup><ol><li id=fn1>Note one.<li id=fn2>Note two.</ol>",
       "a[^1]\n\n[^1]: Note one.\n\n[^2]: Note two."},
      {"side by side, and before a parenthesis, which would make a link of it",
       "<p>a<sup><a href='#fn1'>1</a><a href='#fn2'>2</a></sup> b<sup><a href='#fn2'>2</a></sup>(c)<ol><li "
       "id=fn1>Note "
       "one.<li id=fn2>Note two.</ol>",
       "a[^1][^2] b[^2\\](c)\n\n[^1]: Note one.\n\n[^2]: Note two."},
      {"in a table and in bold type",
       "<table><tr><th>A<th>B<tr><td>x<sup><a "
       "href='#fn1'>a</a></sup><td>y<tr><td>1<td>2</table><p><b>z<sup><a "
       "href='#fn2'>iv</a></sup></b> y<p id=fn1>(a) Note a.<p id=fn2>iv. Note iv.",
       "| A | B |\n| --- | --- |\n| x[^a] | y |\n| 1 | 2 |\n\n**z[^iv]** y\n\n[^a]: Note a.\n\n[^iv]: Note "
       "iv."},
  }));
  CAPTURE(row.story);
  CHECK(markdown_of(row.html) == row.markdown);
}

TEST_CASE("CommonMark, which has no footnotes, shows all their words") {
  CHECK(plain_text("The GDPR[^1].\n\n[^1]: Of [2016](http://x.org).\n\n[^2]\\: Ibid.") ==
        "The GDPR[^1].\n[^1]: Of 2016.\n[^2]: Ibid.");
}

TEST_CASE("plain text has the numbers that people read, when they are asked for") {
  const std::string markdown =
      "# 1. Scope\n\n3. one\n   - two\n4) *three*\n\n2018\\. was\n\n> 7. x\n\n```\n1. y\n```";
  CHECK(plain_text(markdown, ListNumbers::kept) == "1. Scope\n3. one\ntwo\n4) three\n2018. was\n7. x\n1. y");
  CHECK(plain_text(markdown) == "1. Scope\none\ntwo\nthree\n2018. was\nx\n1. y");
}

TEST_CASE("as HTML, footnotes are a list of notes at the end, and links between them") {
  CHECK(markdown_to_html("a[^1][^x]\n\n[^1]\\: Ibid.\n\n[^x]: The *same*.\n\nb[^1]") ==
        "<p>a<sup><a href=\"#winnow-note-1\" id=\"winnow-reference-1\">1</a></sup>"
        "<sup><a href=\"#winnow-note-2\" id=\"winnow-reference-2\">2</a></sup></p>\n"
        "<p>b<sup><a href=\"#winnow-note-1\" id=\"winnow-reference-1-2\">1</a></sup></p>\n"
        "<ol>\n<li id=\"winnow-note-1\">\n<p>Ibid. <a href=\"#winnow-reference-1\">↩</a></p>\n</li>\n"
        "<li id=\"winnow-note-2\">\n<p>The <em>same</em>. <a href=\"#winnow-reference-2\">↩</a></p>\n</li>\n"
        "</ol>\n");
  // Nobody refers to it; numbers are the page's; lines without one between them.
  CHECK(markdown_to_html("[^7]: x\ny\n[^8]: z") ==
        "<ol>\n<li id=\"winnow-note-1\" value=\"7\">\n<p>x\ny</p>\n</li>\n"
        "<li id=\"winnow-note-2\">\n<p>z</p>\n</li>\n</ol>\n");
}

TEST_CASE("what is no footnote is text as HTML, too") {
  const auto [markdown, html] = GENERATE(table<std::string, std::string>({
      {"a[^1]", "<p>a[^1]</p>\n"},
      {"a\n[^1]: x", "<p>a\n[^1]: x</p>\n"},
      {"```\n\n[^1]: x\n```\na[^1]", "<pre><code>\n[^1]: x\n</code></pre>\n<p>a[^1]</p>\n"},
      {"[^1]: x\n\na\\[^1] `[^1]`",
       "<p>a[^1] <code>[^1]</code></p>\n<ol>\n<li id=\"winnow-note-1\">\n<p>x</p>\n</li>\n</ol>\n"},
  }));
  INFO(markdown);
  CHECK(markdown_to_html(markdown) == html);
}

TEST_CASE("a page of nothing but notes is read in bounded time") {
  constexpr int k_many = 30'000;
  const auto page = GENERATE(
      [] {  // each with the same label
        std::string html;
        for (int i = 0; i < k_many; ++i) {
          const std::string n = std::to_string(i);
          html += "<p>x<sup><a href='#fn" + n + "'>1</a></sup><p id=fn" + n + ">1 y";
        }
        return html;
      }(),
      [] {  // all beginning one block
        std::string html = "<p>";
        for (int i = 0; i < k_many; ++i)
          html += "<sup><a href='#fn" + std::to_string(i) + "'>1</a></sup>";
        html += "<div>";
        for (int i = 0; i < k_many; ++i)
          html += "<a name=fn" + std::to_string(i) + "></a>";
        return html + "1 note</div>";
      }());
  const auto start = std::chrono::steady_clock::now();
  CHECK_FALSE(markdown_of(page).empty());
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}

TEST_CASE("ids of notes") {
  for (const std::string id : {"_ftn1", "_ftnref12", "fn:1", "fnref1", "cite_note-smith-3", "cite_ref-1",
                               "ftnt1", "sdfootnote1sym", "_edn2", "Note3", "easy-footnote-1-42"}) {
    CAPTURE(id);
    CHECK(is_note_name(id));
  }
  for (const std::string id :
       {"", "1", "note", "section-1", "top", "fn-0123456789012345678901234567890123456789"}) {
    CAPTURE(id);
    CHECK_FALSE(is_note_name(id));
  }
}
