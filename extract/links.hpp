// Where a page's links lead: to the original web, never into an archive.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "model/url.hpp"

namespace winnow {

/// The original's URL when `url` is one of a replay
/// ("https://web.archive.org/web/20110521195625id_/http://..." or
/// "/web/2011.../http://...", as rewritten pages have), else `url` itself.
[[nodiscard]] std::string_view unwrap_replay_url(std::string_view url);

/// Bytes. Browsers of the archives' years took URLs of 2,083 at most; a long `<base href>` would make
/// kilobytes of each short link.
inline constexpr std::size_t k_longest_link = 2048;

class LinkResolver {
public:
  /// `page_url` may be empty or a replay URL; `base_href` is the page's `<base href>`, or empty.
  LinkResolver(std::string_view page_url, std::string_view base_href);

  /// The absolute URL of a link, or the reference as it is when the page's URL is not known. Nothing for what
  /// is no place to go (javascript:, data: and the like, empty references), nor for what is longer than
  /// k_longest_link or relative to a base that is.
  [[nodiscard]] std::optional<std::string> operator()(std::string_view href);

  /// Whether any link so far would lead elsewhere on a page of another URL.
  [[nodiscard]] bool used_page_url() const { return m_used_page_url; }

private:
  std::optional<Url> m_base;
  bool m_base_too_long = false;
  bool m_base_is_page = true;
  bool m_used_page_url = false;
};

}  // namespace winnow
