// Spans of the calendar of one length: `7d`, `6mo`, `1y`.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace winnow {

/// Divides all time into spans of the same length, at points that never move, so that whoever divides a
/// history again finds the same spans:
/// - days are counted from Monday 1990-01-01 (before the first web archive): `7d` are weeks that begin on
/// Monday;
/// - months and years are counted from January of the year 0: `6mo` begin in January and July, `3mo` are
///   quarters, `10y` decades (1990, 2000).
class Period {
public:
  enum class Unit { days, months, years };

  /// \pre count is 1 to k_most
  Period(std::int64_t count, Unit unit) : m_count(count), m_unit(unit) {}

  /// `30d`, `6mo`, `1y`; the number is 1 to 9999.
  [[nodiscard]] static std::optional<Period> parse(std::string_view text);
  [[nodiscard]] std::string text() const;

  /// The number of the span that holds this moment; later spans have higher numbers.
  [[nodiscard]] std::int64_t number_at(std::chrono::sys_seconds moment) const;
  [[nodiscard]] std::chrono::sys_seconds begin(std::int64_t number) const;
  [[nodiscard]] std::chrono::sys_seconds middle(std::int64_t number) const;

  bool operator==(const Period&) const = default;

  static constexpr std::int64_t k_most = 9999;

private:
  std::int64_t m_count;
  Unit m_unit;
};

}  // namespace winnow
