// URLs: taken apart and put together (RFC 3986), keyed (SURT) and quoted as web archives do.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace winnow {

/// The parts of an absolute URL, still escaped as they were written. Browsers' tolerance: surrounding white
/// space, tabs and line ends are dropped, a backslash is a slash in http(s), scheme and host are lower-cased.
struct Url {
  std::string scheme;                   ///< lower case, without ":"
  std::string userinfo;                 ///< without "@"; empty when there is none
  std::string host;                     ///< lower case; empty for mailto: and such; IPv6 keeps its brackets
  std::string port;                     ///< digits; empty when absent
  std::string path;                     ///< from the first "/"; for mailto: all that follows the colon
  std::optional<std::string> query;     ///< without "?"
  std::optional<std::string> fragment;  ///< without "#"

  [[nodiscard]] static std::optional<Url> parse(std::string_view text);  ///< nothing without a scheme
  [[nodiscard]] std::string str() const;
  [[nodiscard]] bool is_http() const { return scheme == "http" || scheme == "https"; }
};

/// Resolves a reference as it stands in a page or a Location header against the page's URL (RFC 3986 §5.2,
/// with browsers' tolerance). References with another scheme (mailto:, javascript:) are returned as they are.
[[nodiscard]] std::string resolve_url(const Url& base, std::string_view reference);

/// The URL's SURT key as web.archive.org's CDX computes it (`urlkey`): scheme, userinfo, `www.`, default
/// port, fragment, trailing slash and session ids dropped, all lower-cased, query parameters sorted, host
/// reversed:
///   http://www.Soompi.com:80/privacy/?b=2&a=1  ->  com,soompi)/privacy?a=1&b=2
/// After iipc/webarchive-commons, AggressiveIAURLCanonicalizer and SURT. What is no URL is its own key.
[[nodiscard]] std::string urlkey(std::string_view url);

/// The host part of a urlkey ("com,soompi)/privacy" -> "soompi.com").
[[nodiscard]] std::string urlkey_host(std::string_view urlkey);

/// A host's registrable domain by the public suffix list ("docs.soompi.co.uk" -> "soompi.co.uk"): winnow's
/// `site`. IP addresses, single labels and public suffixes themselves are returned whole.
[[nodiscard]] std::string registrable_domain(std::string_view host);

/// The site of a URL or a urlkey's host; empty when the URL has no host.
[[nodiscard]] std::string site_of_url(std::string_view url);

/// Python's urllib.parse.quote(url): all but letters, digits and `_.-~/` as %XX of their UTF-8 bytes. A
/// present
/// `%` becomes `%25`. The provenance header's spelling.
[[nodiscard]] std::string quote(std::string_view url);
/// Its inverse; a `%` that begins no escape stays.
[[nodiscard]] std::string unquote(std::string_view text);

/// A value for a query string: all but RFC 3986's unreserved characters escaped.
[[nodiscard]] std::string quote_query_value(std::string_view text);

/// A URL made safe to stand in a request line after "/web/<timestamp>id_/": white space, control characters,
/// `#` and non-ASCII bytes escaped, everything else (also `%`) as it is.
[[nodiscard]] std::string escape_for_request(std::string_view url);

}  // namespace winnow
