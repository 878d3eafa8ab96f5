#include "crawler/pywb/pywb_parser.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include <nlohmann/json.hpp>

#include "model/ascii.hpp"
#include "model/headers.hpp"
#include "model/url.hpp"

namespace winnow {

namespace {

using Row = PywbParser::Row;

struct Field {
  std::string_view name;
  std::string Row::*value;
};

// OutbackCDX and older pywbs use CDX' own names for three of them.
constexpr std::array<Field, 12> k_fields = {{
    {"urlkey", &Row::urlkey},
    {"timestamp", &Row::timestamp},
    {"url", &Row::url},
    {"mime", &Row::mime},
    {"status", &Row::status},
    {"digest", &Row::digest},
    {"length", &Row::length},
    {"is_fuzzy", &Row::is_fuzzy},
    {"method", &Row::method},
    {"original", &Row::url},
    {"mimetype", &Row::mime},
    {"statuscode", &Row::status},
}};

/// Takes the wanted fields of the outermost object as text; builds nothing else, so that depth and number of
/// the others cost no memory. What is no object, or nested beyond sense, ends the reading.
class RowReader : public nlohmann::json_sax<nlohmann::json> {
public:
  explicit RowReader(Row& row) : m_row(row) {}

  bool null() override { return scalar({}); }
  bool boolean(bool value) override { return scalar(value ? "1" : ""); }
  bool number_integer(number_integer_t value) override { return scalar(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return scalar(std::to_string(value)); }
  bool number_float(number_float_t /*value*/, const string_t& text) override { return scalar(text); }
  bool string(string_t& value) override { return scalar(value); }
  bool binary(binary_t& /*value*/) override { return false; }
  bool key(string_t& name) override {
    m_value = nullptr;
    if (m_depth != 1) return true;
    for (const auto& field : k_fields) {
      if (field.name == name) m_value = field.value;
    }
    return true;
  }
  bool start_object(std::size_t /*elements*/) override { return begin(); }
  bool end_object() override { return end(); }
  bool start_array(std::size_t /*elements*/) override { return m_depth > 0 && begin(); }
  bool end_array() override { return end(); }
  bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
                   const nlohmann::json::exception& /*problem*/) override {
    return false;
  }

private:
  static constexpr int k_deepest = 8;

  bool scalar(std::string_view value) {
    if (m_depth == 0) return false;
    if (m_depth == 1 && m_value != nullptr) m_row.*m_value = value;
    m_value = nullptr;
    return true;
  }
  bool begin() {
    m_value = nullptr;
    return ++m_depth <= k_deepest;
  }
  bool end() {
    --m_depth;
    return true;
  }

  Row& m_row;
  std::string Row::*m_value = nullptr;  // of the key just read
  int m_depth = 0;
};

std::string_view or_dash(std::string_view value) {
  return value.empty() ? std::string_view("-") : value;
}

/// JSON can say what a CDX line can't.
bool has_control_characters(std::string_view url) {
  return std::any_of(url.begin(), url.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

/// Crawlers in browsers count milliseconds: 17 digits.
std::string_view to_the_second(std::string_view timestamp) {
  const bool with_milliseconds =
      timestamp.size() == 17 && std::all_of(timestamp.begin(), timestamp.end(), is_digit);
  return with_milliseconds ? timestamp.substr(0, 14) : timestamp;
}

}  // namespace

PywbParser::PywbParser(OnRows on_rows, std::size_t batch) : LineParser(std::move(on_rows), batch) {}

void PywbParser::take_line(std::string_view line) {
  if (line.empty()) return;
  m_row = {};
  RowReader reader(m_row);
  if (!nlohmann::json::sax_parse(line, &reader) || has_control_characters(m_row.url)) return take_stray(line);
  if (!m_row.is_fuzzy.empty() && m_row.is_fuzzy != "0") {
    ++m_oddities.fuzzy_rows;
    return;
  }
  const bool get = m_row.method.empty() || iequals(m_row.method, "GET");
  if (!get || m_row.urlkey.find("__wb_method=") != std::string::npos) {
    ++m_oddities.posted_rows;
    return;
  }
  m_urlkey = m_row.url.empty() ? std::string() : urlkey(m_row.url);
  take_row({.urlkey = m_urlkey,
            .timestamp = to_the_second(m_row.timestamp),
            .original = m_row.url,
            .mimetype = or_dash(m_row.mime),
            .statuscode = or_dash(m_row.status),
            .digest = or_dash(m_row.digest),
            .length = or_dash(m_row.length)},
           line);
}

}  // namespace winnow
