#include "extract/given_text.hpp"

#include <algorithm>

#include "extract/charset.hpp"
#include "extract/fingerprint.hpp"
#include "extract/markdown_section.hpp"
#include "extract/plain_text.hpp"
#include "model/body_limit.hpp"

namespace winnow {
namespace {

std::string title_of(std::string_view markdown) {
  markdown.remove_prefix(std::min(markdown.find_first_not_of(" \t\r\n"), markdown.size()));
  if (!markdown.starts_with("# ")) return {};
  return plain_text(markdown.substr(0, markdown.find('\n')));
}

}  // namespace

Text given_text(std::string_view title, std::string_view markdown) {
  const Fingerprint print = fingerprint(markdown);
  return {.title = std::string(title),
          .markdown = std::string(markdown),
          .word_count = print.word_count,
          .words_sha256 = print.words_sha256,
          .simhash = print.simhash,
          .charset = "UTF-8",
          .marks = {Mark::imported}};
}

Text read_markdown(std::string_view bytes, std::string_view content_type) {
  const bool too_large = bytes.size() > k_largest_body;
  bytes = bytes.substr(0, k_largest_body);
  const Charset charset = choose_charset(bytes, content_type);
  const DecodedPage decoded = decode_page(bytes, *charset.encoding);
  Text text = given_text(title_of(decoded.utf8), decoded.utf8);
  text.charset = charset.encoding->name;
  if (text.word_count == 0) text.marks.push_back(Mark::no_text);
  if (too_large) text.marks.push_back(Mark::too_large);
  if (decoded.bad_bytes) text.marks.push_back(Mark::bad_bytes);
  if (decoded.mended) text.marks.push_back(Mark::mended);
  std::sort(text.marks.begin(), text.marks.end());
  return text;
}

void select_section(Text& text, std::string_view title) {
  const auto section = section_titled(text.markdown, title);
  text.marks.push_back(section ? Mark::section : Mark::no_section);
  std::sort(text.marks.begin(), text.marks.end());
  if (!section) return;
  text.title = section->title;
  text.markdown = std::string(section->text);
  const Fingerprint print = fingerprint(text.markdown);
  text.word_count = print.word_count;
  text.words_sha256 = print.words_sha256;
  text.simhash = print.simhash;
}

}  // namespace winnow
