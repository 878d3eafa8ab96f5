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
};

/// Takes `soompi.com#3` and `soompi.com@2015` apart. A `#` that is not followed by digits alone, and an `@`
/// not by a date, belong to the URL.
[[nodiscard]] PageTarget parse_page_target(std::string_view text);

/// The pages of a target that the store knows. Throws Error when there are none.
[[nodiscard]] std::vector<PageSummary> require_pages(StoreReader& store, std::string_view target);

/// The best ranked page that has versions; when there are others, says on stderr which one it is.
/// Throws Error when no page has a version.
[[nodiscard]] PageSummary choose_page(StoreReader& store, std::string_view target);

/// The version that is meant. At a moment between two versions it is the one seen last before.
/// Throws Error when there is none: no such number, or the moment is before the first.
[[nodiscard]] VersionSummary choose_version(const std::vector<VersionSummary>& versions,
                                            const VersionChoice& choice);

}  // namespace winnow::cli
