#include "crawler/body.hpp"

#include <string>

#include <catch2/catch.hpp>
#include <zlib.h>

using namespace winnow;

namespace {

constexpr std::size_t k_limit = 1024 * 1024;
const std::string k_page = "<html><title>Privacy</title><p>We keep nothing.</p></html>";

std::string gzip(const std::string& text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  std::string input = text;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

Capture asked(std::optional<Sha1> digest) {
  return {"com,soompi)/privacy",
          *Timestamp::parse("20110521195625"),
          "http://www.soompi.com/privacy",
          "text/html",
          200,
          digest,
          {}};
}

ReplayedResponse played(std::string wire_body, std::string content_encoding) {
  const auto timestamp = *Timestamp::parse("20110521195625");
  Provenance provenance{.archive = "",
                        .requested_url = "",
                        .requested_timestamp = timestamp,
                        .replayed_url = "",
                        .replayed_timestamp = timestamp,
                        .memento_url = "",
                        .hops = {},
                        .statuscode = 200,
                        .original_headers = {},
                        .response_headers = {},
                        .source_warc = "",
                        .digest_check = DigestCheck::unknown,
                        .fetched_at = timestamp,
                        .program = ""};
  return {"com,soompi)/privacy",
          timestamp,
          "http://www.soompi.com/privacy",
          std::move(provenance),
          std::move(wire_body),
          std::move(content_encoding),
          "text/html"};
}

}  // namespace

TEST_CASE("bodies are decoded, hashed and compared with the index's digest") {
  const std::string packed = gzip(k_page);
  struct Case {
    const char* story;
    std::string wire;
    const char* content_encoding;
    std::optional<Sha1> digest;
    bool encoded;
    DigestCheck check;
  };
  const Case cases[] = {
      {"plain", k_page, "", sha1(k_page), false, DigestCheck::decoded},
      {"the digest is of the stored, compressed bytes", packed, "gzip", sha1(packed), true,
       DigestCheck::as_stored},
      {"the archive compressed for the way", packed, "gzip", sha1(k_page), true, DigestCheck::decoded},
      {"another digest: a fact, no failure", k_page, "", sha1("x"), false, DigestCheck::mismatch},
      {"no digest in the index", k_page, "", std::nullopt, false, DigestCheck::unknown},
      {"gzip without its header", packed, "", sha1(packed), true, DigestCheck::as_stored},
      {"a header without gzip", k_page, "gzip", sha1(k_page), false, DigestCheck::decoded},
      {"an empty body", "", "", sha1(""), false, DigestCheck::decoded},
      {"an empty body called gzip", "", "gzip", sha1(""), false, DigestCheck::decoded},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    auto response = played(c.wire, c.content_encoding);
    const auto result = decode_body(asked(c.digest), response, k_limit);
    REQUIRE(std::holds_alternative<DecodedBody>(result));
    const auto& body = std::get<DecodedBody>(result);
    const std::string& expected = c.encoded ? k_page : c.wire;
    CHECK(body.bytes == expected);
    CHECK(body.sha1 == sha1(expected));
    CHECK(body.sha256 == sha256(expected));
    CHECK(body.encoded == c.encoded);
    CHECK(response.provenance.digest_check == c.check);
    CHECK(response.wire_body.empty());
  }
}

TEST_CASE("what cannot be decoded is a failure with its evidence") {
  const std::string packed = gzip(std::string(300'000, 'a') + k_page);
  struct Case {
    const char* story;
    std::string wire;
    std::size_t limit;
    Reason reason;
  };
  const Case cases[] = {
      {"a stream that ends early", packed.substr(0, packed.size() - 20), k_limit, Reason::truncated},
      {"a stream without its trailer", packed.substr(0, packed.size() - 8), k_limit, Reason::truncated},
      {"a bomb: 1,000 to 1", packed, 100'000, Reason::too_large},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    auto response = played(c.wire, "gzip");
    response.provenance.original_headers.add("Content-Encoding", "gzip");
    const auto result = decode_body(asked({}), response, c.limit);
    REQUIRE(std::holds_alternative<Failure>(result));
    const auto& failure = std::get<Failure>(result);
    CHECK(failure.reason == c.reason);
    CHECK(failure.status == 200);
    CHECK(failure.detail.find(std::to_string(c.wire.size())) != std::string::npos);
    CHECK(failure.evidence.body_start.starts_with("\\x1f\\x8b"));  // as it was sent
    CHECK(failure.evidence.headers.first("X-Archive-Orig-Content-Encoding") == "gzip");
  }
}

TEST_CASE("the original's coding counts when the archive's answer names none, unless it was undone") {
  auto undone = played(k_page, "");
  undone.provenance.original_headers.add("Content-Encoding", "br");
  const auto result = decode_body(asked(sha1(k_page)), undone, k_limit);
  REQUIRE(std::holds_alternative<DecodedBody>(result));
  CHECK(std::get<DecodedBody>(result).bytes == k_page);
  CHECK(undone.provenance.digest_check == DigestCheck::decoded);
}

TEST_CASE("of another capture than the one asked for, only a match says something") {
  auto other = played(k_page, "");
  other.timestamp = *Timestamp::parse("20120101000000");
  (void)decode_body(asked(sha1("x")), other, k_limit);
  CHECK(other.provenance.digest_check == DigestCheck::unknown);
  auto same = played(k_page, "");
  same.timestamp = other.timestamp;
  (void)decode_body(asked(sha1(k_page)), same, k_limit);
  CHECK(same.provenance.digest_check == DigestCheck::decoded);
}
