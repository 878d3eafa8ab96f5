#include "extract/prune.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "extract/nested_cuts.hpp"
#include "extract/open_tags.hpp"
#include "extract/style.hpp"
#include "extract/tag_scanner.hpp"
#include "extract/tag_writer.hpp"
#include "model/ascii.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

constexpr std::size_t k_npos = std::string_view::npos;

class Pruner {
public:
  Pruner(std::string_view html, Fallbacks fallbacks, std::string_view place)
      : m_html(html),
        m_scanner(html),
        m_fallbacks(fallbacks),
        m_writer(m_page.html, html.find("bidi-override") != k_npos, place),
        m_open_tags(html.size()) {
    m_page.html.reserve(html.size());  // pages that are text throughout become no shorter
  }

  PrunedPage run() {
    Token token;
    while (m_scanner.next(token)) {
      write_text(token.begin);
      m_text_from = token.end;
      if (token.kind == TokenKind::open) {
        open(token);
      } else if (token.kind == TokenKind::close) {
        close(token);
      }
    }
    write_text(m_html.size());
    m_page.too_deep = m_open_tags.flattened();
    m_page.has_place = m_writer.has_place();
    return std::move(m_page);
  }

private:
  void write_text(std::size_t end) {
    if (m_text_from >= end) return;
    const std::string_view text = m_html.substr(m_text_from, end - m_text_from);
    if (m_pre == 0) {
      append_collapsed(text);
    } else {
      m_page.html += text;
    }
    if (m_page.html.back() != '<') return;
    // `<<!-- -->b>` is the text "<b>": what is cut must not make a tag of it.
    m_page.html.pop_back();
    m_page.html += "&lt;";
  }

  /// One space for a run of white space: a fifth of many pages is indentation.
  void append_collapsed(std::string_view text) {
    constexpr ByteSet k_spaces(is_html_space);
    while (!text.empty()) {
      // Words with one space between them go over as they are.
      std::size_t end = k_spaces.find_in(text);
      while (end + 1 < text.size() && end > 0 && text[end] == ' ' && !k_spaces.has(text[end + 1]))
        end = k_spaces.find_in(text, skip_plain_words(text, end + 1));
      m_page.html += text.substr(0, end);
      text.remove_prefix(end);
      if (text.empty()) return;
      std::size_t space = 1;
      while (space < text.size() && k_spaces.has(text[space]))
        ++space;
      if (m_page.html.empty() || m_page.html.back() != ' ') m_page.html += ' ';
      text.remove_prefix(space);
    }
  }

  /// Continues behind `end`, as if nothing had stood before it.
  void skip_to(std::size_t end) {
    m_scanner.seek(end);
    m_text_from = end;
  }

  void open(const Token& token) {
    switch (token.tag) {
      case GUMBO_TAG_SCRIPT:
        skip_to(std::min(m_scanner.raw_text_end(token.name), m_html.size()));
        return;
      case GUMBO_TAG_STYLE:
        cut_style(token);
        return;
      case GUMBO_TAG_IFRAME:
      case GUMBO_TAG_NOEMBED:
        cut_raw(token);
        return;
      case GUMBO_TAG_NOSCRIPT:
      case GUMBO_TAG_NOFRAMES:
        if (m_fallbacks == Fallbacks::leave_out) cut_raw(token);
        return;
      case GUMBO_TAG_SVG:
        skip_to(svg_end(m_html, m_scanner));
        return;
      case GUMBO_TAG_TEMPLATE:
        cut_template(token);
        return;
      case GUMBO_TAG_TITLE:
      case GUMBO_TAG_TEXTAREA:
        copy_raw(token);
        return;
      case GUMBO_TAG_XMP:
        m_page.html += "<pre>";
        copy_escaped(token.name);
        m_page.html += "</pre>";
        return;
      case GUMBO_TAG_FRAMESET:
        if (m_fallbacks == Fallbacks::leave_out) m_page.html += "<frameset>";
        return;
      case GUMBO_TAG_LINK:
        write_canonical_link(token);
        return;
      case GUMBO_TAG_INPUT:
        write_input(token);
        return;
      case GUMBO_TAG_PLAINTEXT:
      case GUMBO_TAG_ISINDEX:
      case GUMBO_TAG_META:
      case GUMBO_TAG_FRAME:
      case GUMBO_TAG_EMBED:
      case GUMBO_TAG_PARAM:
      case GUMBO_TAG_SOURCE:
      case GUMBO_TAG_TRACK:
      case GUMBO_TAG_AREA:
      case GUMBO_TAG_WBR:
        return;
      case GUMBO_TAG_HTML:
      case GUMBO_TAG_HEAD:
      case GUMBO_TAG_BODY:
        m_writer.write_open(token, token.tag);
        return;
      default:
        open_element(token);
    }
  }

  void open_element(const Token& token) {
    const GumboTag tag = written_tag(token);
    if (is_void(tag)) {
      if (m_open_tags.add_void()) {
        m_writer.write_open(token, tag);
      } else {
        m_page.html += ' ';
      }
      return;
    }
    const std::size_t before = m_page.html.size();
    const bool written_any = m_writer.write_open(token, tag);
    const bool plain = !written_any && is_meaningless(tag);
    if (m_open_tags.open(tag, plain)) {
      m_pre += keeps_space(tag) ? 1 : 0;
      return;
    }
    m_page.html.resize(before);
    // What an element kept apart stays apart without it.
    if (is_formatting(tag) || m_page.html.ends_with("<br>")) return;
    m_page.html += m_open_tags.add_void() ? "<br>" : " ";
  }

  /// The URL that a page says it has, for pages that come without one.
  void write_canonical_link(const Token& token) {
    std::string_view rest = token.attributes;
    std::string_view href;
    bool is_canonical = false;
    RawAttribute attribute;
    while (next_attribute(rest, attribute)) {
      if (iequals(attribute.name, "rel")) is_canonical = iequals(trim(attribute.value), "canonical");
      if (iequals(attribute.name, "href")) href = attribute.value;
    }
    if (!is_canonical || href.empty() || href.size() > k_longest_value || !m_open_tags.add_void()) return;
    m_page.html += "<link";
    m_writer.write_attribute("href", href);
    m_page.html += '>';
  }

  /// A password's field tells a login box from a form to write in, and a button what it chooses; no other
  /// says anything.
  void write_input(const Token& token) {
    std::string_view rest = token.attributes;
    RawAttribute attribute;
    while (next_attribute(rest, attribute)) {
      if (!iequals(attribute.name, "type")) continue;
      const bool is_telling = iequals(attribute.value, "password") || iequals(attribute.value, "button") ||
                              iequals(attribute.value, "submit");
      if (is_telling && m_open_tags.add_void()) m_writer.write_open(token, token.tag);
      return;
    }
  }

  void close(const Token& token) {
    switch (token.tag) {
      case GUMBO_TAG_HTML:
      case GUMBO_TAG_HEAD:
      case GUMBO_TAG_BODY:
      case GUMBO_TAG_FRAMESET:
        return;
      default:
        break;
    }
    const GumboTag tag = written_tag(token);
    if (is_void(tag) && tag != GUMBO_TAG_BR) return;
    if (!m_open_tags.close(tag)) {
      if (tag == GUMBO_TAG_P || tag == GUMBO_TAG_BR) m_page.html += ' ';  // what it kept apart stays apart
      return;
    }
    if (keeps_space(tag) && m_pre > 0) --m_pre;
    m_page.html += "</";
    m_page.html += gumbo_normalized_tagname(tag);
    m_page.html += '>';
  }

  static bool keeps_space(GumboTag tag) { return tag == GUMBO_TAG_PRE || tag == GUMBO_TAG_LISTING; }

  /// Formatting that Markdown has no sign for.
  static bool is_meaningless(GumboTag tag) {
    return tag == GUMBO_TAG_FONT || tag == GUMBO_TAG_SMALL || tag == GUMBO_TAG_BIG || tag == GUMBO_TAG_U ||
           tag == GUMBO_TAG_NOBR || tag == GUMBO_TAG_TT || tag == GUMBO_TAG_S || tag == GUMBO_TAG_STRIKE;
  }

  static GumboTag written_tag(const Token& token) {
    if (token.tag == GUMBO_TAG_FORM) return GUMBO_TAG_DIV;
    if (token.tag != GUMBO_TAG_UNKNOWN) return token.tag;
    return iequals(token.name, "dialog") ? GUMBO_TAG_DIV : GUMBO_TAG_SPAN;
  }

  /// Raw text that nothing ends is no raw text: a page cut short, or one that an old browser read otherwise.
  std::optional<std::size_t> raw_end(const Token& token) {
    const auto slot = static_cast<std::size_t>(token.tag);
    if (m_unended[slot]) return std::nullopt;
    const std::size_t end = m_scanner.raw_text_end(token.name);
    if (end != k_npos) return end;
    m_unended[slot] = true;
    return std::nullopt;
  }

  void cut_raw(const Token& token) {
    if (const auto end = raw_end(token)) skip_to(*end);
  }

  /// With its content, unless it is a declarative shadow tree, which is shown, or has no end.
  void cut_template(const Token& token) {
    std::string_view rest = token.attributes;
    RawAttribute attribute;
    while (next_attribute(rest, attribute)) {
      if (iequals(attribute.name, "shadowrootmode")) return;
    }
    if (m_unended[GUMBO_TAG_TEMPLATE]) return;
    const auto end = template_end(m_html, m_scanner);
    m_unended[GUMBO_TAG_TEMPLATE] = !end;
    if (end) skip_to(*end);
  }

  void cut_style(const Token& token) {
    const std::size_t end = std::min(m_scanner.raw_text_end(token.name), m_html.size());
    const std::string_view rules = m_html.substr(token.end, end - token.end);
    if (may_letter_lists(rules)) m_writer.keep_names_of_lists();
    if (may_letter_lists(rules) || may_reverse_text(rules)) m_page.style_rules.emplace_back(rules);
    skip_to(end);
  }

  void copy_raw(const Token& token) {
    const auto end = raw_end(token);
    if (!end) return;
    m_writer.write_open(token, token.tag);
    m_page.html.append(m_html, token.end, *end - token.end);
    m_page.html += token.tag == GUMBO_TAG_TITLE ? "</title>" : "</textarea>";
    Token closing;
    m_scanner.seek(*end);
    m_text_from = m_scanner.next(closing) ? closing.end : m_html.size();
  }

  void copy_escaped(std::string_view name) {
    const std::size_t end = std::min(m_scanner.raw_text_end(name), m_html.size());
    for (const char c : m_html.substr(m_text_from, end - m_text_from)) {
      if (c == '<') {
        m_page.html += "&lt;";
      } else if (c == '&') {
        m_page.html += "&amp;";
      } else {
        m_page.html += c;
      }
    }
    skip_to(end);
  }

  std::string_view m_html;
  TagScanner m_scanner;
  Fallbacks m_fallbacks;
  PrunedPage m_page;
  TagWriter m_writer;
  OpenTags m_open_tags;
  std::size_t m_text_from = 0;
  std::size_t m_pre = 0;  ///< elements open in which white space counts
  std::array<bool, GUMBO_TAG_LAST + 1> m_unended{};
};

}  // namespace

PrunedPage prune(std::string_view html, Fallbacks fallbacks, std::string_view place) {
  return Pruner(html, fallbacks, place).run();
}

}  // namespace winnow
