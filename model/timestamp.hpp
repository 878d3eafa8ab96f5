// The 14-digit timestamp of CDX and Memento URLs: YYYYMMDDhhmmss, UTC.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace winnow {

/// A moment as web archives write it. Always a real calendar date, 1970 to 9999; ordered by time.
/// value() is the fourteen digits read as one decimal number, which is also how the store keeps it.
class Timestamp {
public:
  /// Exactly fourteen digits that are a real date and time of day (a 60th second is accepted as the 59th).
  [[nodiscard]] static std::optional<Timestamp> parse(std::string_view digits);

  /// As parse(), and mends the rows of the year 2000 in which the Wayback Machine's index has "00" inserted
  /// before month or day (16 digits, or 14 with the seconds pushed out): see edgi/wayback, `_utils.py`.
  [[nodiscard]] static std::optional<Timestamp> parse_cdx(std::string_view digits);

  enum class Round { down, up };
  /// One to fourteen digits, or an ISO date (`2011`, `2011-05`, `2011-05-21`, `2011-05-21T19:56:25Z`),
  /// completed to the first or last second that it covers: what users and CDX `from`/`to` write.
  [[nodiscard]] static std::optional<Timestamp> parse_partial(std::string_view text, Round round);

  /// An HTTP date (RFC 9110 §5.6.7, IMF-fixdate and the two obsolete forms), as in Memento-Datetime.
  [[nodiscard]] static std::optional<Timestamp> parse_http_date(std::string_view text);

  /// The fourteen digits as a number. Precondition: they came from value().
  [[nodiscard]] static Timestamp from_value(std::uint64_t value);
  [[nodiscard]] static Timestamp from_time(std::chrono::sys_seconds time);
  [[nodiscard]] static Timestamp now();

  [[nodiscard]] std::uint64_t value() const { return m_value; }
  [[nodiscard]] std::chrono::sys_seconds time() const;

  [[nodiscard]] std::string digits() const;     ///< 20110521195625
  [[nodiscard]] std::string date() const;       ///< 2011-05-21
  [[nodiscard]] std::string iso() const;        ///< 2011-05-21T19:56:25Z
  [[nodiscard]] std::string http_date() const;  ///< Sat, 21 May 2011 19:56:25 GMT

  auto operator<=>(const Timestamp&) const =
      default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 misreads <=>

private:
  explicit Timestamp(std::uint64_t value) : m_value(value) {}
  std::uint64_t m_value;
};

}  // namespace winnow
