#include "formats/jsonl_parser.hpp"

#include <charconv>
#include <cstdint>
#include <limits>

#include <fmt/format.h>

#include "formats/checked_json.hpp"
#include "formats/text_json.hpp"

namespace winnow {

namespace {

using checked::Json;

constexpr std::int64_t k_most_words = std::numeric_limits<std::uint32_t>::max();

// Members are assigned one by one: what throws within braces has g++ 12 destroy them twice (GCC bug 66139).
Text text_of(const Json& json) {
  Text text = given_text_of(json);
  text.word_count = checked::integer_of<std::uint32_t>(json.at("words"), "words", 0, k_most_words);
  text.words_sha256 = checked::digest_at<Sha256>(json, "words_sha256");
  const std::string& simhash = json.at("simhash").get_ref<const std::string&>();
  constexpr int k_hex = 16;
  const char* const end = simhash.data() + simhash.size();
  if (std::from_chars(simhash.data(), end, text.simhash, k_hex).ptr != end)
    throw error("its simhash is none");
  // As storage names texts.
  if (sha256(text.title + "\n" + text.markdown) != checked::digest_at<Sha256>(json, "text_sha256"))
    throw error("its text does not have the text_sha256 that it gives");
  return text;
}

ExportedRecord record_of(const Json& json) {
  const Timestamp first_seen = checked::time_at(json, "first_seen");
  const Timestamp last_seen = checked::time_at(json, "last_seen");
  const Timestamp timestamp = checked::time_at(json, "timestamp");
  ExportedRecord exported{.unit = ExportedRecord::Unit::capture,
                          .record = {.version = {.first_seen = first_seen, .last_seen = last_seen},
                                     .capture = {.timestamp = timestamp}},
                          .series = {}};
  VersionRecord& record = exported.record;
  record.site = checked::site_at(json, "site");
  record.capture.original = checked::string_at(json, "original", checked::k_longest_url);
  record.capture.urlkey = checked::urlkey_at(json, "urlkey", record.capture.original);
  record.capture.mimetype = checked::string_at(json, "mimetype", checked::k_longest_type);
  record.capture.statuscode =
      checked::known_integer<int>(json, "statuscode", checked::k_least_status, checked::k_most_status);
  record.capture.length = checked::known_integer<std::uint64_t>(json, "length", 0, checked::k_longest);
  record.capture.digest = checked::cdx_digest_at(json, "digest");
  record.archive = checked::archive_at(json, "archive");
  record.state = checked::is_inferred_at(json, "state") ? "inferred" : "held";
  record.text = text_of(json);
  if (!json.at("provenance").is_null()) {
    record.provenance = checked::provenance_of(json.at("provenance"));
    record.provenance->archive = record.archive;
  }
  record.version.title = record.text.title;
  record.version.word_count = record.text.word_count;
  record.version.words_sha256 = record.text.words_sha256;
  return exported;
}

}  // namespace

std::variant<ExportedRecord, std::string> parse_jsonl_record(std::string_view line) {
  try {
    return record_of(checked::parse(line));
  } catch (const Json::parse_error&) {
    return "it is no JSON";
  } catch (const Json::exception& problem) {
    return fmt::format("it is no record of an export ({})", problem.what());
  } catch (const Error& problem) {
    return std::string(problem.what());
  }
}

}  // namespace winnow
