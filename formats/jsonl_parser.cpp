#include "formats/jsonl_parser.hpp"

#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "model/error.hpp"
#include "model/provenance_json.hpp"

namespace winnow {

namespace {

using Json = nlohmann::json;

/// Deeper than any record, and far below what a parser's stack takes.
constexpr int k_deepest = 16;

Timestamp time_at(const Json& json, const char* key) {
  const auto time = Timestamp::parse(json.at(key).get_ref<const std::string&>());
  if (!time) throw error("its {} is no timestamp", key);
  return *time;
}

template <class Digest>
Digest digest_at(const Json& json, const char* key) {
  const auto digest = Digest::from_hex(json.at(key).get_ref<const std::string&>());
  if (!digest) throw error("its {} is no digest", key);
  return *digest;
}

template <class Value>
std::optional<Value> optional_at(const Json& json, const char* key) {
  const Json& value = json.at(key);
  return value.is_null() ? std::nullopt : std::optional(value.get<Value>());
}

// Members are assigned one by one: what throws within braces has g++ 12 destroy them twice (GCC bug 66139).
Text text_of(const Json& json) {
  Text text;
  text.title = json.at("title").get<std::string>();
  text.markdown = json.at("text").get<std::string>();
  text.word_count = json.at("words").get<std::uint32_t>();
  text.words_sha256 = digest_at<Sha256>(json, "words_sha256");
  text.charset = json.at("charset").get<std::string>();
  text.extractor = json.at("extractor").get<int>();
  const std::string& simhash = json.at("simhash").get_ref<const std::string&>();
  constexpr int k_hex = 16;
  const char* const end = simhash.data() + simhash.size();
  if (std::from_chars(simhash.data(), end, text.simhash, k_hex).ptr != end)
    throw error("its simhash is none");
  for (const Json& mark : json.at("marks"))
    if (const auto known = parse_mark(mark.get_ref<const std::string&>())) text.marks.push_back(*known);
  // As storage names texts.
  if (sha256(text.title + "\n" + text.markdown) != digest_at<Sha256>(json, "text_sha256"))
    throw error("its text does not have the text_sha256 that it gives");
  return text;
}

ExportedRecord record_of(const Json& json) {
  const Timestamp first_seen = time_at(json, "first_seen");
  const Timestamp last_seen = time_at(json, "last_seen");
  const Timestamp timestamp = time_at(json, "timestamp");
  ExportedRecord exported{.unit = ExportedRecord::Unit::capture,
                          .record = {.version = {.first_seen = first_seen, .last_seen = last_seen},
                                     .capture = {.timestamp = timestamp}},
                          .series = {}};
  VersionRecord& record = exported.record;
  record.site = json.at("site").get<std::string>();
  record.capture.urlkey = json.at("urlkey").get<std::string>();
  record.capture.original = json.at("original").get<std::string>();
  record.capture.mimetype = json.at("mimetype").get<std::string>();
  record.capture.statuscode = optional_at<int>(json, "statuscode");
  record.capture.length = optional_at<std::uint64_t>(json, "length");
  record.archive = json.at("archive").get<std::string>();
  record.state = json.at("state").get<std::string>();
  record.text = text_of(json);
  if (const auto digest = optional_at<std::string>(json, "digest"))
    record.capture.digest = parse_cdx_digest(*digest);
  if (!json.at("provenance").is_null()) record.provenance = parse_provenance(json.at("provenance").dump());
  record.version.title = record.text.title;
  record.version.word_count = record.text.word_count;
  record.version.words_sha256 = record.text.words_sha256;
  return exported;
}

}  // namespace

std::variant<ExportedRecord, std::string> parse_jsonl_record(std::string_view line) {
  try {
    const auto is_shallow = [](int depth, Json::parse_event_t, Json&) {
      if (depth > k_deepest) throw error("it is nested too deep");
      return true;
    };
    return record_of(Json::parse(line, is_shallow));
  } catch (const Json::parse_error&) {
    return "it is no JSON";
  } catch (const Json::exception& problem) {
    return fmt::format("it is no record of an export ({})", problem.what());
  } catch (const Error& problem) {
    return std::string(problem.what());
  }
}

}  // namespace winnow
