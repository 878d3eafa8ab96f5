#include "extract/given_text.hpp"

#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

#include "extract/fingerprint.hpp"

using namespace winnow;

TEST_CASE("Markdown is taken over as it is") {
  const std::string markdown = "# Privacy *Policy*\n\nWe collect data.\n";
  const Text text = read_markdown(markdown, "text/markdown");
  CHECK(text.markdown == markdown);
  CHECK(text.title == "Privacy Policy");
  CHECK(text.words_sha256 == fingerprint(markdown).words_sha256);
  CHECK(text.charset == "UTF-8");
  CHECK(text.marks.front() == Mark::imported);
}

TEST_CASE("a given text's title is its first heading of the first level") {
  CHECK(read_markdown("\n\n# A", "").title == "A");
  CHECK(read_markdown("## A", "").title.empty());
  CHECK(read_markdown("text\n\n# A", "").title.empty());
  CHECK(read_markdown("", "").title.empty());
}

TEST_CASE("Markdown in another charset") {
  CHECK(read_markdown("caf\xE9", "text/markdown; charset=iso-8859-1").markdown == "caf\xC3\xA9");
  CHECK(read_markdown("\xEF\xBB\xBF# caf\xC3\xA9", "text/markdown").title == "caf\xC3\xA9");
}

TEST_CASE("Markdown without a word is marked") {
  const Text text = read_markdown(" \n", "");
  CHECK(has_mark(text, Mark::no_text));
}
