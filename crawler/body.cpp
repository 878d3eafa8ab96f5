#include "crawler/body.hpp"

#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "model/content_encoding.hpp"

namespace winnow {

namespace {

constexpr std::string_view k_gzip_magic = "\x1f\x8b";

/// The coding that the archived response had, when the archive's answer names none: pages are replayed with
/// their stored bytes and without their Content-Encoding. The archive may as well have undone it, but not
/// where what came begins as gzip does.
Decoded decode_unnamed(std::string bytes, const Headers& original_headers, std::size_t limit) {
  const auto coding = original_headers.first("Content-Encoding");
  if (!coding) return decode_content(std::move(bytes), "", limit);
  auto decoded = decode_content(bytes, *coding, limit);
  const bool undone = decoded.status == DecodeStatus::damaged && !bytes.starts_with(k_gzip_magic);
  if (undone) return {DecodeStatus::ok, false, std::move(bytes)};
  return decoded;
}

/// The answer's fields as they came.
Headers all_headers(const Provenance& provenance) {
  Headers all = provenance.response_headers;
  for (const auto& field : provenance.original_headers.fields())
    all.add("X-Archive-Orig-" + field.name, field.value);
  return all;
}

}  // namespace

BodyResult decode_body(const Capture& asked, ReplayedResponse& response, std::size_t limit) {
  auto& provenance = response.provenance;
  const std::size_t wire_size = response.wire_body.size();
  // Hashed only where it can differ from the decoded bytes' digest; a gzip body may come without its header.
  const bool may_be_encoded = !response.content_encoding.empty() ||
                              response.wire_body.starts_with(k_gzip_magic) ||
                              provenance.original_headers.has("Content-Encoding");
  std::optional<Sha1> wire_sha1;
  if (asked.digest && may_be_encoded) wire_sha1 = sha1(response.wire_body);

  const std::string start = response.wire_body.substr(0, k_most_evidence);
  auto decoded = response.content_encoding.empty()
                     ? decode_unnamed(std::move(response.wire_body), provenance.original_headers, limit)
                     : decode_content(std::move(response.wire_body), response.content_encoding, limit);
  response.wire_body = {};
  const auto failure = [&](Reason reason, std::string detail) {
    return Failure{reason,
                   provenance.statuscode,
                   std::move(detail),
                   std::move(provenance.hops),
                   std::nullopt,
                   evidence_of(all_headers(provenance), start)};
  };
  switch (decoded.status) {
    case DecodeStatus::ok:
      break;
    case DecodeStatus::truncated:
      return failure(Reason::truncated,
                     fmt::format("the {} stream ends early: {} bytes decode to {}",
                                 response.content_encoding.empty() ? "compressed" : response.content_encoding,
                                 wire_size, decoded.body.size()));
    case DecodeStatus::damaged:
      return failure(Reason::bad_encoding,
                     fmt::format("{} bytes are no {}", wire_size, response.content_encoding));
    case DecodeStatus::too_large:
      return failure(Reason::too_large, fmt::format("{} bytes decode to more than {}", wire_size, limit));
  }

  DecodedBody body{std::move(decoded.body), {}, {}, decoded.encoded};
  body.sha1 = sha1(body.bytes);
  body.sha256 = sha256(body.bytes);
  const auto check = check_digest(asked.digest, body.sha1, wire_sha1);
  // Of a capture played in place of another the index gave no digest: only a match says something.
  if (check != DigestCheck::mismatch || !substituted(asked, response)) provenance.digest_check = check;
  return body;
}

}  // namespace winnow
