#include "extract/extract.hpp"

#include <algorithm>

#include "extract/characters.hpp"
#include "extract/charset.hpp"
#include "extract/content_kind.hpp"
#include "extract/fingerprint.hpp"
#include "extract/footnotes.hpp"
#include "extract/inline_markdown.hpp"
#include "extract/links.hpp"
#include "extract/main_content.hpp"
#include "extract/markdown_blocks.hpp"
#include "extract/markdown_section.hpp"
#include "extract/markdown_writer.hpp"
#include "extract/page_tree.hpp"
#include "extract/pdf/pdf_text.hpp"
#include "extract/prune.hpp"
#include "extract/sections.hpp"
#include "extract/style.hpp"
#include "model/body_limit.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

std::string title_of(const PageTree& tree) {
  for (NodeIndex i = 0; i < tree.size(); ++i) {
    if (tree[i].tag != GUMBO_TAG_TITLE) continue;
    std::string title = in_one_line(tree.text_of(i));
    if (!title.empty()) return title;
  }
  return {};
}

/// The `href` of the first such element; empty when there is none.
std::string_view first_href(const PageTree& tree, GumboTag tag) {
  for (NodeIndex i = 0; i < tree.size(); ++i) {
    if (tree[i].tag == tag && tree.has_attribute(i, "href")) return tree.attribute(i, "href");
  }
  return {};
}

struct ReadPage {
  std::string title;
  std::string markdown;
  ContentExtent selection = ContentExtent::main_content;
  bool is_section = false;
  bool depends_on_url = false;
};

ReadPage read_page(const PrunedPage& pruned, const std::string& url, const std::string& section) {
  PageTree tree(pruned.html);
  ReadPage page;
  page.title = title_of(tree);
  // A page without a URL is believed the one it gives itself, `<link rel=canonical>`.
  const std::string_view own_url = url.empty() ? first_href(tree, GUMBO_TAG_LINK) : std::string_view(url);
  LinkResolver links(own_url, first_href(tree, GUMBO_TAG_BASE));
  page.selection = select_content(tree);
  std::optional<std::string> part;
  if (!section.empty()) {
    part = select_titled(tree, section);
  } else if (pruned.has_place) {
    part = select_document(tree);
  }
  page.is_section = part.has_value();
  if (part) page.title = std::move(*part);
  const Footnotes footnotes = find_footnotes(tree);
  page.markdown = write_markdown(tree, footnotes, links, StyleRules(pruned.style_rules));
  page.depends_on_url = links.used_page_url();
  return page;
}

bool has_script(std::string_view html) {
  constexpr std::string_view k_tag = "<script";
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    if (iequals(html.substr(at, k_tag.size()), k_tag)) return true;
  }
  return false;
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

PreparedPage::PreparedPage(std::string_view bytes, const Hints& hints)
    : m_url(hints.url),
      m_place(place_named(hints.fragment)),
      m_section(hints.section),
      m_kind(content_kind(bytes, hints.content_type)) {
  if (m_kind == ContentKind::other) {
    m_marks.push_back(Mark::not_html);
    return;
  }
  if (bytes.size() > k_largest_body) {
    bytes = bytes.substr(0, k_largest_body);
    m_marks.push_back(Mark::too_large);
  }
  if (m_kind == ContentKind::pdf) {
    m_pdf = bytes;
    return;
  }
  const Charset charset = choose_charset(bytes, hints.content_type);
  DecodedPage decoded = decode_page(bytes, *charset.encoding);
  m_charset = charset.encoding->name;
  if (charset.guessed) m_marks.push_back(Mark::guessed_charset);
  if (decoded.bad_bytes) m_marks.push_back(Mark::bad_bytes);
  if (decoded.mended) m_marks.push_back(Mark::mended);
  m_utf8 = std::move(decoded.utf8);
  if (m_kind == ContentKind::html) m_pruned = prune(m_utf8, Fallbacks::leave_out, m_place);
  if (m_pruned.too_deep) m_marks.push_back(Mark::too_deep);
}

Sha256 PreparedPage::form() const {
  Sha256Hasher hasher;
  const auto part = [&hasher](std::string_view bytes) {
    hasher.update(std::to_string(bytes.size()) + ':');
    hasher.update(bytes);
  };
  part(std::to_string(static_cast<int>(m_kind)));
  part(m_charset);
  for (const Mark mark : m_marks)
    part(name(mark));
  part(m_kind == ContentKind::html ? m_pruned.html : m_utf8);
  for (const std::string& rules : m_pruned.style_rules)
    part(rules);
  part(m_pdf);
  part(m_section);
  return hasher.finish();
}

Text PreparedPage::text() const {
  Text text;
  text.charset = m_charset;
  text.marks = m_marks;
  bool is_section = false;
  if (m_kind == ContentKind::plain_text) {
    text.markdown = read_plain_text(m_utf8);
  } else if (m_kind == ContentKind::pdf) {
    PdfText pdf = read_pdf(m_pdf);
    text.title = in_one_line(pdf.title);
    text.markdown = std::move(pdf.markdown);
    text.marks.insert(text.marks.end(), pdf.marks.begin(), pdf.marks.end());
  } else if (m_kind == ContentKind::html) {
    ReadPage page = read_page(m_pruned, m_url, m_section);
    if (page.markdown.empty()) {
      ReadPage with_fallbacks = read_page(prune(m_utf8, Fallbacks::keep, m_place), m_url, m_section);
      if (!with_fallbacks.markdown.empty()) {
        page = std::move(with_fallbacks);
        text.marks.push_back(Mark::fallback);
      }
    }
    text.title = std::move(page.title);
    text.markdown = std::move(page.markdown);
    text.depends_on_url = page.depends_on_url;
    is_section = page.is_section;
    if (page.selection == ContentExtent::whole_page && !text.markdown.empty())
      text.marks.push_back(Mark::whole_page);
  }
  if (text.markdown.empty()) {
    text.marks.push_back(Mark::no_text);
    if (m_kind == ContentKind::html && has_script(m_utf8)) text.marks.push_back(Mark::needs_script);
  }
  if (!m_section.empty() && !is_section) {
    // Headings that a page only looks like having; PDFs, plain text.
    if (auto part = section_titled(text.markdown, m_section)) {
      text.title = std::move(part->title);
      text.markdown = std::string(part->text);
      is_section = true;
    } else {
      text.marks.push_back(Mark::no_section);
    }
  }
  if (is_section) text.marks.push_back(Mark::section);
  std::sort(text.marks.begin(), text.marks.end());
  text.marks.erase(std::unique(text.marks.begin(), text.marks.end()), text.marks.end());
  const Fingerprint print = fingerprint(text.markdown);
  text.word_count = print.word_count;
  text.words_sha256 = print.words_sha256;
  text.simhash = print.simhash;
  return text;
}

Text extract(std::string_view bytes, const Hints& hints) {
  return PreparedPage(bytes, hints).text();
}

}  // namespace winnow
