// Drawings over time: the strip of a site, the time line of a series. SVG whose measures across are percents,
// so that it is as wide as its page, with letters and lines that are not stretched.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/gap.hpp"
#include "model/timestamp.hpp"
#include "model/version_record.hpp"
#include "storage/capture_reader.hpp"
#include "storage/site_reader.hpp"
#include "storage/store_reader.hpp"

namespace winnow::serve {

class TimeAxis {
public:
  /// From the beginning of the first moment's year to the end of the last one's.
  TimeAxis(Timestamp first, Timestamp last);

  [[nodiscard]] double percent(Timestamp moment) const;  ///< 0 to 100; beyond the ends: the end
  [[nodiscard]] double percent(std::int64_t seconds) const;
  [[nodiscard]] int first_year() const { return m_first_year; }
  [[nodiscard]] int last_year() const { return m_last_year; }
  [[nodiscard]] std::int64_t begin() const { return m_begin; }  ///< seconds since 1970
  [[nodiscard]] std::int64_t end() const { return m_end; }

private:
  int m_first_year;
  int m_last_year;
  std::int64_t m_begin;
  std::int64_t m_end;
};

/// The years, as many as there is room for.
[[nodiscard]] std::string year_labels(const TimeAxis& axis);

/// A site's captures by quarters, and a mark where each version begins.
[[nodiscard]] std::string strip_chart(const TimeAxis& axis, const SiteOverview& overview);

struct TimelineParts {
  const SeriesSummary& series;
  const std::vector<VersionSummary>& versions;
  const std::vector<std::string>& links;  ///< of the versions' pages
  const std::vector<SeriesCapture>& captures;
  const std::vector<Gap>& gaps;
};

/// Versions as blocks from first to last capture, as high as they are long; between two of them the bracket
/// within which the change happened; below it each capture, and hatched what no text is known of.
[[nodiscard]] std::string timeline(const TimelineParts& parts);

}  // namespace winnow::serve
