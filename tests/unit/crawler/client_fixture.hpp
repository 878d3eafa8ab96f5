// An ArchiveClient before a scripted archive, with a clock that runs a hundred times as fast as the world's.
#pragma once

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crawler/archive_client.hpp"
#include "tests/support/loopback_server.hpp"

namespace winnow::testing {

using namespace std::chrono_literals;

inline const std::string k_original = "http://www.soompi.com/privacy";

inline Capture soompi_capture(std::string_view timestamp = "20110521195625") {
  return {"com,soompi)/privacy", *Timestamp::parse(timestamp), k_original, "text/html", 200, {}, {}};
}

inline std::string soompi_row(std::string_view timestamp) {
  return "com,soompi)/privacy " + std::string(timestamp) +
         " http://www.soompi.com/privacy text/html 200 V22RGWC6PPUPWGAAEUQLY3YJ6LAJWWZF 8912\n";
}

/// An archived response of that moment.
inline Reply memento(std::string_view timestamp, std::string_view body, std::string_view status = "200 OK",
                     std::vector<std::string> fields = {}) {
  fields.push_back("Memento-Datetime: " + Timestamp::parse(timestamp)->http_date());
  fields.push_back("Link: <" + k_original + ">; rel=\"original\"");
  fields.push_back("Content-Type: text/html");
  return respond(status, fields, body);
}

inline Reply found_at(std::string_view location) {
  return respond("302 Found",
                 {"Location: " + std::string(location), "X-Archive-Redirect-Reason: found capture at 2011"},
                 "");
}

class FastClient {
public:
  explicit FastClient(const std::string& base_url, std::size_t parallel = 4,
                      Dialect dialect = Dialect::wayback)
      : client(options(base_url, parallel, dialect)) {}

  static ClientOptions options(const std::string& base_url, std::size_t parallel,
                               Dialect dialect = Dialect::wayback) {
    ClientOptions options;
    options.archive.base_url = base_url;
    options.archive.dialect = dialect;
    options.user_agent = "winnow-test/1";
    options.archive.limits = {0, 0};
    options.parallel = parallel;
    options.max_body = 1'000'000;
    options.connect_timeout = 2s;
    options.stall_timeout = 1s;
    options.total_timeout = 3s;
    options.cdx_patience = 1;
    options.clocks.now = [start = BootClock::now()] { return start + (BootClock::now() - start) * 100; };
    return options;
  }

  FetchResult fetch(Capture asked = soompi_capture(), SamePage same_page = SamePage::keep) {
    std::optional<FetchResult> result;
    client.fetch(
        std::move(asked), [&](FetchResult&& r) { result = std::move(r); }, same_page);
    finish();
    if (!result) throw std::runtime_error("fetch() was not answered");
    return std::move(*result);
  }

  ListResult list(CdxQuery query = {}) {
    if (query.url.empty()) query.url = k_original;
    std::optional<ListResult> result;
    client.list(
        std::move(query),
        [&](std::vector<Capture>&& batch) { rows.insert(rows.end(), batch.begin(), batch.end()); },
        [&](ListResult&& r) { result = std::move(r); });
    finish();
    if (!result) throw std::runtime_error("list() was not answered");
    return std::move(*result);
  }

  void finish() {
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (client.outstanding() > 0) {
      if (std::chrono::steady_clock::now() > deadline)
        throw std::runtime_error("the client does not come to an end");
      client.run(5ms);
    }
  }

  ArchiveClient client;
  std::vector<Capture> rows;
};

}  // namespace winnow::testing
