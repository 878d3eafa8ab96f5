#include "serve/asked.hpp"

#include <algorithm>
#include <charconv>

#include "model/url.hpp"
#include "serve/cdx_query.hpp"

namespace winnow::serve {

namespace {
constexpr std::size_t k_longest = 200;
}

Asked::Asked(std::string_view target) {
  const std::size_t end = std::min(target.find('?'), target.size());
  m_path = target.substr(0, end);
  if (end < target.size()) m_values = parse_query_string(target.substr(end + 1));
  std::string_view rest = m_path;
  while (!rest.empty()) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    if (slash > 0) m_parts.push_back(unquote(rest.substr(0, slash)));
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
}

std::string Asked::value(std::string_view name) const {
  const auto found =
      std::find_if(m_values.begin(), m_values.end(), [&](const auto& value) { return value.first == name; });
  return found == m_values.end() ? std::string() : found->second.substr(0, k_longest);
}

std::uint64_t Asked::number(std::string_view name, std::uint64_t otherwise, std::uint64_t most) const {
  const std::string text = value(name);
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || problem != std::errc() || end != text.data() + text.size()) return otherwise;
  return std::min(number, most);
}

std::string Asked::with(const std::vector<std::pair<std::string, std::string>>& values) const {
  std::string url = m_path;
  char sign = '?';
  for (const auto& [name, text] : values) {
    if (text.empty()) continue;
    url += sign + name + "=" + quote_query_value(text);
    sign = '&';
  }
  return url;
}

}  // namespace winnow::serve
