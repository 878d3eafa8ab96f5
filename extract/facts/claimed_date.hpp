// The date that a text claims for itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace winnow {

struct ClaimedDate {
  std::string date;     ///< ISO 8601, as precise as it was said: "2018-05-10", "2018-05"
  std::string or_date;  ///< the other reading of "03/04/2018" in English; empty when there is only one
  std::string words;    ///< it was read from: "Last updated May 10, 2018"

  bool operator==(const ClaimedDate&) const = default;
};

/// Finds the date by which a text says that it was last changed ("Last updated:", "Stand:", "Dernière mise à
/// jour"), else took effect ("Effective Date:", "gültig ab"), else a date that is a block of its own among
/// the first or last ones. The first of the best kind counts. `blocks` is plain text, one block a line; cues
/// are known in some 20 languages, the months' names are ICU's for `language` (BCP 47) and English.
///
/// Numeric dates: year first is year, month, day. With dots, and in every language but English, the day is
/// first. In English 13/04/2018 can only be the 13th of April; 03/04/2018 is read as March 4 and says so in
/// `or_date`. Years from 1994 to 2069; of two digits only in numeric dates.
[[nodiscard]] std::optional<ClaimedDate> find_claimed_date(std::string_view blocks,
                                                           std::string_view language);

}  // namespace winnow
