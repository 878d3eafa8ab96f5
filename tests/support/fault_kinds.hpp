// The ways in which an archive, or the way to it, was seen to fail: each spoils one good answer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/timestamp.hpp"
#include "tests/support/compress.hpp"
#include "tests/support/loopback_server.hpp"

namespace winnow::testing {

struct FaultKind {
  enum class Of { any, index, capture };
  const char* story;
  Of of;
  Reply (*spoil)(const std::string& good);  ///< `good`: a whole answer with a Content-Length
};

namespace faults {

using Then = Reply::Then;

inline std::size_t body_at(const std::string& good) {
  return good.find("\r\n\r\n") + 4;
}
inline std::string body(const std::string& good) {
  return good.substr(body_at(good));
}
/// The head without its Content-Length and its end.
inline std::string head(const std::string& good) {
  return good.substr(0, good.find("\r\nContent-Length: ") + 2);
}
inline Reply with_body(const std::string& good, const std::string& field, const std::string& body,
                       Then then = Then::keep_open) {
  return {head(good) + field + "\r\n\r\n" + body, then};
}
inline Reply announcing(const std::string& good, std::size_t length, Then then) {
  return with_body(good, "Content-Length: " + std::to_string(length), body(good), then);
}
/// 30 seconds of the archive's clock, however it is told.
inline std::vector<std::string> wait_until_a_date() {
  const auto now = Timestamp::now();
  return {"Date: " + now.http_date(),
          "Retry-After: " + Timestamp::from_time(now.time() + std::chrono::seconds(30)).http_date()};
}
inline std::string chunk(std::string_view bytes) {
  char size[20];
  std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
  return size + std::string(bytes) + "\r\n";
}
inline std::string with_field(const std::string& good, const std::string& field) {
  return head(good) + field + "\r\n" + good.substr(head(good).size());
}

/// 43 kinds, of which any may meet any request but where `of` says otherwise. Not among them, since it is no
/// single answer: an archive that refuses connections for a while after 429s that were ignored
/// (tests/unit/crawler/limits_test.cpp, tests/golden/budget.sh).
inline const std::vector<FaultKind> k_kinds = {
    // 1-6: asked to slow down.
    {"429 with Retry-After in seconds", FaultKind::Of::any,
     [](const std::string&) { return respond("429 Too Many Requests", {"Retry-After: 30"}, ""); }},
    {"429 with Retry-After as a date", FaultKind::Of::any,
     [](const std::string&) { return respond("429 Too Many Requests", wait_until_a_date(), ""); }},
    {"429 without Retry-After", FaultKind::Of::any,
     [](const std::string&) { return respond("429 Too Many Requests", {}, "<h1>429</h1>"); }},
    {"503 with Retry-After", FaultKind::Of::any,
     [](const std::string&) { return respond("503 Busy", {"Retry-After: 30"}, ""); }},
    {"503 without Retry-After", FaultKind::Of::any,
     [](const std::string&) { return respond("503 Busy", {}, "<h1>503</h1>"); }},
    {"503 whose body is cut", FaultKind::Of::any,
     [](const std::string&) {
       return Reply{"HTTP/1.1 503 Busy\r\nRetry-After: 30\r\nContent-Length: 9\r\n\r\n", Then::close};
     }},
    // 7-9: its own trouble.
    {"500", FaultKind::Of::any, [](const std::string&) { return respond("500 Oops", {}, ""); }},
    {"502 of a gateway", FaultKind::Of::any,
     [](const std::string&) { return respond("502 Bad Gateway", {}, "<h1>502</h1><hr>nginx"); }},
    {"504 of a gateway", FaultKind::Of::any,
     [](const std::string&) { return respond("504 Gateway Time-out", {}, ""); }},
    // 10-14: the connection ends.
    {"closed before the head", FaultKind::Of::any,
     [](const std::string&) {
       return Reply{"", Then::close};
     }},
    {"closed within the head", FaultKind::Of::any,
     [](const std::string& good) {
       return Reply{good.substr(0, body_at(good) / 2), Then::close};
     }},
    {"reset before the head", FaultKind::Of::any,
     [](const std::string&) {
       return Reply{"", Then::reset};
     }},
    {"reset within the head", FaultKind::Of::any,
     [](const std::string& good) {
       return Reply{good.substr(0, body_at(good) / 2), Then::reset};
     }},
    {"reset within the body", FaultKind::Of::any,
     [](const std::string& good) {
       return Reply{good.substr(0, good.size() - 20), Then::reset};
     }},
    // 15-20: the body is not what its length says.
    {"the body is cut", FaultKind::Of::any,
     [](const std::string& good) {
       return Reply{good.substr(0, good.size() - 20), Then::close};
     }},
    {"the last chunk is missing", FaultKind::Of::any,
     [](const std::string& good) {
       return with_body(good, "Transfer-Encoding: chunked", chunk(body(good)), Then::close);
     }},
    {"a chunk's size is no number", FaultKind::Of::any,
     [](const std::string& good) {
       return with_body(good, "Transfer-Encoding: chunked", "zz\r\n" + body(good), Then::close);
     }},
    {"Content-Length too large, then closed", FaultKind::Of::any,
     [](const std::string& good) { return announcing(good, body(good).size() + 1, Then::close); }},
    {"Content-Length too large, then nothing", FaultKind::Of::any,
     [](const std::string& good) { return announcing(good, body(good).size() + 1, Then::stall); }},
    {"Content-Length too small", FaultKind::Of::any,
     [](const std::string& good) { return announcing(good, body(good).size() - 20, Then::close); }},
    // 21-23: slow.
    {"stalled before the head", FaultKind::Of::any,
     [](const std::string&) {
       return Reply{"", Then::stall};
     }},
    {"stalled within the body", FaultKind::Of::any,
     [](const std::string& good) {
       return Reply{good.substr(0, good.size() - 20), Then::stall};
     }},
    {"drop by drop", FaultKind::Of::any,
     [](const std::string& good) {
       return Reply{good, Then::drip};
     }},
    // 24-28: a head that is none, or too much of one.
    {"a header field of megabytes", FaultKind::Of::any,
     [](const std::string& good) {
       return Reply{with_field(good, "X-Huge: " + std::string(3'000'000, 'x')), Then::close};
     }},
    {"header fields without end", FaultKind::Of::any,
     [](const std::string& good) {
       std::string fields;
       for (int i = 0; i < 40'000; ++i)
         fields += "X-More: 0123456789012345678901234567890123456789\r\n";
       return Reply{with_field(good, fields + "X-Last: 1"), Then::close};
     }},
    {"NUL bytes in the head", FaultKind::Of::any,
     [](const std::string& good) {
       return Reply{with_field(good, std::string("X-Nul: a\0b", 10)), Then::close};
     }},
    {"no HTTP at all", FaultKind::Of::any,
     [](const std::string&) {
       return Reply{"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", Then::close};
     }},
    {"a status line without a status", FaultKind::Of::any,
     [](const std::string&) {
       return Reply{"HTTP/1.1 abc\r\n\r\n", Then::close};
     }},
    // 29-30: something else, with status 200.
    {"maintenance, as a page with status 200", FaultKind::Of::any,
     [](const std::string&) {
       return respond("200 OK", {"Content-Type: text/html"},
                      "<html><title>Scheduled Maintenance</title><h1>We will be back soon</h1></html>");
     }},
    {"status 200 and nothing", FaultKind::Of::any,
     [](const std::string&) { return respond("200 OK", {}, ""); }},
    // 31-35: redirects without end.
    {"redirected to itself", FaultKind::Of::any,
     [](const std::string&) { return respond("302 Found", {"Location: /loop"}, ""); }},
    {"redirected in a circle", FaultKind::Of::any,
     [](const std::string&) { return respond("302 Found", {"Location: /there"}, ""); }},
    {"redirected on and on", FaultKind::Of::any,
     [](const std::string&) { return respond("302 Found", {"Location: /further"}, ""); }},
    {"redirected to another host", FaultKind::Of::any,
     [](const std::string&) {
       return respond("302 Found", {"Location: http://portal.example/login"}, "<h1>Please log in</h1>");
     }},
    {"an archived redirect to itself", FaultKind::Of::capture,
     [](const std::string& good) {
       const auto original = good.find("Link: <") + 7;
       const auto url = good.substr(original, good.find('>', original) - original);
       const auto fields = good.substr(good.find("\r\n") + 2);
       return Reply{"HTTP/1.1 302 Found\r\nX-Archive-Orig-Location: " + url + "\r\n" + fields};
     }},
    // 36-39: content codings.
    {"gzip whose bytes are damaged", FaultKind::Of::capture,
     [](const std::string& good) {
       std::string bytes = test::gzip(body(good));
       bytes[bytes.size() / 2] = static_cast<char>(~bytes[bytes.size() / 2]);
       return with_body(good, "Content-Encoding: gzip\r\nContent-Length: " + std::to_string(bytes.size()),
                        bytes);
     }},
    {"gzip that ends too early", FaultKind::Of::capture,
     [](const std::string& good) {
       const std::string bytes = test::gzip(body(good)).substr(0, body(good).size() / 4);
       return with_body(good, "Content-Encoding: gzip\r\nContent-Length: " + std::to_string(bytes.size()),
                        bytes);
     }},
    {"a coding that the bytes do not have", FaultKind::Of::capture,
     [](const std::string& good) {
       std::string bytes = test::gzip(body(good));
       bytes[1] = '\x9d';
       return with_body(good, "Content-Encoding: gzip\r\nContent-Length: " + std::to_string(bytes.size()),
                        bytes);
     }},
    {"a bomb of gzip", FaultKind::Of::capture,
     [](const std::string& good) {
       static const std::string bomb = test::gzip(std::string(8'000'000, ' '), 9);
       return with_body(good, "Content-Encoding: gzip\r\nContent-Length: " + std::to_string(bomb.size()),
                        bomb);
     }},
    // 40-43: what comes for an index.
    {"an index cut within a row", FaultKind::Of::index,
     [](const std::string& good) {
       const std::string rows = body(good).substr(0, body(good).size() - 30);
       return respond("200 OK", {"Content-Type: text/plain"}, rows);
     }},
    {"JSON, and broken, for an index", FaultKind::Of::index,
     [](const std::string&) {
       return respond("200 OK", {"Content-Type: application/json"}, "[[\"urlkey\",\"timestamp\"],\n[\"com,");
     }},
    {"NUL bytes for an index", FaultKind::Of::index,
     [](const std::string& good) {
       return respond("200 OK", {"Content-Type: text/plain"}, std::string(body(good).size(), '\0'));
     }},
    {"one line without end for an index", FaultKind::Of::index,
     [](const std::string&) {
       return respond("200 OK", {"Content-Type: text/plain"}, std::string(300'000, 'x'));
     }},
};

}  // namespace faults

}  // namespace winnow::testing
