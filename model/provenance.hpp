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

struct Provenance {
  std::string archive;        ///< base URL (https://web.archive.org), or `warc:` for captures from WARC files
  std::string requested_url;  ///< the original's URL that was asked for
  Timestamp requested_timestamp;
  std::string replayed_url;      ///< `rel=original`: the URL truly captured
  Timestamp replayed_timestamp;  ///< Memento-Datetime: when it truly was
  std::string memento_url;       ///< the URL at the archive whose answer holds the bytes
  std::vector<Hop> hops;         ///< the redirects on the way there, in order
  int statuscode = 0;            ///< of the archived response
  Headers original_headers;      ///< the archived response's own (X-Archive-Orig-*, or the WARC record's)
  Headers response_headers;      ///< the archive's answer's
  std::string source_warc;       ///< X-Archive-Src, or the file's name and offset
  DigestCheck digest_check = DigestCheck::unknown;
  Timestamp fetched_at;
  std::string program;  ///< "winnow/0.1.0"
};

[[nodiscard]] std::string_view name(HopKind kind);
[[nodiscard]] std::string_view name(DigestCheck check);
[[nodiscard]] std::optional<HopKind> parse_hop_kind(std::string_view name);
[[nodiscard]] std::optional<DigestCheck> parse_digest_check(std::string_view name);

}  // namespace winnow
