#include "extract/extract.hpp"

#include <algorithm>

#include "extract/characters.hpp"
#include "extract/charset.hpp"
#include "extract/content_kind.hpp"
#include "extract/fingerprint.hpp"
#include "extract/inline_markdown.hpp"
#include "extract/links.hpp"
#include "extract/main_content.hpp"
#include "extract/markdown_blocks.hpp"
#include "extract/markdown_writer.hpp"
#include "extract/page_tree.hpp"
#include "extract/prune.hpp"
#include "extract/style.hpp"
#include "model/body_limit.hpp"

namespace winnow {
namespace {

/// A title in one line: white space collapsed, invisible characters dropped, nothing escaped.
std::string one_line(std::string_view text) {
  std::string line;
  bool space = false;
  for (const char c : without_invisible(text)) {
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      space = true;
      continue;
    }
    if (space && !line.empty()) line += ' ';
    space = false;
    line += c;
  }
  return line;
}

std::string title_of(const PageTree& tree) {
  for (NodeIndex i = 0; i < tree.size(); ++i) {
    if (tree[i].tag != GUMBO_TAG_TITLE) continue;
    std::string title = one_line(tree.text_of(i));
    if (!title.empty()) return title;
  }
  return {};
}

std::string_view base_href_of(const PageTree& tree) {
  for (NodeIndex i = 0; i < tree.size(); ++i) {
    if (tree[i].tag == GUMBO_TAG_BASE && tree.has_attribute(i, "href")) return tree.attribute(i, "href");
  }
  return {};
}

struct ReadPage {
  std::string title;
  std::string markdown;
  Selection selection = Selection::main_content;
  bool too_deep = false;
  bool depends_on_url = false;
};

ReadPage read_page(std::string_view html, const Hints& hints, Fallbacks fallbacks) {
  const PrunedPage pruned = prune(html, fallbacks);
  PageTree tree(pruned.html);
  ReadPage page;
  page.too_deep = pruned.too_deep;
  page.title = title_of(tree);
  LinkResolver links(hints.url, base_href_of(tree));
  page.selection = select_content(tree);
  page.markdown = write_markdown(tree, links, ReversedText(pruned.style_rules));
  page.depends_on_url = links.used_page_url();
  return page;
}

std::string read_plain_text(std::string_view text) {
  InlineText paragraph;
  Blocks blocks;
  const auto flush = [&] {
    if (!paragraph.empty())
      blocks.push_back({BlockKind::paragraph, paragraph.take({}, InlineText::Breaks::hard)});
  };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r\f") == std::string_view::npos) {
      flush();
      continue;
    }
    paragraph.add(line, {});
    paragraph.add_space();
  }
  flush();
  return join_blocks(blocks, false);
}

}  // namespace

Text extract(std::string_view bytes, const Hints& hints) {
  Text text;
  const auto finish = [&text] {
    if (text.markdown.empty()) text.marks.push_back(Mark::no_text);
    std::sort(text.marks.begin(), text.marks.end());
    const Fingerprint print = fingerprint(text.markdown);
    text.word_count = print.word_count;
    text.words_sha256 = print.words_sha256;
    text.simhash = print.simhash;
  };
  const ContentKind kind = content_kind(bytes, hints.content_type);
  if (kind == ContentKind::other) {
    text.marks.push_back(Mark::not_html);
    finish();
    return text;
  }
  if (bytes.size() > k_largest_body) {
    bytes = bytes.substr(0, k_largest_body);
    text.marks.push_back(Mark::too_large);
  }
  const Charset charset = choose_charset(bytes, hints.content_type);
  const DecodedPage decoded = decode_page(bytes, *charset.encoding);
  text.charset = charset.encoding->name;
  if (charset.guessed) text.marks.push_back(Mark::guessed_charset);
  if (decoded.bad_bytes) text.marks.push_back(Mark::bad_bytes);
  if (kind == ContentKind::plain_text) {
    text.markdown = read_plain_text(decoded.utf8);
    finish();
    return text;
  }
  ReadPage page = read_page(decoded.utf8, hints, Fallbacks::leave_out);
  if (page.markdown.empty()) {
    ReadPage with_fallbacks = read_page(decoded.utf8, hints, Fallbacks::keep);
    if (!with_fallbacks.markdown.empty()) page = std::move(with_fallbacks);
  }
  text.title = std::move(page.title);
  text.markdown = std::move(page.markdown);
  text.depends_on_url = page.depends_on_url;
  if (page.selection == Selection::whole_page && !text.markdown.empty())
    text.marks.push_back(Mark::whole_page);
  if (page.too_deep) text.marks.push_back(Mark::too_deep);
  finish();
  return text;
}

}  // namespace winnow
