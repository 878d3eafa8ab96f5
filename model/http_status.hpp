// What HTTP's status codes mean, as far as every stage must mean the same by them (RFC 9110 §15).
#pragma once

namespace winnow {

/// Whether a Location, if there is one, is where the resource is. 304 and 305 may have one that says
/// something else, 306 is unused; 300 names the preferred one of several choices.
[[nodiscard]] constexpr bool is_redirect(int status) {
  return (status >= 300 && status <= 303) || status == 307 || status == 308;
}

/// Whether a response has no body, whatever its Content-Length says (§6.4.1).
[[nodiscard]] constexpr bool has_no_body(int status) {
  return status == 204 || status == 304;
}

}  // namespace winnow
