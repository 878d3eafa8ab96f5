#include "extract/extract.hpp"

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "extract/fingerprint.hpp"
#include "markdown_of.hpp"

using namespace winnow;
using namespace std::string_literals;
using test::extracted;

TEST_CASE("the title is the page's, in one line") {
  CHECK(extracted("<title>\n A &amp; B |\t Privacy\n</title><p>x").title == "A & B | Privacy");
  CHECK(extracted("<svg><title>icon</title></svg><title>Page</title>").title == "Page");
  CHECK(extracted("<p>x").title.empty());
}

// A page that was saved without its URL.
TEST_CASE("links are resolved against the URL that the page gives itself, when nobody gives one") {
  const std::string page =
      "<head><link rel=stylesheet href=/x.css><link rel='canonical' href='https://example.org/legal/privacy'>"
      "</head><p><a href=terms>Terms</a> <a href='#a'>a</a>";
  CHECK(extracted(page).markdown == "[Terms](https://example.org/legal/terms) [a](#a)");
  CHECK(extracted(page, "http://example.com/").markdown == "[Terms](http://example.com/terms) [a](#a)");
}

// A policy's title that clears the screen of who lists it: entities go past the decoder, which drops the
// bytes.
TEST_CASE("no control character reaches a terminal") {
  const std::string bad =
      "a&#27;[31m&#7;&#127;&#x81;&#13;&#12;\x1B\x7F\xC2\x9B"
      "b";
  const Text text = extracted(
      "<meta charset=utf-8><title>" + bad + "</title><h1>" + bad + "</h1><p>" + bad + "<pre>1\t" + bad +
      "\n2</pre><pre>&#1;</pre><p><code>" + bad + "</code> <a href='http://a.org/?&#27;&#127;&#x81;#'>" +
      bad + "</a><bdo dir=rtl>" + bad + "</bdo><table><tr><th>1<th>2<tr><td>" + bad + "<td>x</table>");
  CHECK(text.title == "a[31m b");
  CHECK(text.markdown.find("```\n1\ta[31m  b\n2\n```") != std::string::npos);
  CHECK(text.markdown.find("](http://a.org/?#)") != std::string::npos);
  for (std::size_t i = 0; i < text.markdown.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text.markdown[i]);
    const bool is_c1 = byte >= 0x80 && byte < 0xA0 && i > 0 && text.markdown[i - 1] == '\xC2';
    CHECK_FALSE(((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F || is_c1));
  }
}

TEST_CASE("whatever comes gives its text or says why not") {
  struct Row {
    std::string bytes;
    std::string content_type;
    std::string markdown;
    std::vector<Mark> marks;
  };
  const auto row = GENERATE(values<Row>({
      {"", "text/html", "", {Mark::no_text, Mark::guessed_charset}},
      {"<html><body><img src=policy.gif></body></html>", "", "", {Mark::no_text, Mark::guessed_charset}},
      {"\n%PDF-1.4 ...", "application/pdf", "", {Mark::no_text, Mark::not_html}},
      {"\x89PNG\r\n", "", "", {Mark::no_text, Mark::not_html}},
      {"GIFT cards", "image/gif", "", {Mark::no_text, Mark::not_html}},
      {"<html><p>Not found", "image/gif", "Not found", {Mark::whole_page, Mark::guessed_charset}},
      {"<b>1</b> * 2\nx\n\n# y", "text/plain", "\\<b>1\\</b> * 2 x\n\n\\# y", {Mark::guessed_charset}},
      {"<frameset cols=20%,*><frame src=a><noframes><p>The policy.</noframes></frameset>",
       "",
       "The policy.",
       {Mark::whole_page, Mark::guessed_charset, Mark::fallback}},
      {"<script>go()</script><noscript><p>Turn on scripts</p></noscript>",
       "",
       "Turn on scripts",
       {Mark::whole_page, Mark::guessed_charset, Mark::fallback}},
      {"just words", "", "just words", {Mark::guessed_charset}},
      {"<p>cut in a ta<a hre", "", "cut in a ta", {Mark::whole_page, Mark::guessed_charset}},
  }));
  INFO(row.bytes);
  const Text text = extracted(row.bytes, {}, row.content_type);
  CHECK(text.markdown == row.markdown);
  CHECK(text.marks == row.marks);
}

TEST_CASE("the fingerprint is that of the Markdown, so that an import of it has the same") {
  const Text text = extracted("<h1>Privacy</h1>" + test::k_prose, "http://example.org/");
  const Fingerprint print = fingerprint(text.markdown);
  CHECK(text.word_count == print.word_count);
  CHECK(text.words_sha256 == print.words_sha256);
  CHECK(text.simhash == print.simhash);
  CHECK(text.extractor == k_extractor);
}

TEST_CASE("extraction is re-entrant") {
  const std::string page = "<title>t</title><h1>Privacy</h1>" + test::k_prose + "<ol><li>a<li>b</ol>";
  const std::string expected = extracted(page).markdown;
  std::vector<std::string> results(4);
  {
    std::vector<std::jthread> threads;
    for (std::string& result : results) {
      threads.emplace_back([&] {
        for (int i = 0; i < 50; ++i)
          result = extracted(page).markdown;
      });
    }
  }
  for (const std::string& result : results)
    CHECK(result == expected);
}

TEST_CASE("no bytes whatever make it throw") {
  const std::string alphabet = "<>/&;=\"' -!abpdivtrlu\x80\xC3\xA9\0\n"s;
  std::string noise;
  std::uint32_t state = 1;
  for (int i = 0; i < 200'000; ++i) {
    state = state * 1664525U + 1013904223U;
    noise += alphabet[(state >> 16U) % alphabet.size()];
  }
  for (std::size_t from = 0; from < noise.size(); from += 5000) {
    CHECK_NOTHROW(extracted(std::string_view(noise).substr(from, 5000)));
  }
}

// Most captures of a page differ from the one before in nothing that is read.
TEST_CASE("pages of one form have one text") {
  const auto [story, one, other, same] = GENERATE(table<const char*, const char*, const char*, bool>({
      {"a nonce", "<script nonce=1>f(1)</script><p>We sell it.",
       "<script nonce=2>f(2)</script><p>We sell it.", true},
      {"an attribute that says nothing", "<p data-id=1>We sell it.", "<p data-id=2>We sell it.", true},
      {"indentation", "<div>\n    <p>We sell it.", "<div>\n\t<p>We  sell it.", true},
      {"a word", "<p>We sell it.", "<p>We sold it.", false},
      {"where a link leads", "<p><a href=/a>x</a>", "<p><a href=/b>x</a>", false},
      {"white space that counts", "<pre>a  b</pre>", "<pre>a b</pre>", false},
      {"the charset it declares", "<meta charset=utf-8><p>\xC3\xA9", "<meta charset=big5><p>\xC3\xA9", false},
      {"text written backwards", "<style>.r{unicode-bidi:bidi-override;direction:rtl}</style><p class=r>ba",
       "<style>.s{unicode-bidi:bidi-override;direction:rtl}</style><p class=r>ba", false},
  }));
  INFO(story);
  const Hints hints{"http://a.org/", "text/html"};
  CHECK((PreparedPage(one, hints).form() == PreparedPage(other, hints).form()) == same);
  CHECK((extract(one, hints).markdown == extract(other, hints).markdown) == same);
}

TEST_CASE("what a form does not tell is marked") {
  const Hints hints{"http://a.org/", "text/html"};
  const PreparedPage one("<noscript><p>Turn on JavaScript.</noscript>", hints);
  const PreparedPage other("<noscript><p>Get another browser.</noscript>", hints);
  CHECK(one.form() == other.form());
  CHECK(one.text().markdown != other.text().markdown);
  for (const auto& page : {one, other}) {
    const auto marks = page.text().marks;
    CHECK(std::count(marks.begin(), marks.end(), Mark::fallback) == 1);
  }
}
