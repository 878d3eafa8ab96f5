#include "extract/fingerprint.hpp"

#include <bit>
#include <string>

#include <catch2/catch.hpp>

#include "markdown_of.hpp"

using namespace winnow;

TEST_CASE("visible words are what a reader of the Markdown sees") {
  const auto [markdown, words] = GENERATE(table<std::string, std::string>({
      {"# Privacy **Policy**\n\nWe  keep\nit.", "Privacy Policy We keep it."},
      {"- one\n- two\n  1. three\n  2) four", "one two three four"},
      {"> quoted\n>\n> - item", "quoted item"},
      {"see [our *terms*](http://a.org/x_(y)?z \"title\").", "see our terms."},
      {"[![logo](a.png)](http://a.org) <http://b.org/>", "http://b.org/"},
      {"<http://b.org/><http://c.org/ <http://d.org/>", "http://b.org/<http://c.org/ http://d.org/"},
      {"[a](x \"t u\") [b](x y \"t\") [c](x\\\" y)", "a [b](x y \"t\") c"},
      {"| a | b\\|c |\n| --- | :-: |\n| x<br>y |  |", "a b|c x y"},
      {"a\n\n---\n\nb\n\n* * *\n\nc\n***", "a b c"},
      {"2\\. not a list, 5 * 3, snake_case, \\*star\\*, a\\_b",
       "2. not a list, 5 * 3, snake_case, *star*, a_b"},
      {"```\n# int *x;\n```", "# int *x;"},
      {"> ```\n> > y\n> ```\n> z", "> y z"},
      {"> ```\n> y\n\n*z*", "y z"},
      {"> | a |\n> | --- |\n> | b |", "a b"},
      {"(a) [1] and [x] (y)", "(a) [1] and [x] (y)"},
      {"hard  \nbreak", "hard break"},
      {"soft\u00ADhyphen zero\u200Bwidth no\u00A0break", "softhyphen zerowidth no break"},
      {"e\u0301", "\u00E9"},
      {"a<!-- not seen -->b", "ab"},
      {"  1. html2text\n\n  * * *\n\n_emphasis_ and **bold** .", "html2text emphasis and bold ."},
      {"_ga, __utma _gid", "_ga, __utma _gid"},  // underscores that nothing closes are no emphasis
      {"_ga_ __init\\_\\_ _a [b](c_)", "ga __init__ _a b"},
      {"_a b\n\nc_ _d [_e_ _f", "_a b c d [e _f"},
      {"Title\n=====\n\nSub\n---", "Title Sub"},
      {"Title\n=== ==", "Title === =="},  // no underline has gaps
      {"", ""},
      {" \n\n ", ""},
  }));
  INFO(markdown);
  CHECK(visible_words(markdown) == words);
}

TEST_CASE("stored digests are a promise: these never change") {
  const Fingerprint print =
      fingerprint("# Privacy Policy\n\nWe collect your *name* and [address](http://a.org/).");
  CHECK(print.word_count == 8);
  CHECK(print.words_sha256 == sha256("Privacy Policy We collect your name and address."));
  CHECK(print.words_sha256.hex() == "f727a375cc80ef71f6af567bc224339ff04f10f0fa8f75ddf3e366c5b75f99f4");
  CHECK(print.simhash == 0xc5ce773a106bc00eU);
  CHECK(fingerprint("").simhash == 0);
  CHECK(fingerprint("").words_sha256 == sha256(""));
  CHECK(fingerprint("One").simhash == fingerprint("oNE").simhash);
}

TEST_CASE("what changes no word changes no fingerprint") {
  const Fingerprint print = fingerprint("We keep [your name](http://a.org/1) and **address**.");
  CHECK(fingerprint("We  keep\n[your name](http://b.org/2) and address.").words_sha256 == print.words_sha256);
  CHECK(fingerprint("- We keep\n- your name and address.").words_sha256 == print.words_sha256);
  CHECK(fingerprint("We keep your name and address").words_sha256 != print.words_sha256);
}

TEST_CASE("texts that differ little have fingerprints that differ little") {
  std::string text;
  for (int i = 0; i < 400; ++i)
    text += "word" + std::to_string(i * 7919 % 1000) + ' ';
  std::string changed = text;
  changed.replace(changed.find("word"), 4, "WORT");
  std::string other;
  for (int i = 0; i < 400; ++i)
    other += "term" + std::to_string(i * 104729 % 1000) + ' ';
  const std::uint64_t base = fingerprint(text).simhash;
  CHECK(std::popcount(base ^ fingerprint(changed).simhash) <= 6);
  CHECK(std::popcount(base ^ fingerprint(other).simhash) >= 16);
}

TEST_CASE("a page's words are those of its Markdown, however it is escaped") {
  const auto body = GENERATE(values<std::string>({
      "<p>1. First * second_ [third](fourth) <b>fi</b>fth # & &amp;lt; a|b</p>",
      "<p># no heading</p><p>- no item</p><p>&gt; no quote</p><p>2) none</p>",
      "<table><tr><th>a|b<th>c</tr><tr><td>*d*<td>e<br>f</table>",
      "<p>`code` ~~~ *** ___ === ---</p><p>---</p><p>***</p><p>===</p>",
      "<p>&lt;br&gt; &lt;!-- no comment --&gt; http://a.org/x_y_z \\ \\* back\\slash</p>",
      "<p><a href='http://b.org/a)b(c'>link [1] text</a>!<a href='/x'>y</a></p>",
  }));
  INFO(body);
  const std::string markdown = test::markdown_of(body);
  INFO(markdown);
  std::string seen = body;  // the same by hand: tags away, entities decoded
  for (std::size_t at = seen.find('<'); at != std::string::npos; at = seen.find('<', at)) {
    seen.replace(at, seen.find('>', at) + 1 - at,
                 seen.substr(at, 2) == "<b" && seen[at + 2] == '>' ? ""
                 : seen.substr(at, 3) == "</b" || seen.substr(at, 2) == "<a" || seen.substr(at, 3) == "</a"
                     ? ""
                     : " ");
  }
  for (const auto& [entity, sign] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}}) {
    for (std::size_t at = seen.find(entity); at != std::string::npos; at = seen.find(entity, at + 1)) {
      seen.replace(at, std::string(entity).size(), sign);
    }
  }
  std::string words;
  for (const char c : seen) {
    if (c != ' ' || (!words.empty() && words.back() != ' ')) words += c;
  }
  while (words.ends_with(' '))
    words.pop_back();
  CHECK(visible_words(markdown) == words);
}
