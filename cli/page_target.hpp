// Which page and version a command looks at, as people name them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/timestamp.hpp"
#include "storage/store_reader.hpp"

namespace winnow::cli {

/// A version's number, or the moment at which it was to be seen; nothing is the latest.
using VersionChoice = std::variant<std::monostate, std::uint32_t, Timestamp>;

struct PageTarget {
  std::string page;  ///< a site, URL or urlkey
  VersionChoice version;
  std::string
      doubt;  ///< why what follows the page's last `@` is no date, as it may have been meant; or empty
};

/// Takes `soompi.com#3` and `soompi.com@2015` apart. An `@` that is not followed by a date belongs to the
/// page, and so does, in a whole URL (`https://...`), a `#` that is not followed by digits alone. Throws
/// UsageError for another one that is not.
[[nodiscard]] PageTarget parse_page_target(std::string_view text);

/// The series of a target that the store knows. Throws Error when there are none.
[[nodiscard]] std::vector<SeriesSummary> require_series(StoreReader& store, std::string_view target);

/// The best ranked series that has versions; when there are others, says on stderr which one it is.
/// Throws Error when none has a version, UsageError when there is none and the target is in doubt.
[[nodiscard]] SeriesSummary choose_series(StoreReader& store, const PageTarget& target);

/// The version that is meant. At a moment between two versions it is the one seen last before.
/// Throws Error when there is none: no such number, or the moment is before the first.
[[nodiscard]] VersionSummary choose_version(const std::vector<VersionSummary>& versions,
                                            const VersionChoice& choice);

}  // namespace winnow::cli
