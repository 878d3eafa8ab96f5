#include "model/headers.hpp"

#include <algorithm>

#include "model/ascii.hpp"

namespace winnow {

bool Headers::add_line(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return false;
  const auto name = trim(line.substr(0, colon));
  if (name.empty()) return false;
  add(std::string(name), std::string(trim(line.substr(colon + 1))));
  return true;
}

std::optional<std::string_view> Headers::first(std::string_view name) const {
  for (const auto& field : m_fields) {
    if (iequals(field.name, name)) return field.value;
  }
  return {};
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& field : m_fields) {
    if (iequals(field.name, name)) values.emplace_back(field.value);
  }
  return values;
}

bool iequals(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return to_lower(x) == to_lower(y); });
}

std::string ascii_lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), to_lower);
  return result;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view k_space = " \t\r\n\f\v";
  const auto first = text.find_first_not_of(k_space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(k_space) - first + 1);
}

std::string media_type(std::string_view content_type) {
  std::string type = ascii_lower(trim(content_type.substr(0, content_type.find_first_of(";,"))));
  const bool plausible =
      type.find('/') != std::string::npos &&
      std::all_of(type.begin(), type.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
  return plausible ? type : std::string();
}

}  // namespace winnow
