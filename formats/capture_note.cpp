#include "formats/capture_note.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/checked_json.hpp"
#include "formats/text_json.hpp"
#include "model/headers.hpp"
#include "model/provenance_json.hpp"

namespace winnow {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view k_field = "winnow-capture: ";

Json index_row(const VersionRecord& record) {
  const Capture& capture = record.capture;
  Json json = Json::object();
  json["archive"] = record.archive;
  json["site"] = record.site;
  json["urlkey"] = capture.urlkey;
  json["timestamp"] = capture.timestamp.digits();
  json["original"] = capture.original;
  json["mimetype"] = capture.mimetype;
  json["statuscode"] = capture.statuscode ? Json(*capture.statuscode) : Json(nullptr);
  json["digest"] = capture.digest ? Json(base32(*capture.digest)) : Json(nullptr);
  json["length"] = capture.length ? Json(*capture.length) : Json(nullptr);
  return json;
}

std::string field(Json json, const char* state, const std::optional<Provenance>& provenance) {
  json["state"] = state;
  json["provenance"] = provenance ? Json::parse(to_json(*provenance)) : Json(nullptr);
  return fmt::format("{}{}\r\n", k_field, json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

CaptureNote note_of(const checked::Json& json) {
  const Timestamp timestamp = checked::time_at(json, "timestamp");
  CaptureNote note{.capture = {.timestamp = timestamp}};
  note.archive = checked::archive_at(json, "archive");
  note.site = checked::site_at(json, "site");
  Capture& capture = note.capture;
  capture.original = checked::string_at(json, "original", checked::k_longest_url);
  capture.urlkey = checked::urlkey_at(json, "urlkey", capture.original);
  capture.mimetype = checked::string_at(json, "mimetype", checked::k_longest_type);
  capture.statuscode =
      checked::known_integer<int>(json, "statuscode", checked::k_least_status, checked::k_most_status);
  capture.digest = checked::cdx_digest_at(json, "digest");
  capture.length = checked::known_integer<std::uint64_t>(json, "length", 0, checked::k_longest);
  note.is_inferred = checked::is_inferred_at(json, "state");
  if (!json.at("provenance").is_null()) {
    note.provenance = checked::provenance_of(json.at("provenance"));
    note.provenance->archive = note.archive;
  } else if (!note.is_inferred) {
    throw error("its provenance is none");
  }
  if (json.contains("text")) note.given_text = given_text_of(json.at("text"));
  return note;
}

}  // namespace

std::string capture_note(const VersionRecord& record) {
  Json json = index_row(record);
  if (has_mark(record.text, Mark::imported)) json["text"] = given_text_json(record.text);
  return field(std::move(json), record.state == "inferred" ? "inferred" : "held", record.provenance);
}

std::string stand_in_note(const VersionRecord& inferred) {
  VersionRecord fetched = inferred;
  const Provenance& provenance = *inferred.provenance;
  fetched.archive = provenance.archive;
  fetched.capture.timestamp = provenance.replayed_timestamp;
  fetched.capture.original = provenance.replayed_url;
  fetched.capture.length.reset();
  fetched.capture.statuscode.reset();
  if (provenance.statuscode != 0) fetched.capture.statuscode = provenance.statuscode;
  const std::string type = media_type(provenance.original_headers.first("Content-Type").value_or(""));
  fetched.capture.mimetype = type.empty() ? "unk" : type;
  return field(index_row(fetched), "held", fetched.provenance);
}

bool is_capture_note(std::string_view block) {
  return block.starts_with(k_field);
}

std::variant<CaptureNote, std::string> parse_capture_note(std::string_view block) {
  if (!is_capture_note(block)) return "it is none";
  const std::string_view line = block.substr(k_field.size(), block.find('\n') - k_field.size());
  try {
    return note_of(checked::parse(line));
  } catch (const checked::Json::parse_error&) {
    return "it is no JSON";
  } catch (const checked::Json::exception& problem) {
    return fmt::format("it is no note of a capture ({})", problem.what());
  } catch (const Error& problem) {
    return std::string(problem.what());
  }
}

}  // namespace winnow
