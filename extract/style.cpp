#include "extract/style.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "extract/characters.hpp"
#include "model/ascii.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

constexpr std::size_t k_npos = std::string_view::npos;

/// `name: value` pairs, without `!important`.
template <class Visit>
void for_declarations(std::string_view declarations, Visit visit) {
  while (!declarations.empty()) {
    const std::size_t end = std::min(declarations.find(';'), declarations.size());
    const std::string_view one = declarations.substr(0, end);
    declarations.remove_prefix(std::min(end + 1, declarations.size()));
    const std::size_t colon = one.find(':');
    if (colon == k_npos) continue;
    std::string_view value = trim(one.substr(colon + 1));
    value = trim(value.substr(0, value.find('!')));
    visit(trim(one.substr(0, colon)), value);
  }
}

bool is_name_char(char c) {
  return is_letter_or_digit(c) || c == '-' || c == '_' || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool letters_lists(std::string_view list_style) {
  constexpr std::array<std::string_view, 3> k_endings = {"-alpha", "-latin", "-roman"};
  return std::any_of(k_endings.begin(), k_endings.end(),
                     [list_style](std::string_view ending) { return list_style.find(ending) != k_npos; });
}

/// The class or id that a selector ends in, with its sign; empty when it ends in neither.
std::string_view last_name(std::string_view selector) {
  std::size_t begin = selector.size();
  while (begin > 0 && is_name_char(selector[begin - 1]))
    --begin;
  if (begin == 0 || begin == selector.size()) return {};
  const char sign = selector[begin - 1];
  return sign == '.' || sign == '#' ? selector.substr(begin - 1) : std::string_view();
}

/// The class, id or tag of the lists that a selector is for, whatever stands around them; empty when it is
/// for others, or for more than that.
std::string_view list_selected(std::string_view selector) {
  if (selector.ends_with("li") && selector.size() > 2 && !is_name_char(selector[selector.size() - 3])) {
    selector.remove_suffix(2);
    while (selector.ends_with(' ') || selector.ends_with('>'))
      selector.remove_suffix(1);
  }
  if (selector == "ol") return selector;
  if (selector.starts_with("ol.") || selector.starts_with("ol#")) selector.remove_prefix(2);
  const std::string_view name = last_name(selector);
  return name.size() == selector.size() ? name : std::string_view();
}

}  // namespace

InlineStyle parse_style(std::string_view style) {
  InlineStyle result;
  for_declarations(style, [&](std::string_view name, std::string_view value) {
    if (iequals(name, "display")) {
      result.hidden |= iequals(value, "none");
      result.block = iequals(value, "block") || iequals(value, "table") || iequals(value, "flex") ||
                     iequals(value, "list-item");
    } else if (iequals(name, "font-weight")) {
      const bool is_heavy = value.size() == 3 && value.front() >= '6' && value.front() <= '9';
      result.strong = iequals(value, "bold") || iequals(value, "bolder") || is_heavy;
    } else if (iequals(name, "visibility")) {
      if (iequals(value, "hidden") || iequals(value, "collapse")) result.hidden = true;
    } else if (iequals(name, "unicode-bidi")) {
      result.bidi_override = iequals(value, "bidi-override") || iequals(value, "isolate-override");
    } else if (iequals(name, "direction")) {
      result.right_to_left = iequals(value, "rtl");
    } else if (iequals(name, "list-style-type") || iequals(name, "list-style")) {
      result.list_style = value;
    }
  });
  return result;
}

bool may_reverse_text(std::string_view css) {
  return css.find("bidi-override") != k_npos;
}

bool may_letter_lists(std::string_view css) {
  return css.find("list-style") != k_npos && letters_lists(css);
}

StyleRules::StyleRules(const std::vector<std::string>& style_rules) {
  for (const std::string& css : style_rules)
    read_rules(css);
}

void StyleRules::read_rules(std::string_view css) {
  // Innermost blocks, one after another.
  std::size_t selectors_begin = 0;
  std::size_t open = k_npos;
  for (std::size_t at = 0; at < css.size(); ++at) {
    if (css[at] == '{') {
      if (open != k_npos) selectors_begin = open + 1;
      open = at;
    } else if (css[at] == '}') {
      if (open != k_npos) {
        read_rule(css.substr(selectors_begin, open - selectors_begin), css.substr(open + 1, at - open - 1));
      }
      selectors_begin = at + 1;
      open = k_npos;
    }
  }
}

void StyleRules::read_rule(std::string_view selectors, std::string_view declarations) {
  const InlineStyle style = parse_style(declarations);
  const bool reverses = style.bidi_override && style.right_to_left;
  const bool letters = letters_lists(style.list_style);
  if (!reverses && !letters) return;
  while (!selectors.empty()) {
    const std::size_t comma = std::min(selectors.find(','), selectors.size());
    const std::string_view selector = trim(selectors.substr(0, comma));
    selectors.remove_prefix(std::min(comma + 1, selectors.size()));
    if (const std::string_view name = last_name(selector); reverses && !name.empty())
      m_reversed.emplace(name);
    if (const std::string_view list = list_selected(selector); letters && !list.empty())
      m_list_styles.insert_or_assign(std::string(list), std::string(style.list_style));
  }
}

bool StyleRules::is_reversed(const PageTree& tree, NodeIndex index) const {
  if (tree[index].tag == GUMBO_TAG_BDO && iequals(tree.attribute(index, "dir"), "rtl")) return true;
  const std::string_view inline_style = tree.attribute(index, "style");
  if (inline_style.find("bidi") != k_npos) {
    const InlineStyle style = parse_style(inline_style);
    if (style.bidi_override) return style.right_to_left || iequals(tree.attribute(index, "dir"), "rtl");
  }
  if (m_reversed.empty()) return false;
  if (m_reversed.contains('#' + std::string(tree.attribute(index, "id")))) return true;
  bool found = false;
  for_class_names(tree.attribute(index, "class"), [&](std::string_view name) {
    found = found || m_reversed.contains('.' + std::string(name));
  });
  return found;
}

std::string_view StyleRules::list_style(const PageTree& tree, NodeIndex index) const {
  if (m_list_styles.empty() || tree[index].tag != GUMBO_TAG_OL) return {};
  std::string_view style;
  const auto look_up = [&](const std::string& name) {
    const auto found = m_list_styles.find(name);
    if (found != m_list_styles.end()) style = found->second;
  };
  look_up("ol");
  for_class_names(tree.attribute(index, "class"),
                  [&](std::string_view name) { look_up('.' + std::string(name)); });
  look_up('#' + std::string(tree.attribute(index, "id")));
  return style;
}

std::string reverse_text(std::string_view text) {
  std::string reversed;
  reversed.reserve(text.size());
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  std::size_t cluster_end = text.size();
  for (std::size_t at = text.size(); at-- > 0;) {
    if ((data[at] & 0xC0U) == 0x80U) continue;
    auto marks = static_cast<std::int64_t>(at);
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(data, marks, size, c);
    if (at > 0 && u_getCombiningClass(c) != 0) continue;
    append_utf8(reversed, u_charMirror(c));
    reversed.append(text, static_cast<std::size_t>(marks), cluster_end - static_cast<std::size_t>(marks));
    cluster_end = at;
  }
  return reversed;
}

}  // namespace winnow
