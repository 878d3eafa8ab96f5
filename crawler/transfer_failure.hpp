// What libcurl's error codes mean for an exchange.
#pragma once

#include <string>
#include <string_view>

#include "crawler/curl_handles.hpp"
#include "crawler/transfers.hpp"

namespace winnow {

/// Fills in end, refused and detail of an exchange that libcurl gave up with `result` and `curl_words`.
/// \pre result is not CURLE_OK; answer.status is set
void tell_failure(CURL* easy, CURLcode result, std::string_view curl_words, const std::string& url,
                  HttpAnswer& answer);

}  // namespace winnow
