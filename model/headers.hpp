// Header fields of HTTP and WARC: in order, as they were written, looked up whatever their case.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

struct HeaderField {
  std::string name;
  std::string value;
  bool operator==(const HeaderField&) const = default;
};

class Headers {
public:
  void add(std::string name, std::string value) { m_fields.push_back({std::move(name), std::move(value)}); }
  /// "Name: value", surrounding white space dropped; a line without a colon is ignored (false).
  bool add_line(std::string_view line);
  void clear() { m_fields.clear(); }

  [[nodiscard]] std::optional<std::string_view> first(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return first(name).has_value(); }

  [[nodiscard]] const std::vector<HeaderField>& fields() const { return m_fields; }
  [[nodiscard]] bool empty() const { return m_fields.empty(); }
  bool operator==(const Headers&) const = default;

private:
  std::vector<HeaderField> m_fields;
};

/// ASCII case-insensitive equality, as header names and charset labels want it.
[[nodiscard]] bool iequals(std::string_view a, std::string_view b);
[[nodiscard]] std::string ascii_lower(std::string_view text);
[[nodiscard]] std::string_view trim(std::string_view text);  ///< ASCII white space at both ends

/// A Content-Type header's media type, lower case, without parameters; empty when it is none: no slash, or
/// white space, control characters or non-ASCII bytes inside. Of a header sent twice and joined by a comma it
/// is the first one.
[[nodiscard]] std::string media_type(std::string_view content_type);

}  // namespace winnow
