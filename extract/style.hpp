// The few things of CSS that decide whether, and which way round, text is shown.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "extract/page_tree.hpp"

namespace winnow {

/// What an inline style says. Values that are not understood say nothing.
struct InlineStyle {
  bool hidden = false;          ///< display: none, or visibility: hidden or collapse
  bool block = false;           ///< display: block, table, flex or list-item
  bool strong = false;          ///< font-weight: bold, bolder or 600 and more
  bool bidi_override = false;   ///< unicode-bidi: bidi-override (or isolate-override)
  bool right_to_left = false;   ///< direction: rtl
  std::string_view list_style;  ///< the value of list-style-type or list-style
};
[[nodiscard]] InlineStyle parse_style(std::string_view style);

/// Whether the contents of a `<style>` element may turn text round, and whether they may give a list letters
/// or Roman numerals.
[[nodiscard]] bool may_reverse_text(std::string_view css);
[[nodiscard]] bool may_letter_lists(std::string_view css);

/// What a page's `<style>` elements say of its text: what stands in @media counts as if it stood outside, the
/// last rule as the strongest.
class StyleRules {
public:
  explicit StyleRules(const std::vector<std::string>& style_rules);

  /// Whether an element shows its text reversed. Addresses are hidden from harvesters by writing them
  /// backwards below `unicode-bidi: bidi-override; direction: rtl`; taken as they stand they read
  /// "moc.elpmaxe@ofni". Of rules those count with both properties whose selectors end in a class or an id.
  [[nodiscard]] bool is_reversed(const PageTree& tree, NodeIndex index) const;

  /// The list-style of a list as a rule for its one class, its id or for all lists of numbers says it, where
  /// that is letters or Roman numerals; else empty. `.terms > li` is a rule for the list, too. What follows
  /// from where a list stands (`.terms ol`) is not read, nor are `none` and the bullets: style sheets take
  /// all lists' marks away at their beginning, to give them back by rules that are not understood here.
  [[nodiscard]] std::string_view list_style(const PageTree& tree, NodeIndex index) const;

private:
  void read_rules(std::string_view css);
  void read_rule(std::string_view selectors, std::string_view declarations);

  // By ".class", "#id" and "ol".
  std::unordered_set<std::string> m_reversed;
  std::unordered_map<std::string, std::string> m_list_styles;
};

/// Reverses by code point, with brackets mirrored, as a browser shows it. Combining marks stay behind their
/// base.
[[nodiscard]] std::string reverse_text(std::string_view text);

/// Calls visit(token) for each of a class attribute's names.
template <class Visit>
void for_class_names(std::string_view classes, Visit visit) {
  constexpr std::string_view k_space = " \t\r\n\f";
  while (true) {
    const std::size_t begin = classes.find_first_not_of(k_space);
    if (begin == std::string_view::npos) return;
    classes.remove_prefix(begin);
    const std::size_t end = classes.find_first_of(k_space);
    visit(classes.substr(0, end));
    if (end == std::string_view::npos) return;
    classes.remove_prefix(end);
  }
}

}  // namespace winnow
