// HTML in, Markdown out: safe to show, the same twice, and saying in Markdown what winnow reads in it.
#include <algorithm>

#include "extract/extract.hpp"
#include "extract/fingerprint.hpp"
#include "extract/given_text.hpp"
#include "extract/markdown_html.hpp"
#include "extract/page_tree.hpp"
#include "model/ascii.hpp"
#include "shown_text.hpp"

using namespace winnow;

namespace {

/// The words of markdown_to_html()'s page, escaped so that nothing is syntax.
std::string words_of_html(const std::string& html) {
  const PageTree tree(html);
  std::string words;
  for (const PageNode& node : tree.nodes()) {
    if (node.tag != k_text_node) {
      if (is_block(node.tag) || node.tag == GUMBO_TAG_BR) words += '\n';
      continue;
    }
    for (const char c : node.text) {
      if (c > ' ' && c < 0x7F && !is_letter_or_digit(c)) words += '\\';
      words += c;
    }
  }
  return visible_words(words);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::as_text(data, size);
  if (content_kind(bytes, "text/html") == ContentKind::pdf) return 0;  // starts a process
  const Hints hints{.url = "http://example.org/legal/privacy", .content_type = "text/html"};
  const PreparedPage page(bytes, hints);
  const Text text = page.text();

  fuzz::demand_shown_text(text.markdown, "Markdown is text without control characters");
  fuzz::demand_shown_text(text.title, "a title is text without control characters");
  fuzz::demand(text.title.find('\n') == std::string::npos, "a title is one line");
  fuzz::demand(text.markdown.empty() || text.markdown.back() != '\n', "Markdown ends without a line end");
  fuzz::demand(std::is_sorted(text.marks.begin(), text.marks.end()), "marks are in order");
  const bool no_text = has_mark(text, Mark::no_text);
  fuzz::demand(no_text == text.markdown.empty(), "a page without text is marked, and no other");
  fuzz::demand(text.markdown.size() <= 256 * size + 65'536, "a page does not multiply");

  const Text again = extract(bytes, hints);
  fuzz::demand_equal(again.markdown, text.markdown, "the same bytes give the same text");
  fuzz::demand_equal(again.title, text.title, "the same bytes give the same title");
  fuzz::demand(PreparedPage(bytes, hints).form() == page.form(), "the same bytes have one form");

  // But for characters that look as if they had been encoded twice, which are mended.
  if (fuzz::decoded(text.markdown) == text.markdown) {
    const Text given = read_markdown(text.markdown, "text/markdown; charset=utf-8");
    fuzz::demand(given.words_sha256 == text.words_sha256, "a text that is read again keeps its words");
  }
  // What winnow reads in its Markdown is what CommonMark says; md4c takes "<>x:>" for a link, and HTML has
  // footnotes.
  if (text.markdown.find('<') == std::string::npos && text.markdown.find("[^") == std::string::npos) {
    fuzz::demand_equal(words_of_html(markdown_to_html(text.markdown)), visible_words(text.markdown),
                       "CommonMark's words are winnow's");
  }
  return 0;
}
