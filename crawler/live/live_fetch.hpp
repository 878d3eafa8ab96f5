// One page as its site answers now: robots.txt asked, redirects followed, and only what has changed sent.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "crawler/failure.hpp"
#include "crawler/live/live_hosts.hpp"
#include "crawler/replay_fetch.hpp"
#include "crawler/transfers.hpp"
#include "model/headers.hpp"
#include "model/timestamp.hpp"
#include "model/url.hpp"

namespace winnow {

/// What the store knows of a URL since the last time that it was fetched from its site.
struct LiveCopy {
  Timestamp timestamp;
  Headers headers;  ///< of the response; ETag and Last-Modified are of use
};

/// The response as if an archive had played it, so that it goes the way of all: `original` is the URL that
/// answered, `timestamp` the moment; provenance has the archive k_live_archive, the hops, the site's own
/// header fields as the original's, and not_modified_since when the site has sent no body but confirmed the
/// copy.
using LiveResult = std::variant<ReplayedResponse, Failure, Stopped>;

/// The URL as it is asked for: http(s), without userinfo, fragment and default port, fit for a request line.
/// Nothing for other schemes, what has no host, and what is longer than 8,000 bytes.
[[nodiscard]] std::optional<Url> live_url(std::string_view text);

/// For one thread; LiveHosts are shared by all.
class LiveFetch {
public:
  explicit LiveFetch(LiveHosts& hosts);

  using CopyOf = std::function<std::optional<LiveCopy>(const std::string& url)>;

  /// Asks the URL's host for robots.txt, then for the page; likewise where redirects lead, ten at most. A
  /// site on the public internet cannot send us elsewhere (Reach::public_only). Failures:
  ///   robots_disallowed  robots.txt forbids the page, or one that it redirects to
  ///   transport_error    no usable answer within the client's times, or robots.txt can't be had
  ///   rate_limited       429 or 503, now or before
  ///   http_error         another status than 200 and redirects
  ///   redirect_loop      redirects in a circle, too many, to another scheme, into a private network
  ///   truncated, too_large
  [[nodiscard]] LiveResult fetch(const std::string& url, const CopyOf& copy_of);

private:
  [[nodiscard]] std::optional<std::variant<Failure, Stopped>> forbidden(const Url& url, Reach reach);
  [[nodiscard]] LiveHost::Outcome ask_for_robots(const Url& url, Reach reach);
  [[nodiscard]] HttpRequest request(const Url& url, Reach reach) const;

  LiveHosts& m_hosts;
  Transfers m_transfers;
};

}  // namespace winnow
