// One archived response as an index lists it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/digest.hpp"
#include "model/timestamp.hpp"

namespace winnow {

/// A CDX row, in CDX's own words (iipc.github.io/warc-specifications, CDX server API). `-` is no value.
struct Capture {
  std::string urlkey;
  Timestamp timestamp;
  std::string original;
  std::string mimetype;                 ///< `warc/revisit` for revisits; `unk` or `-` as the archive wrote it
  std::optional<int> statuscode;        ///< nothing for revisits and old rows
  std::optional<Sha1> digest;           ///< of the body as the archive stored it, maybe content-encoded
  std::optional<std::uint64_t> length;  ///< of the compressed WARC record, in bytes
};

}  // namespace winnow
