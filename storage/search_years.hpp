// How many series have the words that are searched, by year. For storage/*.cpp only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "storage/search_reader.hpp"
#include "storage/search_version.hpp"

namespace winnow::storage {

class YearCounter {
public:
  explicit YearCounter(const SearchQuery& query) : m_query(query) {}

  /// Those of the candidates that are to be counted: all, or some 2,000 taken from everywhere.
  [[nodiscard]] std::vector<SeriesId> sample(std::vector<SeriesId> candidates);
  /// A series' versions, oldest first.
  void add(const std::vector<SearchedVersion>& versions);

  /// Of all candidates.
  [[nodiscard]] std::vector<YearCount> years() const;
  [[nodiscard]] bool is_estimate() const { return m_scale > 1; }

private:
  /// The years of some time that are within the query's dates.
  struct Years {
    std::uint64_t first = 1;
    std::uint64_t last = 0;  ///< before `first`: none
  };
  [[nodiscard]] Years years_of(Timestamp first, Timestamp last) const;

  const SearchQuery& m_query;
  std::map<std::uint64_t, YearCount> m_years;
  double m_scale = 1;
};

}  // namespace winnow::storage
