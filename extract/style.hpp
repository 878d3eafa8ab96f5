// The few things of CSS that decide whether, and which way round, text is shown.
#pragma once

#include <string>
#include <string_view>
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

/// Which elements show their text reversed. Addresses are hidden from harvesters by writing them backwards
/// below `unicode-bidi: bidi-override; direction: rtl`; taken as they stand they read "moc.elpmaxe@ofni".
class ReversedText {
public:
  /// From the page's `<style>` elements: rules with both properties whose selectors end in a class or an id.
  explicit ReversedText(const std::vector<std::string>& style_rules);

  [[nodiscard]] bool operator()(const PageTree& tree, NodeIndex index) const;

private:
  void read_rules(std::string_view css);
  void read_rule(std::string_view selectors, std::string_view declarations);
  std::unordered_set<std::string> m_classes;
  std::unordered_set<std::string> m_ids;
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
