#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "model/html_escape.hpp"
#include "model/printable.hpp"
#include "serve/time_axis.hpp"
#include "serve/words.hpp"

namespace winnow::serve {
namespace {

// Down the drawing, in pixels: years, blocks, captures, gaps.
constexpr int k_blocks_top = 34;
constexpr int k_base = 140;
constexpr int k_tick_top = 148;
constexpr int k_tick_end = 158;
constexpr int k_gap_top = 164;
constexpr int k_gap_height = 6;
constexpr double k_least_width = 0.3;  // percent: what is seen once can be seen, and clicked

std::int64_t seconds(Timestamp moment) {
  return moment.time().time_since_epoch().count();
}

TimeAxis axis_of(const TimelineParts& parts) {
  Timestamp first = parts.versions.front().first_seen;
  Timestamp last = parts.versions.back().last_seen;
  if (!parts.captures.empty()) {
    first = std::min(first, parts.captures.front().timestamp);
    last = std::max(last, parts.captures.back().timestamp);
  }
  return {first, last};
}

/// Places across, and the moments that they stand for: a script that zooms moves them.
std::string across(const TimeAxis& axis, Timestamp from, Timestamp to) {
  const double x = axis.percent(from);
  return fmt::format(R"(data-a="{}" data-b="{}" x="{:.3f}%" width="{:.3f}%")", seconds(from), seconds(to), x,
                     std::max(axis.percent(to) - x, k_least_width));
}

std::string line(const TimeAxis& axis, std::string_view kind, Timestamp from, Timestamp to, int top,
                 int bottom) {
  return fmt::format(
      R"(<line class="{}" data-a="{}" data-b="{}" x1="{:.3f}%" x2="{:.3f}%" y1="{}" y2="{}"/>)", kind,
      seconds(from), seconds(to), axis.percent(from), axis.percent(to), top, bottom);
}

class Drawing {
public:
  explicit Drawing(const TimelineParts& parts) : m_parts(parts), m_axis(axis_of(parts)) {
    for (const VersionSummary& version : parts.versions)
      m_most_words = std::max(m_most_words, version.word_count);
  }

  std::string draw() {
    m_out = fmt::format(
        R"html(<svg class="timeline" role="group" aria-label="Time line" data-begin="{}" data-end="{}"><defs>)html"
        R"html(<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" )html"
        R"html(patternTransform="rotate(45)"><line class="hatch" x1="0" x2="0" y1="0" y2="5"/></pattern></defs>)html",
        m_axis.begin(), m_axis.end());
    add_years();
    add_gaps();
    add_moves();
    add_versions();
    add_captures();
    add_scale();
    return m_out + "</svg>";
  }

private:
  void add_years() {
    const int years = m_axis.last_year() - m_axis.first_year() + 1;
    const int step = years > 24 ? 5 : years > 9 ? 2 : 1;
    for (int year = m_axis.first_year(); year <= m_axis.last_year(); ++year) {
      const auto begin = Timestamp::parse(fmt::format("{:04}0101000000", year));
      if (!begin) continue;
      m_out += line(m_axis, year % step == 0 ? "year" : "year faint", *begin, *begin, k_blocks_top - 6,
                    k_gap_top + k_gap_height);
      if (year % step == 0 && m_axis.percent(*begin) < 96)
        m_out += fmt::format(R"(<text{} data-a="{}" x="{:.3f}%" y="14">{}</text>)",
                             m_axis.percent(*begin) > 90 ? " class=\"late\"" : "", seconds(*begin),
                             m_axis.percent(*begin), year);
    }
    m_out += fmt::format(R"(<line class="base" x1="0%" x2="100%" y1="{0}" y2="{0}"/>)", k_base);
  }

  void add_gaps() {
    for (const Gap& gap : m_parts.gaps) {
      if (!gap.from || !gap.to) continue;
      const VersionSummary* const around = version_around(m_parts.versions, gap);
      m_out += fmt::format(
          R"(<rect class="gap" {} y="{}" height="{}"><title>{}</title></rect>)",
          across(m_axis, *gap.from, *gap.to), k_gap_top, k_gap_height,
          escape_html(around == nullptr ? gap_sentence(gap) : gap_within_sentence(gap, around->number, 0)));
    }
  }

  void add_moves() {
    for (const PageTenure& page : m_parts.series.pages) {
      if (!page.since || &page == &m_parts.series.pages.front()) continue;
      m_out += fmt::format(R"(<g class="move">{}<title>{}: moved to {}</title></g>)",
                           line(m_axis, "move", *page.since, *page.since, k_blocks_top - 4, k_gap_top),
                           page.since->date(), escape_html(printable(page.url)));
    }
  }

  void add_versions() {
    for (std::size_t i = 0; i < m_parts.versions.size(); ++i) {
      const VersionSummary& version = m_parts.versions[i];
      if (version.changed_after) add_bracket(*version.changed_after, version.first_seen);
      const double share = m_most_words == 0 ? 0 : static_cast<double>(version.word_count) / m_most_words;
      const auto height = static_cast<int>(std::lround(8 + share * (k_base - k_blocks_top - 8)));
      const bool is_minor = version.change && version.change->is_minor;
      m_out += fmt::format(
          // The list has the same links, where the keyboard finds them.
          R"(<a href="{0}" tabindex="-1" aria-label="{1}"><rect class="version{2}{3}{7}" {4} y="{5}" height="{6}">)"
          R"(<title>{1}</title></rect></a>)",
          escape_html(m_parts.links[i]), escape_html(version_sentence(version)), is_minor ? " minor" : "",
          version.returns_to ? " returned" : "", across(m_axis, version.first_seen, version.last_seen),
          k_base - height, height, kind_words(version.kind).empty() ? "" : " odd");
    }
  }

  /// The change happened somewhere within.
  void add_bracket(Timestamp after, Timestamp before) {
    m_out += "<g class=\"unsure\">" + line(m_axis, "", after, before, k_base - 3, k_base - 3) +
             line(m_axis, "", after, after, k_base - 7, k_base) +
             line(m_axis, "", before, before, k_base - 7, k_base) +
             fmt::format("<title>Changed between {} and {}</title></g>", after.date(), before.date());
  }

  void add_captures() {
    // A thousand places are as many as a screen shows; what has a text stands for its place.
    std::set<std::pair<std::int64_t, bool>> places;
    for (const SeriesCapture& capture : m_parts.captures) {
      const std::int64_t place = std::llround(m_axis.percent(capture.timestamp) * 10);
      if (!places.emplace(place, capture.has_text).second) continue;
      m_out += line(m_axis, capture.has_text ? "capture" : "capture bare", capture.timestamp,
                    capture.timestamp, k_tick_top, k_tick_end);
    }
  }

  /// How long the highest is.
  void add_scale() {
    if (m_most_words == 0) return;
    m_out += fmt::format(
        R"(<line class="scale" x1="0%" x2="100%" y1="{0}" y2="{0}"/><text class="scale" x="100%" y="{1}">{2}</text>)",
        k_blocks_top, k_blocks_top - 5, counted(m_most_words, "word"));
  }

  const TimelineParts& m_parts;
  TimeAxis m_axis;
  std::uint32_t m_most_words = 0;
  std::string m_out;
};

}  // namespace

std::string timeline(const TimelineParts& parts) {
  return parts.versions.empty() ? std::string() : Drawing(parts).draw();
}

}  // namespace winnow::serve
