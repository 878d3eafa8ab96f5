#include "extract/page_pointers.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "extract/charset.hpp"
#include "extract/content_kind.hpp"
#include "extract/links.hpp"
#include "extract/page_tree.hpp"
#include "extract/style.hpp"
#include "extract/tag_scanner.hpp"
#include "model/ascii.hpp"
#include "model/body_limit.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

std::string_view attribute_of(std::string_view attributes, std::string_view name) {
  RawAttribute attribute;
  while (next_attribute(attributes, attribute)) {
    if (iequals(attribute.name, name)) return attribute.value;
  }
  return {};
}

bool is_canonical(std::string_view rel) {
  bool found = false;
  for_class_names(rel, [&](std::string_view one) { found |= iequals(one, "canonical"); });
  return found;
}

/// The URL of `5; url='/privacy'`, as the HTML standard's shared declarative refresh steps take it apart.
std::string_view refresh_target(std::string_view content) {
  content = trim(content);
  const std::size_t digits =
      static_cast<std::size_t>(std::find_if_not(content.begin(), content.end(), is_digit) - content.begin());
  const bool soon = digits == 1 || content.substr(0, digits) == "10";
  if (!soon) return {};
  content.remove_prefix(std::min(content.find_first_of(";,"), content.size()));
  if (content.empty()) return {};
  content = trim(content.substr(1));
  if (content.size() > 3 && iequals(content.substr(0, 3), "url")) {
    const std::string_view rest = trim(content.substr(3));
    if (rest.starts_with('=')) content = trim(rest.substr(1));
  }
  if (content.size() > 1 && (content.front() == '\'' || content.front() == '"')) {
    const char quote = content.front();
    content.remove_prefix(1);
    content = content.substr(0, content.find(quote));
  }
  return content;
}

/// An attribute's value with its character references decoded.
std::string decoded(std::string_view value) {
  if (value.find('&') == value.npos) return std::string(value);
  std::string flat = "<a href=\"";
  for (const char c : value.substr(0, k_longest_link)) {
    if (c == '"')
      flat += "&quot;";
    else
      flat += c;
  }
  flat += "\">";
  const PageTree tree(flat);
  for (NodeIndex i = 0; i < tree.size(); ++i) {
    if (tree[i].tag == GUMBO_TAG_A) return std::string(tree.attribute(i, "href"));
  }
  return {};
}

/// Not yet resolved.
struct RawPointers {
  std::string base, canonical, refresh;
};

RawPointers find_pointers(std::string_view html) {
  RawPointers found;
  TagScanner scanner(html);
  Token token;
  while (scanner.next(token)) {
    if (token.kind != TokenKind::open) continue;
    switch (token.tag) {
      case GUMBO_TAG_SCRIPT:
      case GUMBO_TAG_STYLE:
        scanner.seek(std::min(scanner.raw_text_end(token.name), html.size()));
        break;
      case GUMBO_TAG_BASE:
        if (found.base.empty()) found.base = decoded(attribute_of(token.attributes, "href"));
        break;
      case GUMBO_TAG_LINK:
        if (found.canonical.empty() && is_canonical(attribute_of(token.attributes, "rel")))
          found.canonical = decoded(attribute_of(token.attributes, "href"));
        break;
      case GUMBO_TAG_META:
        if (found.refresh.empty() && iequals(attribute_of(token.attributes, "http-equiv"), "refresh"))
          found.refresh = refresh_target(decoded(attribute_of(token.attributes, "content")));
        break;
      default:
        break;
    }
  }
  return found;
}

}  // namespace

PagePointers page_pointers(std::string_view bytes, const Hints& hints) {
  if (content_kind(bytes, hints.content_type) != ContentKind::html) return {};
  bytes = bytes.substr(0, k_largest_body);
  const Charset charset = choose_charset(bytes, hints.content_type);
  const DecodedPage page = decode_page(bytes, *charset.encoding);
  const RawPointers raw = find_pointers(page.utf8);
  LinkResolver resolve(hints.url, raw.base);
  const auto resolved = [&](const std::string& href) {
    return href.empty() ? std::string() : resolve(href).value_or("");
  };
  return {resolved(raw.canonical), resolved(raw.refresh)};
}

}  // namespace winnow
