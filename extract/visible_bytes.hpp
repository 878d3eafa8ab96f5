// A page's bytes as far as a reader sees them, before anything is known of their encoding.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "extract/tag_scanner.hpp"

namespace winnow {

/// Walks over the tags that are no part of a script's or a style sheet's text. One that nothing ends is no
/// raw text: a page cut short. Linear.
class VisibleTags {
public:
  explicit VisibleTags(std::string_view html) : m_html(html), m_scanner(html) {}

  /// False at the end. `token.end` of a script or style sheet is behind its text.
  [[nodiscard]] bool next(Token& token);

private:
  std::string_view m_html;
  TagScanner m_scanner;
  bool m_unended_script = false;
  bool m_unended_style = false;
};

/// The text between tags that has bytes beyond ASCII, with a little of the ASCII around them; `most` bytes at
/// most. Before it may stand any number of scripts, style sheets and English menus, whose letters would tell
/// a detector of English. In every encoding whose characters go on with bytes of ASCII, `<` and `>` are none
/// of those.
[[nodiscard]] std::string visible_sample(std::string_view bytes, std::size_t most);

}  // namespace winnow
