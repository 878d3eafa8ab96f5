// What exchanges mean that brought no answer: the ends of those that were not complete, and when to ask
// again.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "crawler/curl_handles.hpp"
#include "crawler/transfers.hpp"
#include "model/headers.hpp"
#include "model/reason.hpp"

namespace winnow {

/// Fills in end, refused and detail of an exchange that libcurl gave up with `result` and `curl_words`.
/// \pre result is not CURLE_OK; answer.status is set
void tell_failure(CURL* easy, CURLcode result, std::string_view curl_words, const std::string& url,
                  HttpAnswer& answer);

/// The ledger's word for an exchange that is not complete.
[[nodiscard]] Reason reason_of(const HttpAnswer& answer);

/// An answer's Retry-After as a wait. A date is counted from the answer's own: our clock may be wrong.
[[nodiscard]] std::optional<std::chrono::seconds> retry_after(const Headers& headers);

}  // namespace winnow
