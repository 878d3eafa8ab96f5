// Dates on the command line.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

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

/// --since and --until as they were written.
struct DateOptions {
  std::string since;
  std::string until;
};

inline void add_date_options(CLI::App& sub, DateOptions& options) {
  sub.add_option("--since", options.since, "Only captures from this date on (2011, 2011-05, 2011-05-21)")
      ->type_name("DATE");
  sub.add_option("--until", options.until, "Only captures up to this date")->type_name("DATE");
}

struct DateRange {
  std::optional<Timestamp> since;  ///< inclusive
  std::optional<Timestamp> until;  ///< inclusive
};

/// Throws UsageError when one is no date, or the range is empty.
[[nodiscard]] inline DateRange parse_dates(const DateOptions& options) {
  DateRange range;
  if (!options.since.empty())
    range.since = parse_date_option("--since", options.since, Timestamp::Round::down);
  if (!options.until.empty()) range.until = parse_date_option("--until", options.until, Timestamp::Round::up);
  if (range.since && range.until && *range.until < *range.since)
    throw usage_error("--until {} lies before --since {}", options.until, options.since);
  return range;
}

}  // namespace winnow::cli
