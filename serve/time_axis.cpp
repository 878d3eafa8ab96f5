#include "serve/time_axis.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "extract/markdown_html.hpp"
#include "model/printable.hpp"

namespace winnow::serve {
namespace {

constexpr int k_quarters = 4;

std::int64_t year_begin(int year) {
  using namespace std::chrono;
  return sys_seconds(sys_days(std::chrono::year(year) / January / 1)).time_since_epoch().count();
}

int year_of(Timestamp moment) {
  return static_cast<int>(moment.value() / 10'000'000'000U);
}

std::int64_t seconds(Timestamp moment) {
  return moment.time().time_since_epoch().count();
}

}  // namespace

TimeAxis::TimeAxis(Timestamp first, Timestamp last)
    : m_first_year(year_of(first)),
      m_last_year(std::max(year_of(last), m_first_year)),
      m_begin(year_begin(m_first_year)),
      m_end(year_begin(m_last_year + 1)) {}

double TimeAxis::percent(Timestamp moment) const {
  return percent(seconds(moment));
}

double TimeAxis::percent(std::int64_t moment) const {
  const double share = static_cast<double>(moment - m_begin) / static_cast<double>(m_end - m_begin);
  return std::clamp(100 * share, 0.0, 100.0);
}

std::string year_labels(const TimeAxis& axis) {
  const int years = axis.last_year() - axis.first_year() + 1;
  const int step = years > 40 ? 10 : years > 18 ? 5 : years > 8 ? 2 : 1;
  std::string out = "<svg class=\"years\" aria-hidden=\"true\">";
  for (int year = axis.first_year(); year <= axis.last_year(); ++year) {
    if (year % step != 0) continue;
    const double x = axis.percent(year_begin(year));
    out += fmt::format("<line x1=\"{0:.2f}%\" x2=\"{0:.2f}%\" y1=\"12\" y2=\"16\"/>", x);
    // The last one would run over the edge.
    if (x < 95) out += fmt::format("<text x=\"{:.2f}%\" y=\"10\">{}</text>", x, year);
  }
  return out + "</svg>";
}

std::string strip_chart(const TimeAxis& axis, const SiteOverview& overview) {
  std::map<std::uint32_t, std::uint64_t> quarters;
  for (const auto& [month, captures] : overview.months)
    quarters[month / 3] += captures;
  std::string out = fmt::format("<svg class=\"strip\" role=\"img\" aria-label=\"{} captures, {} versions\">",
                                overview.site.captures, overview.site.versions);
  const double width = 100.0 / (k_quarters * (axis.last_year() - axis.first_year() + 1));
  for (const auto& [quarter, captures] : quarters) {
    const int since_first = static_cast<int>(quarter) - k_quarters * axis.first_year();
    const int density = captures > 30 ? 4 : captures > 10 ? 3 : captures > 2 ? 2 : 1;
    out += fmt::format("<rect class=\"d{}\" x=\"{:.2f}%\" width=\"{:.2f}%\" y=\"8\" height=\"14\"/>", density,
                       since_first * width, width);
  }
  // Two in one place are one mark.
  std::set<std::int64_t> places;
  for (const Timestamp change : overview.changes)
    places.insert(std::llround(axis.percent(change) * 4));
  for (const std::int64_t place : places)
    out += fmt::format("<line class=\"mark\" x1=\"{0:.2f}%\" x2=\"{0:.2f}%\" y1=\"1\" y2=\"22\"/>",
                       static_cast<double>(place) / 4);
  return out + "</svg>";
}

}  // namespace winnow::serve
