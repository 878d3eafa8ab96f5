#include "model/timestamp.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cctype>
#include <charconv>

#include <fmt/format.h>

#include "model/ascii.hpp"

namespace winnow {
namespace {

/// Precondition: digits only, at most 18 of them.
std::uint64_t number(std::string_view digits) {
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

struct Fields {
  unsigned year, month, day, hour, minute, second;
};

Fields fields(std::uint64_t value) {
  const auto part = [value](std::uint64_t divisor, std::uint64_t modulus) {
    return static_cast<unsigned>(value / divisor % modulus);
  };
  return {part(10'000'000'000, 10'000),
          part(100'000'000, 100),
          part(1'000'000, 100),
          part(10'000, 100),
          part(100, 100),
          part(1, 100)};
}

std::optional<std::uint64_t> checked_value(Fields f) {
  using namespace std::chrono;
  if (f.second == 60) f.second = 59;  // a leap second
  const year_month_day date{year(static_cast<int>(f.year)), month(f.month), day(f.day)};
  if (f.year < 1970 || f.year > 9999 || !date.ok() || f.hour > 23 || f.minute > 59 || f.second > 59)
    return {};
  return ((((f.year * 100ULL + f.month) * 100 + f.day) * 100 + f.hour) * 100 + f.minute) * 100 + f.second;
}

constexpr std::array<std::string_view, 12> k_months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> k_weekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

std::optional<unsigned> month_number(std::string_view word) {
  if (word.size() < 3) return {};
  std::array<char, 3> lower{};
  for (std::size_t i = 0; i < 3; ++i) {
    lower[i] = static_cast<char>(std::tolower(static_cast<unsigned char>(word[i])));
  }
  const auto* found = std::find(k_months.begin(), k_months.end(), std::string_view(lower.data(), 3));
  if (found == k_months.end()) return {};
  return static_cast<unsigned>(found - k_months.begin()) + 1;
}

}  // namespace

std::optional<Timestamp> Timestamp::parse(std::string_view digits) {
  if (digits.size() != 14 || !all_digits(digits)) return {};
  const auto value = checked_value(fields(number(digits)));
  if (!value) return {};
  return Timestamp(*value);
}

std::optional<Timestamp> Timestamp::parse_cdx(std::string_view digits) {
  if (auto plain = parse(digits)) return plain;
  if (digits.size() != 14 && digits.size() != 16) return {};
  for (const std::size_t inserted : {4U, 6U}) {
    if (digits.substr(inserted, 2) != "00") continue;
    std::string mended(digits);
    mended.erase(inserted, 2);
    mended.resize(14, '0');
    if (auto timestamp = parse(mended)) return timestamp;
  }
  return {};
}

std::optional<Timestamp> Timestamp::parse_partial(std::string_view text, Round round) {
  std::string digits;
  for (const char c : text) {
    if (is_digit(c)) {
      digits += c;
    } else if (std::string_view("-:TZ ").find(c) == std::string_view::npos || digits.empty()) {
      return {};
    }
  }
  if (digits.empty() || digits.size() > 14) return {};
  constexpr std::string_view k_first = "19700101000000";
  constexpr std::string_view k_last = "99991231235959";
  std::string full = digits + std::string((round == Round::down ? k_first : k_last).substr(digits.size()));
  if (round == Round::down) return parse(full);
  // The last day of a month that was left open.
  for (int attempts = 0; attempts < 4; ++attempts) {
    if (auto timestamp = parse(full)) return timestamp;
    if (digits.size() >= 8) return {};
    full[7] = static_cast<char>(full[7] == '0' ? '9' : full[7] - 1);
    if (full[7] == '9') full[6] = static_cast<char>(full[6] - 1);
  }
  return {};
}

std::optional<Timestamp> Timestamp::parse_http_date(std::string_view text) {
  // Words in any of the three orders: day numbers, month names, a year and hh:mm:ss tell themselves apart.
  Fields f{};
  bool has_day = false;
  bool has_year = false;
  bool has_time = false;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto end = std::min(text.find_first_of(" ,-", at), text.size());
    const auto word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    if (word.size() == 8 && word[2] == ':' && word[5] == ':' && all_digits(word.substr(0, 2)) &&
        all_digits(word.substr(3, 2)) && all_digits(word.substr(6, 2))) {
      f.hour = static_cast<unsigned>(number(word.substr(0, 2)));
      f.minute = static_cast<unsigned>(number(word.substr(3, 2)));
      f.second = static_cast<unsigned>(number(word.substr(6, 2)));
      has_time = true;
    } else if (all_digits(word) && word.size() <= 2 && !has_day) {
      f.day = static_cast<unsigned>(number(word));
      has_day = true;
    } else if (all_digits(word) && (word.size() == 4 || word.size() == 2) && !has_year) {
      f.year = static_cast<unsigned>(number(word));
      if (word.size() == 2) f.year += f.year < 70 ? 2000 : 1900;  // RFC 850
      has_year = true;
    } else if (const auto month = month_number(word); month && f.month == 0) {
      f.month = *month;
    }
  }
  if (!has_day || !has_year || !has_time) return {};
  const auto value = checked_value(f);
  if (!value) return {};
  return Timestamp(*value);
}

Timestamp Timestamp::from_value(std::uint64_t value) {
  assert(checked_value(fields(value)) == value);
  return Timestamp(value);
}

Timestamp Timestamp::from_time(std::chrono::sys_seconds time) {
  using namespace std::chrono;
  const auto day_start = floor<days>(time);
  const year_month_day date(day_start);
  const hh_mm_ss clock(time - day_start);
  const auto value = checked_value(
      {static_cast<unsigned>(static_cast<int>(date.year())), unsigned{date.month()}, unsigned{date.day()},
       static_cast<unsigned>(clock.hours().count()), static_cast<unsigned>(clock.minutes().count()),
       static_cast<unsigned>(clock.seconds().count())});
  assert(value);
  return Timestamp(*value);
}

Timestamp Timestamp::now() {
  return from_time(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

std::chrono::sys_seconds Timestamp::time() const {
  using namespace std::chrono;
  const auto f = fields(m_value);
  return sys_days(year(static_cast<int>(f.year)) / month(f.month) / day(f.day)) + hours(f.hour) +
         minutes(f.minute) + seconds(f.second);
}

std::string Timestamp::digits() const {
  return fmt::format("{:014}", m_value);
}

std::string Timestamp::date() const {
  const auto f = fields(m_value);
  return fmt::format("{:04}-{:02}-{:02}", f.year, f.month, f.day);
}

std::string Timestamp::iso() const {
  const auto f = fields(m_value);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", date(), f.hour, f.minute, f.second);
}

std::string Timestamp::http_date() const {
  const auto f = fields(m_value);
  const auto weekday = std::chrono::weekday(std::chrono::floor<std::chrono::days>(time())).c_encoding();
  const auto month = k_months[f.month - 1];
  return fmt::format("{}, {:02} {}{} {:04} {:02}:{:02}:{:02} GMT", k_weekdays[weekday], f.day,
                     static_cast<char>(month[0] - 'a' + 'A'), month.substr(1), f.year, f.hour, f.minute,
                     f.second);
}

}  // namespace winnow
