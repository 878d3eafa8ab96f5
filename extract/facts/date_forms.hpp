// Dates as people write them.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace winnow {

/// A date in a text.
struct DateForm {
  std::size_t begin = 0;  ///< of its first byte
  std::size_t end = 0;    ///< behind its last
  int year = 0;
  int month = 0;
  int day = 0;                     ///< 0: only the month is said
  bool month_day_unclear = false;  ///< day and month may be exchanged

  [[nodiscard]] std::string iso() const;
  [[nodiscard]] std::string other_iso() const;  ///< with day and month exchanged; empty when they cannot be
};

/// Month names by their folded form ("marz").
using MonthNames = std::map<std::string, int, std::less<>>;

/// Reads the dates of one language (BCP 47; empty: of those that write in Latin letters most), and of
/// English.
class DateReader {
public:
  explicit DateReader(std::string_view language);

  /// The first date that begins at `at` or later. Searching a whole text is linear in its length.
  [[nodiscard]] std::optional<DateForm> next(std::string_view text, std::size_t at) const;

private:
  [[nodiscard]] std::optional<DateForm> around_year(std::string_view text, std::size_t begin, std::size_t end,
                                                    std::size_t from) const;
  [[nodiscard]] int month_of(std::string_view word) const;

  bool m_english;  ///< may write the month first
  std::string m_language;
};

}  // namespace winnow
