// Opening tags with the attributes that say something about the text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <gumbo.h>

#include "extract/tag_scanner.hpp"

namespace winnow {

/// Longer values of attributes are left out: they are data: URLs.
inline constexpr std::size_t k_longest_value = 8192;

class TagWriter {
public:
  /// Appends to `out`. `by_name`: a style sheet may turn text round by any id or class (extract/style.hpp),
  /// so all of these stay. `place` is as in prune().
  TagWriter(std::string& out, bool by_name, std::string_view place)
      : m_out(out), m_by_name(by_name), m_place(place) {}

  /// From now on: a style sheet was seen that may give lists letters (extract/style.hpp).
  void keep_names_of_lists() { m_lists_by_name = true; }

  /// Writes the token's tag as `tag`. True when it has attributes.
  bool write_open(const Token& token, GumboTag tag);

  void write_attribute(std::string_view name, std::string_view value);

  /// Whether a tag was the place.
  [[nodiscard]] bool has_place() const { return m_has_place; }

private:
  void mark_place(bool is_name, std::string_view attribute);
  /// Of ids and classes those that mean something: most are for style sheets, and change with each build.
  void write_names(std::string_view attribute, std::string_view value, bool all);

  std::string& m_out;
  bool m_by_name;
  bool m_lists_by_name = false;
  std::string_view m_place;
  bool m_has_place = false;
  std::string m_names;
};

}  // namespace winnow
