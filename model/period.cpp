#include "model/period.hpp"

#include <array>
#include <cassert>
#include <charconv>

#include <fmt/format.h>

namespace winnow {
namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;

constexpr sys_days k_first_day = std::chrono::year{1990} / 1 / 1;
static_assert(std::chrono::weekday(k_first_day) == std::chrono::Monday);

/// In the order of Period::Unit.
constexpr std::array<std::string_view, 3> k_units = {"d", "mo", "y"};

/// Rounds down, also below zero.
std::int64_t quotient(std::int64_t number, std::int64_t divisor) {
  const std::int64_t towards_zero = number / divisor;
  return number % divisor < 0 ? towards_zero - 1 : towards_zero;
}

sys_days first_day_of_month(std::int64_t months_since_year_0) {
  const std::int64_t year = quotient(months_since_year_0, 12);
  const auto month = static_cast<unsigned>(months_since_year_0 - year * 12) + 1;
  return std::chrono::year(static_cast<int>(year)) / std::chrono::month(month) / 1;
}

}  // namespace

std::optional<Period> Period::parse(std::string_view text) {
  std::int64_t count = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, failed] = std::from_chars(text.data(), end, count);
  if (failed != std::errc{} || count < 1 || count > k_most) return std::nullopt;
  const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
  for (std::size_t i = 0; i < k_units.size(); ++i) {
    if (unit == k_units[i]) return Period(count, Unit{static_cast<int>(i)});
  }
  return std::nullopt;
}

std::string Period::text() const {
  return fmt::format("{}{}", m_count, k_units[static_cast<std::size_t>(m_unit)]);
}

std::int64_t Period::number_at(sys_seconds moment) const {
  const sys_days day = std::chrono::floor<std::chrono::days>(moment);
  if (m_unit == Unit::days) return quotient((day - k_first_day).count(), m_count);
  const std::chrono::year_month_day date(day);
  const std::int64_t year = static_cast<int>(date.year());
  if (m_unit == Unit::years) return quotient(year, m_count);
  return quotient(year * 12 + static_cast<unsigned>(date.month()) - 1, m_count);
}

sys_seconds Period::begin(std::int64_t number) const {
  switch (m_unit) {
    case Unit::days:
      return k_first_day + std::chrono::days(number * m_count);
    case Unit::months:
      return first_day_of_month(number * m_count);
    case Unit::years:
      return first_day_of_month(number * m_count * 12);
  }
  assert(false);
  return {};
}

sys_seconds Period::middle(std::int64_t number) const {
  const sys_seconds from = begin(number);
  return from + (begin(number + 1) - from) / 2;
}

}  // namespace winnow
