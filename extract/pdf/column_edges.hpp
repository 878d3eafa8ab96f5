// Where a page's text ends on the right.
#pragma once

#include <map>

#include "extract/pdf/page_lines.hpp"

namespace winnow {

/// How far to the right the lines of a page reach that begin about where a given line does: nine tenths of
/// them (of fewer than ten, all) end there or before. A long URL or a line of program text does not count.
class ColumnEdges {
public:
  explicit ColumnEdges(const PdfPage& page);
  [[nodiscard]] double right_of(const PdfLine& line) const;

private:
  std::map<int, double> m_edges;  ///< by half inches of the left edge
};

}  // namespace winnow
