// A text with all that is said of it as one line of JSON (docs/records.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "extract/analysis.hpp"
#include "model/digest.hpp"
#include "model/text.hpp"
#include "model/timestamp.hpp"

namespace winnow::cli {

/// Where a text is from, as far as it is known.
struct RecordSource {
  std::string file;
  std::optional<std::uint64_t> offset;  ///< in a WARC file: of the record, or of the member that holds it
  std::string url;
  std::optional<Timestamp> timestamp;
  std::optional<int> statuscode;
  std::string mimetype;
  std::optional<Sha1> digest;
};

/// One JSON object, no line end. Every key is always there and in the same order; what is not known is null.
/// The same input gives the same bytes. Always UTF-8: other bytes (in file names) become U+FFFD.
[[nodiscard]] std::string text_record(const RecordSource& source, const Text& text, const Analysis& analysis);

}  // namespace winnow::cli
