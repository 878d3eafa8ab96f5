// Which page of a series held the policy when.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/series.hpp"
#include "model/timestamp.hpp"

namespace winnow {

/// One page's time in a series: from `since` to the next tenure's.
struct Tenure {
  std::string urlkey;
  std::optional<Timestamp> since;  ///< nothing for the first: from whenever on
  bool operator==(const Tenure&) const = default;
};

/// The series that takeovers make of pages, each with two tenures or more, in time order: at each moment one
/// page has the policy. Takeovers are followed from the earliest on. A page may come back; it belongs to one
/// series only. So a takeover says nothing new, and is left out, whose page was succeeded before, or leads to
/// a page that another series has already: two documents that became one stay two series, of which one ends
/// there.
[[nodiscard]] std::vector<std::vector<Tenure>> joined_series(std::span<const Takeover> takeovers);

}  // namespace winnow
