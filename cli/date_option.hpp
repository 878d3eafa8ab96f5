// Dates on the command line.
#pragma once

#include <string_view>

#include "model/error.hpp"
#include "model/timestamp.hpp"

namespace winnow::cli {

inline constexpr std::string_view k_date_forms = "write 2011, 2011-05, 2011-05-21 or 20110521195625";

/// Throws UsageError, which names the option, when it is no date.
[[nodiscard]] inline Timestamp parse_date_option(std::string_view option, std::string_view text,
                                                 Timestamp::Round round) {
  const auto moment = Timestamp::parse_partial(text, round);
  if (!moment) throw usage_error("{} {}: not a date; {}", option, text, k_date_forms);
  return *moment;
}

}  // namespace winnow::cli
