#include "extract/sections.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "extract/extract.hpp"
#include "extract/given_text.hpp"
#include "markdown_of.hpp"

using namespace winnow;
using test::keeps;

namespace {

/// A thousand characters of prose about something.
std::string prose(const std::string& subject) {
  std::string text;
  for (int i = 0; i < 10; ++i) {
    text +=
        "<p>About " + subject +
        " we promise this, and that, and further things, so that whoever reads it knows what to expect.</p>";
  }
  return text;
}

Text at_place(const std::string& body, const std::string& fragment) {
  return extract(
      "<!doctype html><meta charset=utf-8><title>Legal | Example</title><body>" + body,
      {.url = "https://example.org/legal", .content_type = "", .fragment = fragment, .section = {}});
}

Text titled(const std::string& body, const std::string& title) {
  return extract("<!doctype html><meta charset=utf-8><title>Legal | Example</title><body>" + body,
                 {.url = "https://example.org/legal", .content_type = "", .fragment = {}, .section = title});
}

bool has(const Text& text, Mark mark) {
  return std::find(text.marks.begin(), text.marks.end(), mark) != text.marks.end();
}

/// Three documents below each other.
const std::string k_legal =
    "<main><h1>Legal</h1><h2 id=terms>Terms of Service</h2>" + prose("terms") +
    "<h3 id=payment>Payment</h3>" + prose("payment") + "<h2 id=privacy>Privacy Policy</h2>" +
    prose("privacy") + "<h3 id=cookies>Cookies</h3>" + prose("cookies") +
    "<h2 id=company>Imprint</h2><p>Example Ltd, 1 Example Street, Exampleton. Phone "
    "number and the names of those who are "
    "responsible, the register in which the company stands, its number there, and who "
    "oversees it by law and by contract, as law demands.</main>";

}  // namespace

TEST_CASE("a fragment names a place, or nothing") {
  CHECK(place_named("privacy") == "privacy");
  CHECK(place_named("Datenschutz%20erkl%C3%A4rung") == "Datenschutz erklärung");
  CHECK(place_named("privacy:~:text=we%20sell") == "privacy");
  CHECK(place_named(":~:text=we%20sell").empty());
  CHECK(place_named("/legal/privacy").empty());
  CHECK(place_named("!privacy").empty());
  CHECK(place_named("").empty());
}

// A site's one page of all that its lawyers wrote; its footer links to /legal#terms and /legal#privacy.
TEST_CASE("a fragment selects one of the documents that stand below each other") {
  const Text privacy = at_place(k_legal, "privacy");
  CHECK(privacy.title == "Privacy Policy");
  CHECK(has(privacy, Mark::section));
  CHECK(privacy.markdown.starts_with("## Privacy Policy\n\nAbout privacy we promise"));
  CHECK(keeps(privacy.markdown, "About cookies"));
  CHECK_FALSE(keeps(privacy.markdown, "About payment"));
  CHECK_FALSE(keeps(privacy.markdown, "Example Street"));
  CHECK(keeps(at_place(k_legal, "terms").markdown, "About payment"));
  CHECK(at_place(k_legal, "company").markdown.starts_with("## Imprint\n\nExample Ltd"));
}

// What a fragment must never do is to throw the policy away but for a chapter.
TEST_CASE("a fragment that names no document selects nothing") {
  const std::string whole = at_place(k_legal, "").markdown;
  for (const std::string fragment :
       {"cookies", "payment", "Privacy", "nowhere", "/privacy", "!privacy", "top", ":~:text=privacy"}) {
    CAPTURE(fragment);
    const Text text = at_place(k_legal, fragment);
    CHECK(text.markdown == whole);
    CHECK(text.title == "Legal | Example");
    CHECK_FALSE(has(text, Mark::section));
  }
}

TEST_CASE("the chapters of one document are no documents") {
  const std::string chapters =
      "<h2 id=cookies>Cookies</h2>" + prose("cookies") + "<h2 id=cookie-policy>Cookie Policy</h2>" +
      prose("cookie policy") + "<h2 id=terms>Terms of Use</h2>" + prose("terms") +
      "<h2 id=rights>Your rights</h2>" + prose("rights") + "<h2 id=share>Sharing</h2>" + prose("sharing");
  struct Row {
    std::string story;
    std::string body;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"below the document's own title",
       "<main id=main><h1 id=top>Privacy Policy</h1>" + chapters + "</main>"},
      {"of a page with no title of its own: most chapters name nothing",
       "<main id=main>" + prose("privacy") + chapters + "<h2 id=more>Contact</h2>" + prose("contact")},
      {"numbered", "<h1>Agreement</h1><h2 id=terms>1. Terms of Use</h2>" + prose("terms") +
                       "<h2 id=cookie-policy>2. Cookie Policy</h2>" + prose("cookies")},
      {"two, but hardly a word below",
       "<h2 id=terms>Terms of Use</h2>" + prose("terms") +
           "<h2 id=cookie-policy>Cookie Policy</h2><p>See our cookie policy."},
      {"in a menu: the place itself is no content",
       "<nav><ul><li id=terms><a href=/t>Terms of Use</a><li id=cookie-policy><a href=/c>Cookie "
       "Policy</a></ul></nav>" +
           k_legal.substr(0, k_legal.find("<h2")) + "<h2>Terms of Use</h2>" + prose("terms") +
           "<h2>Cookie Policy</h2>" + prose("cookies")},
  }));
  for (const std::string fragment : {"cookies", "cookie-policy", "rights", "main", "top"}) {
    CAPTURE(row.story, fragment);
    CHECK_FALSE(has(at_place(row.body, fragment), Mark::section));
  }
}

TEST_CASE("a document begins at its anchor, however that is written") {
  const auto anchor = GENERATE(values<std::string>({
      "<a name=privacy></a><h2>Privacy Policy</h2>",
      "<a name='privacy'><h2>Privacy Policy</h2></a>",
      "<h2><a name=privacy>Privacy</a> Policy</h2>",
      "<h2>Privacy Policy <a id=privacy href=#privacy>#</a></h2>",
      "<p><a name=privacy></a></p><h2>Privacy Policy</h2>",
      "<p id=privacy><a href=#top>Back to top</a></p><h2>Privacy Policy</h2>",
      "<font id=privacy></font><h2>Privacy Policy</h2>",
      "<div id=privacy class=anchor></div><div><button><h2>Privacy Policy</h2></button></div>",
      "<details id=privacy open><summary><h2>Privacy Policy</h2></summary>",
  }));
  CAPTURE(anchor);
  const Text text =
      at_place("<h1>Legal</h1><h2>Terms of Use</h2>" + prose("terms") + anchor + prose("privacy") +
                   "<h3>Data</h3>" + prose("data") + "</details><h2>Imprint</h2>" + prose("imprint"),
               "privacy");
  CHECK(has(text, Mark::section));
  CHECK(keeps(text.markdown, "About privacy"));
  CHECK(keeps(text.markdown, "About data"));
  CHECK_FALSE(keeps(text.markdown, "About terms"));
  CHECK_FALSE(keeps(text.markdown, "About imprint"));
}

// A page of tabs; those that are not shown are hidden. The second begins with a heading of low rank.
TEST_CASE("a tab's document ends with its panel") {
  const std::string tabs =
      "<div role=tablist><button role=tab>Terms</button><button role=tab>Privacy</button></div>"
      "<div role=tabpanel id=tab-terms><h2>Terms of Use</h2>" +
      prose("terms") + "<h2>Payment</h2>" + prose("payment") +
      "</div><div role=tabpanel id=tab-privacy style='display:none'><h3>Privacy Policy</h3>" +
      prose("privacy") + "</div>";
  const Text terms = at_place(tabs, "tab-terms");
  CHECK(has(terms, Mark::section));
  CHECK(keeps(terms.markdown, "About payment"));
  CHECK_FALSE(keeps(terms.markdown, "About privacy"));
  CHECK(at_place(tabs, "tab-privacy").title == "Privacy Policy");
}

// Titles in large type without a heading's markup, chapters in <h2>: only the elements tell where one ends.
TEST_CASE("documents in elements side by side, their titles no headings") {
  const std::string body =
      "<main><h2>Legal terms and conditions.</h2><div><div id=terms><div class=big><p>Terms of "
      "Service</p></div>"
      "<div><h2>1. Scope</h2>" +
      prose("terms") + "<h2>2. Payment</h2>" + prose("payment") +
      "</div></div><div id=privacy><div class=big><p>Privacy Policy</p></div><div><p>Since May<h2>1. "
      "Who</h2>" +
      prose("privacy") + "<h2 id=data>2. Data</h2>" + prose("data") + "</div></div></div></main>";
  const Text privacy = at_place(body, "privacy");
  CHECK(privacy.title == "Privacy Policy");
  CHECK(privacy.markdown.starts_with("# Privacy Policy\n\nSince May\n\n## 1. Who"));
  CHECK(keeps(privacy.markdown, "About data"));
  CHECK_FALSE(keeps(privacy.markdown, "About terms"));
  CHECK_FALSE(has(at_place(body, "data"), Mark::section));
  CHECK(titled(body, "privacy policy").markdown == privacy.markdown);
}

TEST_CASE("a title selects the part whose heading answers best") {
  CHECK(titled(k_legal, "privacy policy").markdown == at_place(k_legal, "privacy").markdown);
  CHECK(titled(k_legal, "  PRIVÁCY\tpolicy").title == "Privacy Policy");
  CHECK(titled(k_legal, "terms").title == "Terms of Service");
  // Who asks for a chapter gets it.
  const Text cookies = titled(k_legal, "cookies");
  CHECK(cookies.markdown.starts_with("### Cookies\n\nAbout cookies"));
  CHECK_FALSE(keeps(cookies.markdown, "About privacy"));
}

TEST_CASE("a title that no heading answers to leaves the whole, and says so") {
  const Text text = titled(k_legal, "accessibility statement");
  CHECK(text.markdown == at_place(k_legal, "").markdown);
  CHECK(has(text, Mark::no_section));
  CHECK_FALSE(has(text, Mark::section));
  CHECK(has(titled("", "privacy"), Mark::no_section));
}

TEST_CASE("a title goes before a fragment") {
  const Text text =
      extract(k_legal, {.url = {}, .content_type = {}, .fragment = "terms", .section = "imprint"});
  CHECK(text.title == "Imprint");
}

// The title and the chapters have one rank: word processors' and careless editors' pages.
TEST_CASE("numbered chapters of the title's own rank belong to it") {
  const Text text = titled("<h1>Privacy Policy</h1><h1>1. Who we are</h1>" + prose("us") +
                               "<h1>2. Data</h1>" + prose("data") + "<h1>Terms of Use</h1>" + prose("terms"),
                           "privacy policy");
  CHECK(keeps(text.markdown, "About data"));
  CHECK_FALSE(keeps(text.markdown, "About terms"));
}

// 1999: neither headings nor elements, all is <br> and <b>.
TEST_CASE("a title finds what only looks like a heading") {
  const Text text = titled(
      "<b>TERMS OF USE</b><br><br>Use it well, and do not break it, or we shall be cross "
      "with you for some time.<br><br>"
      "<b>PRIVACY POLICY</b><br><br>We keep your name and your address until you ask us to "
      "forget them, which we do.",
      "privacy policy");
  CHECK(text.markdown ==
        "## PRIVACY POLICY\n\nWe keep your name and your address until you ask us to forget "
        "them, which we do.");
}

// 2005: one heading, the page's title; the chapters are paragraphs in bold type, or begin with a line of it.
TEST_CASE("a chapter in bold type ends where the next begins") {
  const std::string text = "We keep your name and your address until you ask us to forget them, which we do.";
  const std::string page = "<h2>Legal Notes of Example</h2><p>" + text + "</p><p><b>1. Data</b></p><p>" +
                           text + "</p><p><strong>2. Cookies</strong></p><p>" + text +
                           "</p><p><b>Our Use</b><br>" + text + "</p><p><b>4. Contact</b></p><p>" + text +
                           "</p>";
  CHECK(titled(page, "cookies").markdown == "**2. Cookies**\n\n" + text);
  CHECK(titled(page, "our use").markdown == "**Our Use**  \n" + text);
  CHECK(titled(page, "contact").markdown == "**4. Contact**\n\n" + text);
}

TEST_CASE("headings that begin a list's items have parts") {
  Text text = read_markdown("# T\n\n1. ## Scope\n\n   All.\n\n2. ## Data\n\n   Some.\n", "text/markdown");
  select_section(text, "data");
  CHECK(text.markdown == "2. ## Data\n\n   Some.");
}

TEST_CASE("plain text and Markdown have parts by their headings") {
  Text text = read_markdown(
      "# Legal\n\nTerms of Use\n------------\n\nUse it.\n\n```\n# no heading\n```\n\n"
      "## Privacy Policy\n\nWe keep it.\n\n### Data\n\nAll.\n\n## 1. Imprint\n\nUs.\n",
      "text/markdown; charset=utf-8");
  Text privacy = text;
  select_section(privacy, "privacy policy");
  CHECK(privacy.title == "Privacy Policy");
  CHECK(privacy.markdown == "## Privacy Policy\n\nWe keep it.\n\n### Data\n\nAll.\n\n## 1. Imprint\n\nUs.");
  CHECK(privacy.word_count == 10);
  CHECK(privacy.marks == std::vector{Mark::imported, Mark::section});
  Text imprint = text;
  select_section(imprint, "imprint");
  CHECK(imprint.markdown == "## 1. Imprint\n\nUs.");
  Text terms = text;
  select_section(terms, "terms of use");
  CHECK(terms.markdown.starts_with("Terms of Use\n------------\n\nUse it."));
  CHECK_FALSE(keeps(terms.markdown, "We keep"));
  Text none = text;
  select_section(none, "no heading");
  CHECK(none.markdown == text.markdown);
  CHECK(none.marks == std::vector{Mark::imported, Mark::no_section});
}

// A store reuses the text of a page's form.
TEST_CASE("what a part was asked for belongs to a page's form") {
  const auto form = [](const std::string& fragment, const std::string& section) {
    return PreparedPage(k_legal, {.url = {}, .content_type = {}, .fragment = fragment, .section = section})
        .form();
  };
  CHECK(form("privacy", "") != form("", ""));
  CHECK(form("privacy", "") != form("terms", ""));
  CHECK(form("", "privacy") != form("", ""));
  CHECK(form("nowhere", "") == form("", ""));
}

TEST_CASE("a page of nothing but titles is searched in bounded time") {
  std::string page;
  for (int i = 0; i < 50'000; ++i)
    page += "<div><p>Privacy Policy</p><a name=x></a>";
  const auto start = std::chrono::steady_clock::now();
  (void)titled(page, "privacy policy");
  (void)at_place(page, "x");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}

TEST_CASE("a tab's title selects its panel") {
  const std::string tabs =
      "<div role=tablist><button role=tab>Terms of Service</button><button role=tab>Privacy "
      "Policy</button></div>";
  const std::string panels = "<div role=tabpanel id=t1>" + prose("sales") +
                             "</div><div role=tabpanel id=t2 hidden>" + prose("data") + "</div>";
  const Text text = titled(tabs + panels, "privacy policy");
  CHECK(text.title == "Privacy Policy");
  CHECK(keeps(text.markdown, "About data"));
  CHECK_FALSE(keeps(text.markdown, "About sales"));
  CHECK(at_place(tabs + panels, "t2").markdown == text.markdown);
  // Which tab shows what is not known.
  const Text more =
      titled(tabs + panels + "<div role=tabpanel>" + prose("jobs") + "</div>", "privacy policy");
  CHECK(keeps(more.markdown, "About sales"));
}
