// An archived text as part of a page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::serve {

struct OutlineEntry {
  int level = 1;     ///< 1 to 6
  std::string id;    ///< of the heading's element
  std::string text;  ///< HTML, without tags
};

struct PolicyHtml {
  std::string html;
  std::vector<OutlineEntry> outline;
};

/// The Markdown rendered (extract/markdown_html.hpp), and more: nothing in it is loaded from anywhere (of an
/// image its words stay), every link leads out and says nothing of where it was followed. A relative link is
/// resolved against `base`, the URL that was archived. Headings have ids: `s1`, `s2`...
[[nodiscard]] PolicyHtml policy_html(std::string_view markdown, std::string_view base);

}  // namespace winnow::serve
