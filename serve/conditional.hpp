// Validators: whoever has an answer already is told so instead of being sent it again (RFC 9110, 13).
#pragma once

#include <string>
#include <string_view>

#include "serve/http_server.hpp"

namespace winnow::serve {

/// Names what an answer says, in quotes: the same bytes of the same type have the same tag.
[[nodiscard]] std::string etag_of(std::string_view content_type, std::string_view body);

/// Makes 304 of an answer of 200 when the request's If-None-Match names its `ETag`, or, without such a
/// header, its `Last-Modified` is no later than the request's If-Modified-Since. Other answers stay.
void omit_what_is_known(const HttpRequest& request, HttpAnswer& answer);

}  // namespace winnow::serve
