#include "extract/nested_cuts.hpp"

#include <algorithm>

namespace winnow {
namespace {

/// Elements of HTML whose start tag ends svg.
bool breaks_out_of_svg(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_B:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_I:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_P:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_UL:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::size_t svg_end(std::string_view html, TagScanner scanner) {
  std::size_t depth = 1;
  std::size_t html_inside = 0;  // foreignObject, title, desc: HTML may stand there
  Token token;
  while (scanner.next(token)) {
    const bool opens = token.kind == TokenKind::open;
    if (token.kind == TokenKind::comment || (opens && html[token.end - 2] == '/')) continue;
    if (token.tag == GUMBO_TAG_SVG) {
      depth += opens ? 1U : static_cast<std::size_t>(-1);
      if (depth == 0) return token.end;
    } else if (token.tag == GUMBO_TAG_FOREIGNOBJECT || token.tag == GUMBO_TAG_DESC ||
               token.tag == GUMBO_TAG_TITLE) {
      if (opens) {
        ++html_inside;
      } else if (html_inside > 0) {
        --html_inside;
      }
    } else if (opens && html_inside == 0 && breaks_out_of_svg(token.tag)) {
      return token.begin;
    }
  }
  return html.size();
}

std::optional<std::size_t> template_end(std::string_view html, TagScanner scanner) {
  std::size_t depth = 1;
  Token token;
  while (scanner.next(token)) {
    if (token.kind == TokenKind::open && (token.tag == GUMBO_TAG_SCRIPT || token.tag == GUMBO_TAG_STYLE)) {
      scanner.seek(std::min(scanner.raw_text_end(token.name), html.size()));
    }
    if (token.tag != GUMBO_TAG_TEMPLATE || token.kind == TokenKind::comment) continue;
    depth += token.kind == TokenKind::open ? 1U : static_cast<std::size_t>(-1);
    if (depth == 0) return token.end;
  }
  return std::nullopt;
}

}  // namespace winnow
