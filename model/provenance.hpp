// Everything needed to check a capture that winnow holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/digest.hpp"
#include "model/headers.hpp"
#include "model/timestamp.hpp"

namespace winnow {

/// Who spoke at one step of a redirect chain. Stored by name; append only.
enum class HopKind {
  archived,  ///< the archived site's own redirect (it came with Memento-Datetime)
  archive,   ///< the archive's, to the capture that it chose to play
  live,      ///< the site's, as it answered us
};

struct Hop {
  std::string url;  ///< what was requested, absolute, at the archive
  int status = 0;
  HopKind kind = HopKind::archive;
  std::string location;  ///< as received
  bool operator==(const Hop&) const = default;
};

/// Whether the bytes received have the digest the index gave. A mismatch is a fact, not a failure.
enum class DigestCheck {
  unknown,    ///< the index gave none
  as_stored,  ///< the content-encoded bytes match
  decoded,    ///< the decoded bytes match (or there was no encoding)
  mismatch,
};

/// `stored` is given where the bytes as the archive stored them are other than the decoded ones. Both are
/// looked at, because archives index either.
[[nodiscard]] DigestCheck check_digest(const std::optional<Sha1>& listed, const Sha1& decoded,
                                       const std::optional<Sha1>& stored);

/// Stands where an archive's base URL would for what was fetched from the sites themselves: no archive has
/// it.
inline constexpr std::string_view k_live_archive = "live:";

struct Provenance {
  std::string archive;  ///< base URL (https://web.archive.org), `warc:` of WARC files, or k_live_archive
  std::string requested_url;  ///< the original's URL that was asked for
  Timestamp requested_timestamp;
  std::string replayed_url;      ///< `rel=original`: the URL truly captured
  Timestamp replayed_timestamp;  ///< Memento-Datetime: when it truly was
  std::string memento_url;       ///< the URL at the archive whose answer holds the bytes
  std::vector<Hop> hops;         ///< the redirects on the way there, in order
  int statuscode = 0;            ///< of the archived response
  Headers
      original_headers;  ///< the archived response's own (X-Archive-Orig-*, the WARC record's, the site's)
  Headers response_headers;  ///< the archive's answer's
  std::string source_warc;   ///< X-Archive-Src, or the file's name and offset
  DigestCheck digest_check = DigestCheck::unknown;
  Timestamp fetched_at;
  std::string program;  ///< "winnow/0.1.0"
  /// Live captures: the address that answered, the server's or a proxy's.
  std::string remote_address = {};
  /// Live captures that the site has answered with 304: the time of the capture whose body it confirmed. Then
  /// statuscode is that one's, original_headers are its as the answer renews them (RFC 9111 §3.2), and
  /// response_headers are the answer's.
  std::optional<Timestamp> not_modified_since = {};
};

[[nodiscard]] std::string_view name(HopKind kind);
[[nodiscard]] std::string_view name(DigestCheck check);
[[nodiscard]] std::optional<HopKind> parse_hop_kind(std::string_view name);
[[nodiscard]] std::optional<DigestCheck> parse_digest_check(std::string_view name);

}  // namespace winnow
