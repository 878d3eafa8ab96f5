// Anybody's Markdown as HTML that is safe to show.
#include <algorithm>
#include <array>

#include "extract/markdown_html.hpp"
#include "extract/tag_scanner.hpp"
#include "model/headers.hpp"
#include "shown_text.hpp"

using namespace winnow;

namespace {

bool is_plain_tag(GumboTag tag) {
  constexpr std::array k_tags = {
      GUMBO_TAG_P,     GUMBO_TAG_H1,  GUMBO_TAG_H2,     GUMBO_TAG_H3, GUMBO_TAG_H4,         GUMBO_TAG_H5,
      GUMBO_TAG_H6,    GUMBO_TAG_UL,  GUMBO_TAG_OL,     GUMBO_TAG_LI, GUMBO_TAG_PRE,        GUMBO_TAG_CODE,
      GUMBO_TAG_HR,    GUMBO_TAG_BR,  GUMBO_TAG_STRONG, GUMBO_TAG_EM, GUMBO_TAG_TABLE,      GUMBO_TAG_THEAD,
      GUMBO_TAG_TBODY, GUMBO_TAG_TR,  GUMBO_TAG_TH,     GUMBO_TAG_TD, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_A,
      GUMBO_TAG_IMG,   GUMBO_TAG_DEL, GUMBO_TAG_SUP};
  return std::find(k_tags.begin(), k_tags.end(), tag) != k_tags.end();
}

/// As a browser reads a scheme: control characters and spaces before it, tabs and line ends within.
bool is_safe_target(std::string_view target) {
  if (target.find('\n') != std::string_view::npos || target.find('\t') != std::string_view::npos)
    return false;
  if (!target.empty() && static_cast<unsigned char>(target.front()) <= ' ') return false;
  const std::size_t end = target.find_first_of(":/?#");
  if (end == std::string_view::npos || target[end] != ':') return true;
  constexpr std::array<std::string_view, 4> k_schemes = {"http", "https", "mailto", "tel"};
  return std::any_of(k_schemes.begin(), k_schemes.end(),
                     [&](std::string_view scheme) { return iequals(target.substr(0, end), scheme); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string markdown = fuzz::decoded(fuzz::as_text(data, size));
  const std::string html = markdown_to_html(markdown);
  fuzz::demand(fuzz::is_utf8(html), "HTML is UTF-8");
  fuzz::demand(html.size() <= 64 * markdown.size() + 1024, "HTML does not multiply");
  fuzz::demand_equal(markdown_to_html(markdown), html, "the same Markdown gives the same HTML");

  TagScanner scanner(html);
  Token token;
  while (scanner.next(token)) {
    fuzz::demand(token.kind != TokenKind::comment, "no comments but ours");
    fuzz::demand(is_plain_tag(token.tag), "no tags but ours");
    std::string_view rest = token.attributes;
    RawAttribute attribute;
    while (token.kind == TokenKind::open && next_attribute(rest, attribute)) {
      const bool is_target = attribute.name == "href" || attribute.name == "src";
      const bool is_number = attribute.name == "start" || attribute.name == "value";
      fuzz::demand(is_target || is_number || attribute.name == "alt" || attribute.name == "id",
                   "no attributes but ours");
      if (is_target) fuzz::demand(is_safe_target(attribute.value), "no link leads where script runs");
    }
  }
  return 0;
}
