#include "extract/pdf/column_edges.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace winnow {
namespace {

int strip(const PdfLine& line) {
  constexpr double k_width = 36;
  return static_cast<int>(std::floor(line.box.left / k_width));
}

}  // namespace

ColumnEdges::ColumnEdges(const PdfPage& page) {
  constexpr int k_near = 2;
  std::map<int, std::vector<double>> ends;
  for (const PdfLine& line : page.lines) {
    for (int near = strip(line) - k_near; near <= strip(line) + k_near; ++near)
      ends[near].push_back(line.box.right);
  }
  for (auto& [at, rights] : ends) {
    const auto edge = rights.begin() + static_cast<std::ptrdiff_t>(rights.size() - 1 - rights.size() / 10);
    std::nth_element(rights.begin(), edge, rights.end());
    m_edges[at] = *edge;
  }
}

double ColumnEdges::right_of(const PdfLine& line) const {
  const auto found = m_edges.find(strip(line));
  return found == m_edges.end() ? line.box.right : found->second;
}

}  // namespace winnow
