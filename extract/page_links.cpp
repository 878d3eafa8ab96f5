#include "extract/page_links.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "extract/characters.hpp"
#include "extract/charset.hpp"
#include "extract/links.hpp"
#include "extract/nested_cuts.hpp"
#include "extract/page_tree.hpp"
#include "extract/style.hpp"
#include "extract/tag_scanner.hpp"
#include "model/body_limit.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

constexpr std::size_t k_longest_text = 400;    ///< bytes, as written: a whole article may be a link
constexpr std::size_t k_longest_before = 160;  ///< bytes

std::string_view attribute_of(std::string_view attributes, std::string_view name) {
  RawAttribute attribute;
  while (next_attribute(attributes, attribute)) {
    if (iequals(attribute.name, name)) return attribute.value;
  }
  return {};
}

bool has_word(std::string_view list, std::string_view word) {
  bool found = false;
  for_class_names(list, [&](std::string_view one) { found |= iequals(one, word); });
  return found;
}

bool contains_footer(std::string_view name) {
  const std::string lower = ascii_lower(name);
  return lower.find("footer") != lower.npos || lower.find("colophon") != lower.npos;
}

bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80;
}

/// About the last `size` bytes, of whole characters.
std::string_view end_of(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  text.remove_prefix(text.size() - size);
  while (!text.empty() && continues_character(text.front()))
    text.remove_prefix(1);
  return text;
}

/// About the first `size` bytes, of whole characters.
std::string_view beginning_of(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && continues_character(text[size]))
    --size;
  return text.substr(0, size);
}

/// Writes the page's links, and nothing else, as a flat page whose character references the parser decodes.
class LinkPageWriter {
public:
  explicit LinkPageWriter(std::string_view html) : m_html(html), m_scanner(html) {}

  std::string run() {
    Token token;
    while (m_links < k_most_links && m_scanner.next(token)) {
      add_text(m_html.substr(m_text_from, token.begin - m_text_from));
      m_text_from = token.end;
      if (token.kind == TokenKind::open)
        open(token);
      else if (token.kind == TokenKind::close)
        close(token);
    }
    if (m_text_from < m_html.size()) add_text(m_html.substr(m_text_from));
    finish_link();
    m_page += "<base";
    write_attribute("href", m_base);
    return std::move(m_page += '>');
  }

private:
  void add_text(std::string_view text) {
    m_read += text;
    if (!m_in_link && m_read.size() > 8 * k_longest_before) m_read = end_of(m_read, 2 * k_longest_before);
  }

  void open(const Token& token) {
    switch (token.tag) {
      case GUMBO_TAG_SCRIPT:
      case GUMBO_TAG_STYLE:
        return skip_to(m_scanner.raw_text_end(token.name));
      case GUMBO_TAG_IFRAME:
      case GUMBO_TAG_TITLE:
      case GUMBO_TAG_TEXTAREA:
        return skip_raw(token);
      case GUMBO_TAG_SVG:
        return skip_to(svg_end(m_html, m_scanner));
      case GUMBO_TAG_TEMPLATE:
        return skip_template();
      case GUMBO_TAG_A:
        finish_link();
        return begin_link(token);
      case GUMBO_TAG_AREA:
        if (m_in_link) return;
        begin_link(token);
        m_read += attribute_of(token.attributes, "alt");
        return finish_link();
      case GUMBO_TAG_LINK:
        if (!m_in_link && has_word(attribute_of(token.attributes, "rel"), "privacy-policy")) {
          begin_link(token);
          finish_link();
        }
        return;
      case GUMBO_TAG_BASE:
        if (m_base.empty()) m_base = attribute_of(token.attributes, "href");
        return;
      case GUMBO_TAG_NOSCRIPT:
        // A picture that is loaded late stands there a second time.
        if (m_in_link) skip_raw(token);
        return;
      case GUMBO_TAG_IMG:
        m_read += ' ';
        m_read += attribute_of(token.attributes, "alt");
        m_read += ' ';
        return;
      default:
        return open_element(token);
    }
  }

  void open_element(const Token& token) {
    if (is_block(token.tag) || token.tag == GUMBO_TAG_BR) end_block();
    if (m_footer_depth > 0) {
      m_footer_depth += token.tag == m_footer ? 1 : 0;
    } else if (is_footer(token)) {
      m_footer = token.tag;
      m_footer_depth = 1;
    }
  }

  void close(const Token& token) {
    if (token.tag == GUMBO_TAG_A) return finish_link();
    if (m_footer_depth > 0 && token.tag == m_footer) --m_footer_depth;
    if (is_block(token.tag)) end_block();
  }

  /// Counted by the tag's own name only: end tags that may be left out are of no element that is a footer.
  static bool is_footer(const Token& token) {
    switch (token.tag) {
      case GUMBO_TAG_FOOTER:
        return true;
      case GUMBO_TAG_DIV:
      case GUMBO_TAG_SECTION:
      case GUMBO_TAG_NAV:
      case GUMBO_TAG_TABLE:
      case GUMBO_TAG_UL:
        return attribute_of(token.attributes, "role") == "contentinfo" ||
               contains_footer(attribute_of(token.attributes, "id")) ||
               contains_footer(attribute_of(token.attributes, "class"));
      default:
        return false;
    }
  }

  void end_block() {
    if (m_in_link)
      m_read += ' ';
    else
      m_read.clear();
  }

  void begin_link(const Token& token) {
    const std::string_view href = attribute_of(token.attributes, "href");
    if (href.empty() || href.size() > k_longest_link) return;
    std::string_view label = attribute_of(token.attributes, "aria-label");
    if (label.empty()) label = attribute_of(token.attributes, "title");
    m_page += "<p>";
    write_text(end_of(m_read, k_longest_before));
    m_page += m_footer_depth > 0 ? "</p><a hidden" : "</p><a";
    write_attribute("href", href);
    write_attribute("title", beginning_of(label, k_longest_text));
    write_attribute("rel", beginning_of(attribute_of(token.attributes, "rel"), k_longest_text));
    m_page += '>';
    m_in_link = true;
    m_link_from = m_read.size();
    ++m_links;
  }

  void finish_link() {
    if (!m_in_link) return;
    write_text(beginning_of(std::string_view(m_read).substr(m_link_from), k_longest_text));
    m_page += "</a>";
    m_read.clear();
    m_in_link = false;
  }

  /// What nothing ends is not left out, or the rest of the page would be.
  void skip_raw(const Token& token) {
    bool& unended = m_unended[static_cast<std::size_t>(token.tag)];
    if (unended) return;
    const std::size_t end = m_scanner.raw_text_end(token.name);
    unended = end == std::string_view::npos;
    if (!unended) skip_to(end);
  }

  void skip_template() {
    bool& unended = m_unended[GUMBO_TAG_TEMPLATE];
    if (unended) return;
    const auto end = template_end(m_html, m_scanner);
    unended = !end;
    if (end) skip_to(*end);
  }

  void skip_to(std::size_t end) {
    end = std::min(end, m_html.size());
    m_scanner.seek(end);
    m_text_from = end;
  }

  void write_text(std::string_view text) {
    for (const char c : text) {
      if (c == '<')
        m_page += "&lt;";
      else
        m_page += c;
    }
  }

  void write_attribute(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    m_page += ' ';
    m_page += name;
    m_page += "=\"";
    for (const char c : value) {
      if (c == '"')
        m_page += "&quot;";
      else
        m_page += c;
    }
    m_page += '"';
  }

  std::string_view m_html;
  TagScanner m_scanner;
  std::string m_page;
  std::string_view m_base;
  std::string m_read;  ///< the text since the block's beginning, as written, or the end of it
  std::size_t m_text_from = 0;
  std::size_t m_link_from = 0;  ///< in m_read
  std::size_t m_links = 0;
  std::size_t m_footer_depth = 0;
  GumboTag m_footer = GUMBO_TAG_FOOTER;
  bool m_in_link = false;
  std::array<bool, GUMBO_TAG_LAST + 1> m_unended{};
};

}  // namespace

std::vector<PageLink> page_links(std::string_view bytes, const Hints& hints) {
  std::vector<PageLink> links;
  if (content_kind(bytes, hints.content_type) != ContentKind::html) return links;
  bytes = bytes.substr(0, k_largest_body);
  const Charset charset = choose_charset(bytes, hints.content_type);
  const DecodedPage page = decode_page(bytes, *charset.encoding);
  const std::string flat = LinkPageWriter(page.utf8).run();
  const PageTree tree(flat);

  const auto& nodes = tree.nodes();
  const auto base = std::find_if(nodes.begin(), nodes.end(),
                                 [](const PageNode& node) { return node.tag == GUMBO_TAG_BASE; });
  LinkResolver resolve(hints.url, base == nodes.end()
                                      ? std::string_view()
                                      : tree.attribute(static_cast<NodeIndex>(base - nodes.begin()), "href"));
  std::string before;
  for (NodeIndex i = 0; i < tree.size(); ++i) {
    if (tree[i].tag == GUMBO_TAG_P) before = in_one_line(tree.text_of(i));
    if (tree[i].tag != GUMBO_TAG_A) continue;
    auto url = resolve(tree.attribute(i, "href"));
    if (!url) continue;
    links.push_back({std::move(*url), in_one_line(tree.text_of(i)), in_one_line(tree.attribute(i, "title")),
                     before, std::string(tree.attribute(i, "rel")), tree.has_attribute(i, "hidden")});
  }
  return links;
}

}  // namespace winnow
