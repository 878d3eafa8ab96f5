// The rows that answer a CDX query, as text or JSON, a piece at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "formats/capture_index.hpp"
#include "serve/cdx_query.hpp"

namespace winnow::serve {

/// Finds the rows of a query one after another: ranges, dates, filters and collapsing; not limit and offset.
class CdxRows {
public:
  /// Both must outlive it.
  CdxRows(const CaptureIndex& index, const CdxQuery& query);

  [[nodiscard]] std::optional<CaptureIndex::Row> next();

private:
  [[nodiscard]] bool passes(CaptureIndex::Row row);
  [[nodiscard]] bool collapses_into_last(CaptureIndex::Row row);
  void skip_to(CaptureIndex::Row row);

  const CaptureIndex& m_index;
  const CdxQuery& m_query;
  std::vector<CaptureIndex::Range> m_ranges;  // ascending; the first one shrinks as rows are taken
  std::size_t m_range = 0;
  std::string m_field;  // scratch
  std::vector<std::optional<std::string>>
      m_last;  // of each collapsing: the field of the last row that it saw
};

/// How many pages `query` has by the page API.
[[nodiscard]] std::uint64_t cdx_page_count(const CaptureIndex& index, const CdxQuery& query);

class CdxAnswer {
public:
  CdxAnswer(const CaptureIndex& index, CdxQuery query);
  CdxAnswer(CdxAnswer&&) = delete;  // its rows point into it

  /// Appends up to about `size` bytes; false when nothing comes after them.
  [[nodiscard]] bool fill(std::string& out, std::size_t size);

private:
  [[nodiscard]] std::optional<CaptureIndex::Row> next();
  void append_row(std::string& out, CaptureIndex::Row row);
  void append_end(std::string& out) const;

  const CaptureIndex& m_index;
  CdxQuery m_query;
  CdxRows m_rows;
  std::uint64_t m_left;                   ///< rows that the limit still allows
  std::vector<CaptureIndex::Row> m_last;  ///< of a negative limit, last first
  std::optional<CdxResume> m_resume;
  bool m_begun = false;
  std::string m_field;  // scratch
};

}  // namespace winnow::serve
