#include "formats/jsonl_parser.hpp"

#include <charconv>
#include <cstdint>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/ip_address.hpp"
#include "model/error.hpp"
#include "model/provenance_json.hpp"

namespace winnow {

namespace {

using Json = nlohmann::json;

/// Deeper than any record, and far below what a parser's stack takes.
constexpr int k_deepest = 16;

constexpr std::int64_t k_least_status = 100;  // RFC 9110 §15
constexpr std::int64_t k_most_status = 999;   // servers have sent such
constexpr std::int64_t k_most_words = std::numeric_limits<std::uint32_t>::max();
constexpr std::int64_t k_most_extractors = 1'000'000;
constexpr std::int64_t k_longest = std::numeric_limits<std::int64_t>::max();

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

/// Not what nlohmann makes of a fraction, a truth value or a number that does not fit.
template <class Integer>
Integer integer_of(const Json& value, const char* key, std::int64_t least, std::int64_t most) {
  // Above an int64_t's range a number is an unsigned one.
  const bool fits = value.is_number_unsigned()
                        ? value.get<std::uint64_t>() <= static_cast<std::uint64_t>(most) &&
                              (least <= 0 || value.get<std::uint64_t>() >= static_cast<std::uint64_t>(least))
                        : value.is_number_integer() && value.get<std::int64_t>() >= least &&
                              value.get<std::int64_t>() <= most;
  if (!fits) throw error("its {} is no number from {} to {}", key, least, most);
  return value.get<Integer>();
}

template <class Integer>
std::optional<Integer> known_integer(const Json& json, const char* key, std::int64_t least,
                                     std::int64_t most) {
  const Json& value = json.at(key);
  if (value.is_null()) return std::nullopt;
  return integer_of<Integer>(value, key, least, most);
}

// Members are assigned one by one: what throws within braces has g++ 12 destroy them twice (GCC bug 66139).
Text text_of(const Json& json) {
  Text text;
  text.title = json.at("title").get<std::string>();
  text.markdown = json.at("text").get<std::string>();
  text.word_count = integer_of<std::uint32_t>(json.at("words"), "words", 0, k_most_words);
  text.words_sha256 = digest_at<Sha256>(json, "words_sha256");
  text.charset = json.at("charset").get<std::string>();
  text.extractor = integer_of<int>(json.at("extractor"), "extractor", 0, k_most_extractors);
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

/// A status that may be unknown: 0, or not there.
void check_status(const Json& json) {
  const Json status = json.value("statuscode", json.value("status", Json(0)));
  if (status != 0) integer_of<int>(status, "status", k_least_status, k_most_status);
}

Provenance provenance_of(const Json& json) {
  if (!json.is_object()) throw error("its provenance is none");
  check_status(json);
  for (const Json& hop : json.value("hops", Json::array()))
    check_status(hop);
  Provenance provenance = parse_provenance(json.dump());
  // It becomes a WARC record's.
  if (!provenance.remote_address.empty() && !is_ip_address(provenance.remote_address))
    throw error("its remote_address is no address");
  return provenance;
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
  record.capture.statuscode = known_integer<int>(json, "statuscode", k_least_status, k_most_status);
  record.capture.length = known_integer<std::uint64_t>(json, "length", 0, k_longest);
  record.archive = json.at("archive").get<std::string>();
  record.state = json.at("state").get<std::string>();
  record.text = text_of(json);
  if (const Json& digest = json.at("digest"); !digest.is_null())
    record.capture.digest = parse_cdx_digest(digest.get_ref<const std::string&>());
  if (!json.at("provenance").is_null()) record.provenance = provenance_of(json.at("provenance"));
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
