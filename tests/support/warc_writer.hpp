// Tiny WARC files for tests.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/digest.hpp"
#include "tests/support/compress.hpp"

namespace winnow::test {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// A record's bytes, with Content-Length and the two line ends behind it. `version` is the whole first line's
/// end.
inline std::string warc_record(const Fields& fields, std::string_view block, std::string_view version = "1.0",
                               std::string_view eol = "\r\n") {
  std::string record = "WARC/";
  record.append(version).append(eol);
  for (const auto& [name, value] : fields)
    record.append(name).append(": ").append(value).append(eol);
  record.append("Content-Length: ").append(std::to_string(block.size())).append(eol).append(eol);
  return record.append(block).append(eol).append(eol);
}

/// An HTTP response of `head` lines and a body.
inline std::string http(const std::vector<std::string>& head, std::string_view body,
                        std::string_view eol = "\r\n") {
  std::string response;
  for (const auto& line : head)
    response.append(line).append(eol);
  return response.append(eol).append(body);
}

inline std::string http_ok(std::string_view body) {
  return http({"HTTP/1.1 200 OK", "Content-Type: text/html"}, body);
}

inline std::string warc_date(std::string_view timestamp) {
  const auto part = [&](std::size_t at, std::size_t n) { return std::string(timestamp.substr(at, n)); };
  return part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(8, 2) + ":" + part(10, 2) + ":" +
         part(12, 2) + "Z";
}

inline std::string response(std::string_view timestamp, const std::string& url, std::string_view block,
                            Fields more = {}) {
  Fields fields = {{"WARC-Type", "response"},
                   {"WARC-Date", warc_date(timestamp)},
                   {"WARC-Target-URI", url},
                   {"Content-Type", "application/http; msgtype=response"}};
  fields.insert(fields.end(), more.begin(), more.end());
  return warc_record(fields, block);
}

/// A revisit of the body whose stored bytes are given, with the head that it kept.
inline std::string revisit(std::string_view timestamp, const std::string& url, std::string_view stored_body,
                           std::string_view block, Fields more = {}) {
  Fields fields = {{"WARC-Type", "revisit"},
                   {"WARC-Date", warc_date(timestamp)},
                   {"WARC-Target-URI", url},
                   {"WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"},
                   {"WARC-Payload-Digest", "sha1:" + base32(sha1(stored_body))},
                   {"Content-Type", "application/http; msgtype=response"}};
  fields.insert(fields.end(), more.begin(), more.end());
  return warc_record(fields, block, "1.1");
}

inline std::string warcinfo() {
  return warc_record({{"WARC-Type", "warcinfo"},
                      {"WARC-Date", "2020-01-01T00:00:00Z"},
                      {"Content-Type", "application/warc-fields"}},
                     "software: tests\r\n");
}

enum class Packing { plain, gzip_records, gzip_whole, zstd_records };

inline std::string warc_file(const std::vector<std::string>& records, Packing packing) {
  std::string file;
  for (const auto& record : records) {
    file += packing == Packing::gzip_records   ? gzip(record)
            : packing == Packing::zstd_records ? zstd(record)
                                               : record;
  }
  return packing == Packing::gzip_whole ? gzip(file) : file;
}

}  // namespace winnow::test
