// What an export hands on at a time: a version, or one capture of it.
#pragma once

#include <string>
#include <string_view>

#include "model/version_record.hpp"

namespace winnow {

struct ExportedRecord {
  enum class Unit {
    version,  ///< record.capture is the first capture that shows it
    capture,  ///< any capture; record.version is the version that it shows, number 0 when it shows none
  };
  Unit unit = Unit::version;
  VersionRecord record;
  std::string series;  ///< the series' name: its first page's urlkey

  [[nodiscard]] bool shows_version() const { return record.version.number != 0; }
};

/// Names a version wherever and whenever its store is exported: 32 hex digits of the SHA-256 of site,
/// first_seen's digits and words_sha256's hex, with a line end after each. A version whose first capture
/// turns out to be an earlier one is another version.
[[nodiscard]] std::string version_id(std::string_view site, Timestamp first_seen, const Sha256& words);

/// Names the record: version_id() of a version; of a capture likewise of archive, original, timestamp and the
/// SHA-256 of its body (of its text when it has no body).
[[nodiscard]] std::string record_id(const ExportedRecord& exported);

}  // namespace winnow
