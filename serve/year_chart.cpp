#include "serve/year_chart.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "serve/words.hpp"

namespace winnow::serve {
namespace {

// Down the drawing, in pixels.
constexpr int k_base = 72;
constexpr int k_highest = 56;

std::uint64_t two_digits(std::uint64_t number) {
  std::uint64_t unit = 1;
  while (number / unit >= 100)
    unit *= 10;
  return (number + unit / 2) / unit * unit;
}

std::string short_number(std::uint64_t number) {
  return number < 10'000 ? std::to_string(number) : fmt::format("{}k", number / 1000);
}

}  // namespace

std::string year_chart(const SearchResult& result) {
  const auto& years = result.years;
  if (years.size() < 2) return {};
  const std::uint32_t first = years.front().year;
  const double span = years.back().year - first + 1;
  std::uint64_t most = 1;
  for (const YearCount& year : years)
    most = std::max(most, year.known);
  const auto shown = [&](std::uint64_t count) {
    return result.are_years_estimated ? two_digits(count) : count;
  };
  const auto bar = [&](std::string_view name, double x, std::uint64_t count) {
    const auto height = static_cast<int>(k_highest * count / most);
    return fmt::format(R"(<rect class="{}" x="{:.2f}%" width="{:.2f}%" y="{}" height="{}"/>)", name, x,
                       88 / span, k_base - height, height);
  };
  std::string told;
  std::string bars;
  for (const YearCount& year : years) {
    const double x = 100 * (year.year - first) / span;
    const std::string words =
        fmt::format("{}: {} of {}", year.year, grouped(shown(year.with_words)), grouped(shown(year.known)));
    told += (told.empty() ? "" : "; ") + words;
    bars += fmt::format(R"(<g><title>{}</title>{}{}</g><text x="{:.2f}%" y="88">{}</text>)"
                        R"(<text class="value" x="{:.2f}%" y="{}">{}</text>)",
                        words, bar("known", x, year.known), bar("with", x, year.with_words), x, year.year, x,
                        k_base - 4 - static_cast<int>(k_highest * year.known / most),
                        short_number(shown(year.with_words)));
  }
  return fmt::format(
      R"(<svg class="bars" role="img" aria-label="Policies that have the words, by year: {}">{}</svg>)", told,
      bars);
}

}  // namespace winnow::serve
