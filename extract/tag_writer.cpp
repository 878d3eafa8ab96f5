#include "extract/tag_writer.hpp"

#include <algorithm>
#include <array>

#include "extract/footnotes.hpp"
#include "extract/furniture_names.hpp"
#include "extract/prune.hpp"
#include "extract/style.hpp"
#include "model/ascii.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

constexpr std::array<std::string_view, 17> k_attributes = {
    "id",   "class", "style",   "href",    "hidden", "aria-hidden", "aria-modal", "role",      "start",
    "type", "value", "colspan", "rowspan", "alt",    "dir",         "reversed",   "aria-level"};

constexpr std::size_t k_role = 7;
static_assert(k_attributes[k_role] == "role");

/// Of what opens a panel, and of a text that is only to be read.
constexpr std::array<std::string_view, 4> k_button_attributes = {"aria-expanded", "aria-controls",
                                                                 "data-bs-toggle", "data-toggle"};
constexpr std::array<std::string_view, 2> k_textarea_attributes = {"readonly", "disabled"};

template <class Names>
bool is_one_of(const Names& names, std::string_view wanted) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return iequals(name, wanted); });
}

/// The words of a style attribute that can matter to the text.
bool is_telling_style(std::string_view value) {
  constexpr std::array<std::string_view, 6> k_words = {"display",   "visibility", "bidi",
                                                       "direction", "list-style", "font-weight"};
  return std::any_of(k_words.begin(), k_words.end(),
                     [value](std::string_view word) { return contains_any_case(value, word); });
}

}  // namespace

bool TagWriter::write_open(const Token& token, GumboTag tag) {
  m_out += '<';
  m_out += gumbo_normalized_tagname(tag);
  const std::size_t name_end = m_out.size();
  std::array<bool, k_attributes.size()> seen{};
  std::string_view rest = token.attributes;
  RawAttribute attribute;
  while (next_attribute(rest, attribute)) {
    const bool is_name = tag == GUMBO_TAG_A && iequals(attribute.name, "name");
    if (is_name && is_note_name(attribute.value)) write_attribute("name", attribute.value);
    if (!m_place.empty() && attribute.value == m_place) mark_place(is_name, attribute.name);
    const auto found = std::find_if(k_attributes.begin(), k_attributes.end(),
                                    [&](std::string_view name) { return iequals(name, attribute.name); });
    if ((tag == GUMBO_TAG_BUTTON && is_one_of(k_button_attributes, attribute.name)) ||
        (tag == GUMBO_TAG_TEXTAREA && is_one_of(k_textarea_attributes, attribute.name))) {
      std::string name(attribute.name);
      std::transform(name.begin(), name.end(), name.begin(), to_lower);
      write_attribute(name, attribute.value.size() > k_longest_value ? std::string_view() : attribute.value);
    }
    if (found == k_attributes.end() || attribute.value.size() > k_longest_value) continue;
    bool& again = seen[static_cast<std::size_t>(found - k_attributes.begin())];
    if (again || (*found == "style" && !is_telling_style(attribute.value))) continue;
    again = true;
    if (*found == "class" || (*found == "id" && !is_note_name(attribute.value))) {
      write_names(*found, attribute.value, m_by_name || (m_lists_by_name && tag == GUMBO_TAG_OL));
    } else {
      write_attribute(*found, attribute.value);
    }
  }
  const bool has_role = seen[k_role];
  if (token.tag == GUMBO_TAG_UNKNOWN && tag == GUMBO_TAG_DIV && !has_role) write_attribute("role", "dialog");
  if (token.tag == GUMBO_TAG_FORM && !has_role) write_attribute("role", "form");
  const bool has_attributes = m_out.size() > name_end;
  m_out += '>';
  return has_attributes;
}

void TagWriter::mark_place(bool is_name, std::string_view attribute) {
  if (m_has_place || (!is_name && !iequals(attribute, "id"))) return;
  m_has_place = true;
  write_attribute(k_place, {});
}

void TagWriter::write_names(std::string_view attribute, std::string_view value, bool all) {
  if (all) return write_attribute(attribute, value);
  m_names.clear();
  for_class_names(value, [this](std::string_view name) {
    if (meaning_of_name(name) == NameMeaning::none) return;
    if (!m_names.empty()) m_names += ' ';
    m_names += name;
  });
  if (!m_names.empty()) write_attribute(attribute, m_names);
}

void TagWriter::write_attribute(std::string_view name, std::string_view value) {
  m_out += ' ';
  m_out += name;
  if (value.empty()) return;
  m_out += "=\"";
  for (std::size_t quote = value.find('"'); quote != std::string_view::npos; quote = value.find('"')) {
    m_out += value.substr(0, quote);
    m_out += "&quot;";
    value.remove_prefix(quote + 1);
  }
  m_out += value;
  m_out += '"';
}

}  // namespace winnow
