// One record of a WARC file (ISO 28500; iipc.github.io/warc-specifications, 1.0 and 1.1).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "formats/warc_stream.hpp"
#include "model/headers.hpp"
#include "model/timestamp.hpp"

namespace winnow {

/// Where a record lies in its file.
struct WarcPosition {
  std::uint64_t offset = 0;    ///< of the record, or of the compressed member that holds it
  std::uint64_t length = 0;    ///< of the record or of the member, in the file
  std::uint64_t unpacked = 0;  ///< bytes before the record in its unpacked member
  Compression compression = Compression::none;
};

struct WarcRecord {
  WarcPosition position;
  std::string version;  ///< "1.0", "1.1"
  std::string type;     ///< WARC-Type, lower case
  Timestamp date;       ///< WARC-Date; 1.1's fractions of a second are dropped
  Headers headers;
  std::string block;
  std::uint64_t unpacked_end = 0;  ///< unpacked bytes from position.offset to behind the block

  /// WARC-Target-URI without the angle brackets that wget puts around it; empty when there is none.
  [[nodiscard]] std::string_view target_uri() const;
};

struct RecordLimits {
  std::uint64_t block = 64ULL << 20U;
  /// A compressed record may claim to be endless: beyond this its member is left.
  std::uint64_t skipped = 4ULL << 30U;
};

/// Why a stream gave no record.
struct NoRecord {
  enum class Why {
    end,        ///< nothing but line ends was left
    cut,        ///< the stream ended inside the record, or is left there
    damaged,    ///< what is there is no record; the stream stands somewhere inside it
    too_large,  ///< over the limit; the stream stands behind it
  };
  Why why;
  std::string what;  ///< for people; empty at the end
};

/// Reads the next record, line ends before it skipped. The position is left to the caller.
[[nodiscard]] std::variant<WarcRecord, NoRecord> read_record(WarcStream& stream, const RecordLimits& limits);

}  // namespace winnow
