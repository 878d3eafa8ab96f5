#include "crawler/link_format.hpp"

#include <algorithm>

#include "model/headers.hpp"

namespace winnow {

std::optional<std::string_view> link_parameter(std::string_view parameters, std::string_view name) {
  while (!parameters.empty()) {
    std::size_t end = 0;
    bool quoted = false;
    while (end < parameters.size() && (quoted || parameters[end] != ';'))
      quoted ^= parameters[end++] == '"';
    const auto parameter = trim(parameters.substr(0, end));
    parameters.remove_prefix(std::min(parameters.size(), end + 1));
    const auto equals = parameter.find('=');
    if (equals == std::string_view::npos || !iequals(trim(parameter.substr(0, equals)), name)) continue;
    auto value = trim(parameter.substr(equals + 1));
    if (value.starts_with('"')) value = value.substr(1, value.find('"', 1) - 1);
    return value;
  }
  return std::nullopt;
}

bool has_relation(std::string_view parameters, std::string_view relation) {
  auto relations = link_parameter(parameters, "rel").value_or("");
  while (!relations.empty()) {
    const auto blank = relations.find(' ');
    if (iequals(relations.substr(0, blank), relation)) return true;
    if (blank == std::string_view::npos) break;
    relations.remove_prefix(blank + 1);
  }
  return false;
}

}  // namespace winnow
