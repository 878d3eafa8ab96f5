// What one HTTP answer of a replay server in the manner of web.archive.org means. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crawler/failure.hpp"
#include "crawler/requests.hpp"
#include "model/headers.hpp"
#include "model/reason.hpp"

namespace winnow {

/// Who speaks, and what about. Memento-Datetime (RFC 7089 §2.1.1) decides: with it the answer is an archived
/// response, whatever its status (an archived 429, 404 or redirect is a result); without it the archive
/// speaks.
struct ReplayVerdict {
  enum class Kind {
    archived,
    redirect,  ///< the archive's own, to the capture that it chose
    failed,    ///< for good: excluded, not archived, unplayable
    retry,     ///< the archive's momentary trouble, which may also be for good: unplayable in the end
    limited,   ///< 429 or 503 of the archive itself, or a page that says so
  };
  Kind kind = Kind::failed;
  Reason reason = Reason::unplayable;  ///< unless archived or redirect
  std::string detail;                  ///< unless archived or redirect: one line of evidence
};

[[nodiscard]] ReplayVerdict classify_replay(int status, const Headers& headers, std::string_view body);

/// Whether an archived response has fewer bytes than its original had (`X-Archive-Orig-Content-Length`, the
/// same coding). libcurl does not notice a Content-Length that is too small. Some captures are like that for
/// good: cut by the crawler, or by a server that announced more than it sent.
[[nodiscard]] bool shorter_than_original(int status, const Headers& headers, std::uint64_t received);

/// The target of the first link with that relation in a Link header (RFC 8288): `original`, `timemap`.
[[nodiscard]] std::optional<std::string> link_target(const Headers& headers, std::string_view relation);

/// The archived response's own header fields, `X-Archive-Orig-` taken off.
[[nodiscard]] Headers original_headers(const Headers& headers);

/// The same of pywb and other Memento archives, which pass some on under their own names: Content-Type,
/// Content-Language, Content-Disposition, Location.
[[nodiscard]] Headers original_headers_passed_on(std::string_view base_url, const Headers& headers);

/// Where an archived redirect led, when the archive of `base_url` has made its Location lead into itself:
/// `<base URL>/20110521195625mp_/http://www.soompi.com/` -> `http://www.soompi.com/`. Others stay.
[[nodiscard]] std::string_view unrewritten_location(std::string_view base_url, std::string_view location);

/// The archive's answer's fields: all the others.
[[nodiscard]] Headers archive_headers(const Headers& headers);

}  // namespace winnow
