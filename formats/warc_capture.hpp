// What a WARC record is as a capture.
#pragma once

#include <optional>
#include <string>

#include "formats/warc_record.hpp"
#include "model/capture.hpp"
#include "model/headers.hpp"
#include "model/timestamp.hpp"

namespace winnow {

/// The capture whose body a revisit shares, as far as the record names it.
struct RefersTo {
  std::string uri;  ///< WARC-Refers-To-Target-URI; empty when it is not named
  std::optional<Timestamp> date;
  bool not_modified = false;  ///< profile server-not-modified: the digest, if any, is not the body's
};

struct WarcCapture {
  /// As the Wayback Machine's index lists it: a revisit has mimetype `warc/revisit` and no status. The digest
  /// is WARC-Payload-Digest where that is a SHA-1, else computed. The length is unknown inside whole-file
  /// gzip.
  Capture capture;
  std::optional<int> statuscode;      ///< the response's own, also of a revisit that kept its head
  Headers headers;                    ///< the response's own; of a resource just its Content-Type
  std::string body;                   ///< as stored: chunks undone, content coding kept; empty for a revisit
  std::optional<RefersTo> refers_to;  ///< of revisits only
  std::string source_uri;  ///< WARC-Source-URI: the memento it was taken from; empty when there is none
};

/// Nothing for records that are no capture of a web page: warcinfo, request, metadata, conversion, a DNS
/// answer.
[[nodiscard]] std::optional<WarcCapture> capture_of(WarcRecord record);

}  // namespace winnow
