// Where a page's links lead: to the original web, never into an archive.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/url.hpp"

namespace winnow {

/// The original's URL when `url` is one of a replay
/// ("https://web.archive.org/web/20110521195625id_/http://..." or
/// "/web/2011.../http://...", as rewritten pages have), else `url` itself.
[[nodiscard]] std::string_view unwrap_replay_url(std::string_view url);

class LinkResolver {
public:
  /// `page_url` may be empty or a replay URL; `base_href` is the page's `<base href>`, or empty.
  LinkResolver(std::string_view page_url, std::string_view base_href);

  /// The absolute URL of a link, or the reference as it is when the page's URL is not known. Nothing for what
  /// is no place to go: javascript:, data: and the like, and empty references.
  [[nodiscard]] std::optional<std::string> operator()(std::string_view href) const;

private:
  std::optional<Url> m_base;
};

}  // namespace winnow
