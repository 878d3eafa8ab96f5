// URLs of mementos: `<archive>/web/<timestamp><flag>/<original>`, as web.archive.org writes them and pywb,
// OpenWayback and winnow's own server after it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/timestamp.hpp"

namespace winnow {

/// Such a URL taken apart; the views are into what was parsed. All it says is how the URL is spelled: who
/// needs a whole timestamp, a flag or an archive of its own looks at the part.
struct MementoUrl {
  std::string_view archive;  ///< all before "/web/": `https://web.archive.org`; empty for a mere path
  std::string_view digits;   ///< of the timestamp, 1 to 14: `2011` asks for what is nearest
  std::string_view flag;  ///< how it is played: `id_` is as captured, then `if_`, `im_`, `wkf_`...; or empty
  std::string_view original;  ///< as it stands there (see archived_url()); empty when nothing follows

  /// The capture's, when all fourteen digits are there and are a date.
  [[nodiscard]] std::optional<Timestamp> timestamp() const { return Timestamp::parse(digits); }
};

/// Takes the first "/web/" that a timestamp and a slash follow; an original may hold another one. Nothing for
/// calendars (`/web/*/...`, `/web/2011*/...`), timegates (`/web/http://...`) and other URLs.
[[nodiscard]] std::optional<MementoUrl> parse_memento_url(std::string_view url);

/// `<archive>/web/<14 digits><flag>/<original>`, the original escaped by the caller as the place wants it:
/// escape_for_request() for a request, quote() for the provenance header.
[[nodiscard]] std::string memento_url(std::string_view archive, Timestamp timestamp, std::string_view flag,
                                      std::string_view original);

/// The URL that an original in such a place stands for. It keeps its query string and its own escapes;
/// `http:/x`, as proxies and libraries collapse it, is mended; `http%3A//x` is unescaped, once. A URL without
/// a scheme (`soompi.com/privacy`, `//soompi.com/`) stays as it is.
[[nodiscard]] std::string archived_url(std::string_view original);

}  // namespace winnow
