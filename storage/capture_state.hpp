// What the store knows about a capture, and how it came to know of it.
#pragma once

#include <string_view>

namespace winnow {

/// Stored as the number, shown by name (v_captures). Append only.
enum class CaptureState : int {
  listed = 0,    ///< known from an index, not wanted so far
  pending = 1,   ///< in the frontier: to be fetched
  held = 2,      ///< its body (or its imported text) is in the store
  inferred = 3,  ///< not fetched: the index gives it the digest of a held capture of the same page
  missing = 4,   ///< could not be had: the ledger says why
};

/// Stored as the number, shown by name. Append only.
enum class Found : int {
  cdx = 0,       ///< an archive's index lists it
  redirect = 1,  ///< an archived redirect led to it: URL and time are where to look, not yet what is there
  replayed = 2,  ///< the archive played it in place of another one
  warc = 3,      ///< read from a WARC file
  import = 4,    ///< read from a Princeton-Leuven document
  live = 5,      ///< fetched from the site itself
};

[[nodiscard]] std::string_view name(CaptureState state);
[[nodiscard]] std::string_view name(Found found);

}  // namespace winnow
