// What the ends of exchanges mean that were not complete.
#pragma once

#include <string>
#include <string_view>

#include "crawler/curl_handles.hpp"
#include "crawler/transfers.hpp"
#include "model/reason.hpp"

namespace winnow {

/// Fills in end, refused and detail of an exchange that libcurl gave up with `result` and `curl_words`.
/// \pre result is not CURLE_OK; answer.status is set
void tell_failure(CURL* easy, CURLcode result, std::string_view curl_words, const std::string& url,
                  HttpAnswer& answer);

/// The ledger's word for an exchange that is not complete.
[[nodiscard]] Reason reason_of(const HttpAnswer& answer);

}  // namespace winnow
