#include "crawler/transfer_failure.hpp"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "crawler/budget_state.hpp"
#include "model/timestamp.hpp"
#include "model/url.hpp"

namespace winnow {

namespace {

TransferEnd end_of(CURL* easy, CURLcode result, int status) {
  switch (result) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return TransferEnd::no_host;
    case CURLE_COULDNT_CONNECT:
      return TransferEnd::no_connection;
    case CURLE_OPERATION_TIMEDOUT: {
      curl_off_t until_connected = 0;
      curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &until_connected);
      return until_connected == 0 ? TransferEnd::no_connection : TransferEnd::timed_out;
    }
    default:
      // 18 (Content-Length or the last chunk missing), 56 and 55 (reset), 92 (HTTP/2 stream reset)...
      return status != 0 ? TransferEnd::cut : TransferEnd::broken;
  }
}

/// "connect to HOST port N": libcurl's words, which know of proxies, or our own.
std::string whereto(std::string_view curl_words, const std::string& url) {
  constexpr std::string_view k_failed = "Failed to ";  // "Failed to connect to HOST port N after 0 ms: ..."
  if (curl_words.starts_with(k_failed)) {
    curl_words.remove_prefix(k_failed.size());
    return std::string(curl_words.substr(0, curl_words.find(" after ")));
  }
  const auto parts = Url::parse(url);
  if (!parts) return "connect to " + url;
  const std::string_view usual = parts->scheme == "https" ? "443" : "80";
  return fmt::format("connect to {} port {}", parts->host, parts->port.empty() ? usual : parts->port);
}

}  // namespace

void tell_failure(CURL* easy, CURLcode result, std::string_view curl_words, const std::string& url,
                  HttpAnswer& answer) {
  answer.end = end_of(easy, result, answer.status);
  if (answer.end != TransferEnd::no_connection) {
    answer.detail = curl_words.empty() ? std::string_view(curl_easy_strerror(result)) : curl_words;
    return;
  }
  long os_error = 0;
  curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &os_error);
  answer.refused = os_error == ECONNREFUSED;
  answer.detail = fmt::format("cannot {}: {}", whereto(curl_words, url),
                              os_error != 0 ? std::strerror(static_cast<int>(os_error)) : "no answer");
}

Reason reason_of(const HttpAnswer& answer) {
  if (answer.end == TransferEnd::too_large) return Reason::too_large;
  if (answer.end == TransferEnd::cut && answer.received > 0) return Reason::truncated;
  return Reason::transport_error;
}

std::optional<std::chrono::seconds> retry_after(const Headers& headers) {
  const auto value = headers.first("Retry-After");
  if (!value) return std::nullopt;
  const auto date = headers.first("Date");
  const auto there = date ? Timestamp::parse_http_date(*date) : std::nullopt;
  return parse_retry_after(*value, there.value_or(Timestamp::now()).time());
}

}  // namespace winnow
