// A link as it stands on a page: read by extract/page_links.hpp, judged by crawler/policy_link.hpp.
#pragma once

#include <string>

namespace winnow {

/// Texts are UTF-8 in one line, white space collapsed, nothing escaped.
struct PageLink {
  std::string
      url;  ///< where it leads, fragment and all: never into an archive; absolute on a page of known URL
  std::string text;    ///< what is read there: words and images' alternative texts
  std::string label;   ///< its aria-label, else its title; mostly empty
  std::string before;  ///< the end of what is read before it, since the block's beginning or the link before
  std::string rel;     ///< the attribute's value: "privacy-policy" (RFC 6903), "nofollow noopener"
  bool in_footer = false;

  bool operator==(const PageLink&) const = default;
};

}  // namespace winnow
