// The HTTP response inside a WARC record, with the tolerance that browsers of every era had.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "model/headers.hpp"

namespace winnow {

struct HttpResponse {
  std::optional<int> status;  ///< nothing when the status line has no number
  Headers headers;
  std::size_t body_offset = 0;  ///< in the block
};

/// Takes the head of an archived response: line ends of either kind, folded fields, no reason, interim 1xx
/// responses before the final one, status lines like "HTTP/1.0 200 Document follows", "ICY 200 OK" or
/// "HTTP 404". Nothing when the block does not begin like an HTTP response: it is all body then.
[[nodiscard]] std::optional<HttpResponse> parse_http_response(std::string_view block);

/// The body as a web archive stores and digests it: without its transfer coding, still in its content coding.
[[nodiscard]] std::string stored_body(std::string block, const HttpResponse& response, std::size_t limit);

}  // namespace winnow
