// Markdown from anybody, and plain text: words, lines, digests.
#include "extract/extract.hpp"
#include "extract/fingerprint.hpp"
#include "extract/given_text.hpp"
#include "extract/plain_text.hpp"
#include "model/ascii.hpp"
#include "shown_text.hpp"

using namespace winnow;

namespace {

/// As visible_words() gives them, of a text without syntax: a backslash before each sign.
std::string words_of_plain(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c > ' ' && c < 0x7F && !is_letter_or_digit(c)) escaped += '\\';
    escaped += c;
  }
  return visible_words(escaped);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::as_text(data, size);
  const Text text = read_markdown(bytes, "text/markdown");
  fuzz::demand(fuzz::is_utf8(text.markdown), "a given text is UTF-8");
  fuzz::demand(read_markdown(bytes, "text/markdown").words_sha256 == text.words_sha256,
               "the same bytes have the same words");

  const std::string words = visible_words(text.markdown);
  fuzz::demand(fuzz::is_utf8(words), "words are UTF-8");
  fuzz::demand(words.find('\n') == std::string::npos && words.find("  ") == std::string::npos,
               "one space stands between words");
  fuzz::demand((text.word_count == 0) == words.empty(), "no words are counted as none");

  const std::string plain = plain_text(text.markdown);
  fuzz::demand(fuzz::is_utf8(plain), "plain text is UTF-8");
  fuzz::demand(plain.find("\n\n") == std::string::npos && !plain.ends_with('\n'),
               "plain text has no empty line");

  // A text file is written as Markdown that says the same words, whatever it looks like.
  const std::string file = fuzz::decoded(bytes);
  const Hints hints{.url = {}, .content_type = "text/plain; charset=utf-8"};
  const bool is_mended = fuzz::decoded(file) != file;  // what looks as if it were encoded twice
  if (is_mended || content_kind(file, hints.content_type) != ContentKind::plain_text) return 0;
  const Text page = extract(file, hints);
  fuzz::demand_shown_text(page.markdown, "a text file's Markdown has no control characters");
  fuzz::demand_equal(visible_words(page.markdown), words_of_plain(file), "a text file keeps its words");
  fuzz::demand_equal(words_of_plain(plain_text(page.markdown)), words_of_plain(file),
                     "as plain text it has them, too");
  return 0;
}
