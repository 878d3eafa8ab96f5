// What a request asks for, taken apart.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::serve {

class Asked {
public:
  explicit Asked(std::string_view target);

  [[nodiscard]] const std::string& path() const { return m_path; }  ///< as it was sent, without the query
  /// The path's parts, unescaped: `/site/a.example` -> `site`, `a.example`.
  [[nodiscard]] const std::vector<std::string>& parts() const { return m_parts; }
  /// The first value of that name, at most 200 bytes of it; empty when there is none.
  [[nodiscard]] std::string value(std::string_view name) const;
  /// A number of that name, within bounds; `otherwise` when there is none or it is no number.
  [[nodiscard]] std::uint64_t number(std::string_view name, std::uint64_t otherwise,
                                     std::uint64_t most) const;
  /// The path with these values (empty ones left out) in its query.
  [[nodiscard]] std::string with(const std::vector<std::pair<std::string, std::string>>& values) const;

private:
  std::string m_path;
  std::vector<std::string> m_parts;
  std::vector<std::pair<std::string, std::string>> m_values;
};

/// Which of many rows a page shows.
struct Paging {
  std::uint64_t page = 1;  ///< from 1
  std::uint64_t size = 50;
  [[nodiscard]] std::uint64_t offset() const { return (page - 1) * size; }
};

}  // namespace winnow::serve
