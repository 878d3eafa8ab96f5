#include "serve/conditional.hpp"

#include "model/digest.hpp"
#include "model/timestamp.hpp"

namespace winnow::serve {
namespace {

/// A weak tag (`W/"..."`) is as good here.
bool names(std::string_view if_none_match, std::string_view etag) {
  return !etag.empty() && (if_none_match == "*" || if_none_match.find(etag) != std::string_view::npos);
}

bool is_no_later(std::string_view last_modified, std::string_view since) {
  const auto last = Timestamp::parse_http_date(last_modified);
  const auto known = Timestamp::parse_http_date(since);
  return last && known && *last <= *known;
}

}  // namespace

std::string etag_of(std::string_view content_type, std::string_view body) {
  Sha256Hasher hasher;
  hasher.update(content_type);
  hasher.update("\n");
  hasher.update(body);
  return '"' + hasher.finish().hex().substr(0, 20) + '"';
}

void omit_what_is_known(const HttpRequest& request, HttpAnswer& answer) {
  if (answer.status != 200) return;
  const bool is_known = request.if_none_match.empty()
                            ? is_no_later(header_of(answer, "Last-Modified"), request.if_modified_since)
                            : names(request.if_none_match, header_of(answer, "ETag"));
  if (!is_known) return;
  answer.status = 304;
  answer.body = std::string();
}

}  // namespace winnow::serve
