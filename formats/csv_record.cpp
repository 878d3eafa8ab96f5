#include "formats/csv_record.hpp"

#include <array>

#include "formats/record_json.hpp"
#include "model/utf8.hpp"

namespace winnow {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array k_of_provenance{"memento_url", "source_warc", "digest_check", "fetched_at", "program"};

/// Bytes that are no UTF-8 become U+FFFD, and NUL as well: readers in C end there.
std::string clean(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    if (size == 0 || text.front() == '\0') {
      out += "\xef\xbf\xbd";
    } else {
      out += text.substr(0, size);
    }
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return out;
}

std::string quoted_field(const std::string& field) {
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string out = "\"";
  for (const char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string field(const Json& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return quoted_field(clean(value.get_ref<const std::string&>()));
  if (!value.is_array()) return value.dump();
  std::string words;
  for (const Json& word : value)
    words += (words.empty() ? "" : " ") + word.get<std::string>();
  return quoted_field(words);
}

/// Calls `add` with the name and value of each column.
template <class Add>
void for_each_column(const Json& record, Add add) {
  const Json& provenance = record.at("provenance");
  for (const auto& [key, value] : record.items())
    if (key != "provenance") add(key, value);
  for (const char* const key : k_of_provenance)
    add(key, provenance.is_null() ? Json(nullptr) : provenance.value(key, Json(nullptr)));
}

VersionRecord blank() {
  const Timestamp none = Timestamp::from_value(19700101000000);
  return {.site = {},
          .version = {.first_seen = none, .last_seen = none},
          .capture = {.urlkey = {},
                      .timestamp = none,
                      .original = {},
                      .mimetype = {},
                      .statuscode = {},
                      .digest = {},
                      .length = {}},
          .archive = {},
          .state = {},
          .replayed_statuscode = {},
          .provenance = {},
          .body_sha1 = {},
          .body_sha256 = {},
          .text = {}};
}

}  // namespace

std::string csv_header(WithText with_text) {
  std::string line;
  const auto add = [&line](std::string_view key, const Json&) {
    line += (line.empty() ? "" : ",") + std::string(key);
  };
  for_each_column(record_json({.record = blank(), .series = {}}, with_text), add);
  return line + "\r\n";
}

std::string csv_record(const ExportedRecord& exported, WithText with_text) {
  std::string line;
  bool is_first = true;
  const auto add = [&](std::string_view, const Json& value) {
    if (!is_first) line += ',';
    is_first = false;
    line += field(value);
  };
  for_each_column(record_json(exported, with_text), add);
  return line + "\r\n";
}

}  // namespace winnow
