// From the bytes on the wire to the bytes that are kept. For worker threads: no state, no I/O.
#pragma once

#include <cstddef>
#include <string>
#include <variant>

#include "crawler/failure.hpp"
#include "crawler/replay_fetch.hpp"
#include "model/digest.hpp"

namespace winnow {

struct DecodedBody {
  std::string bytes;  ///< content-encoding undone
  Sha1 sha1;
  Sha256 sha256;
  bool encoded = false;  ///< a content-encoding was undone
};

/// The body, or Failure truncated, too_large or bad_encoding.
using BodyResult = std::variant<DecodedBody, Failure>;

/// Takes wire_body out of the response, decodes it within `limit`, and notes in its provenance whether wire
/// or decoded bytes have the digest that the index gave for `asked`. When another capture was played, only a
/// match says something.
[[nodiscard]] BodyResult decode_body(const Capture& asked, ReplayedResponse& response, std::size_t limit);

}  // namespace winnow
