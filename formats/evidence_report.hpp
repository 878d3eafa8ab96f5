// A series' history as a page that people read and cite: self-contained, without script.
#pragma once

#include <string>
#include <string_view>

#include "model/exported_record.hpp"

namespace winnow {

/// Where a version's files lie below data/: `0002-20180525`, for `versions/0002-20180525.md`.
[[nodiscard]] std::string evidence_name(const VersionSummary& version);

// The report piece by piece: head, a part for each version, foot. Everything that comes from the web is
// escaped; a URL is a link only when it is http or https.

/// `written` is when the store was written to last.
[[nodiscard]] std::string report_head(std::string_view site, std::string_view series,
                                      std::string_view program, Timestamp written);
/// `change` is the file below data/ of its difference from the version before; empty for the first.
[[nodiscard]] std::string report_version(const ExportedRecord& exported, std::string_view change);
[[nodiscard]] std::string report_foot();

}  // namespace winnow
