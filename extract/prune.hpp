// A page made ready for the parser: bounded, and without what never becomes text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// What stands in for content that a browser with scripts and frames would not show.
enum class Fallbacks {
  leave_out,  ///< noscript and noframes go
  keep,       ///< their content stands in the page: for pages that have nothing else
};

struct PrunedPage {
  std::string html;                      ///< UTF-8, for the parser
  bool too_deep = false;                 ///< tags were left out where they nest too deep or cost too much
  bool has_place = false;                ///< an element is the place that was asked for
  std::vector<std::string> style_rules;  ///< contents of `<style>` elements that StyleRules are made of
};

/// Cuts script, style, svg, template, comments and form controls without text; drops attributes that say
/// nothing about the text and formatting elements that are left without any; writes forms as `div`, elements
/// unknown to HTML as `span`, `dialog` as a `div` of that role; and keeps the nesting within bounds
/// (extract/open_tags.hpp). Linear in the page's size. Gumbo needs half the time for what is left: its time
/// goes by the character.
///
/// `place` is a URL's fragment, unescaped: the first element of that id, or `<a>` of that name, gets the
/// attribute k_place. Empty: none.
[[nodiscard]] PrunedPage prune(std::string_view html, Fallbacks fallbacks, std::string_view place = {});

inline constexpr const char* k_place = "target";  ///< which is cut of all other elements

}  // namespace winnow
