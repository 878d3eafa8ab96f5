#include "formats/record_json.hpp"

#include <fmt/format.h>

#include "formats/text_json.hpp"
#include "model/provenance_json.hpp"

namespace winnow {

namespace {

using Json = nlohmann::ordered_json;

template <class Value, class Render>
Json known(const std::optional<Value>& value, Render render) {
  return value ? Json(render(*value)) : Json(nullptr);
}

Json known(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

void add_change(Json& json, const VersionSummary& version) {
  const auto& change = version.change;
  json["words_removed"] = known(change, [](const TextChange& of) { return of.words_removed; });
  json["words_added"] = known(change, [](const TextChange& of) { return of.words_added; });
  json["share"] = known(change, [](const TextChange& of) { return of.share; });
  json["simhash_distance"] = known(change, [](const TextChange& of) { return of.simhash_distance; });
  json["minor"] = known(change, [](const TextChange& of) { return of.is_minor; });
  json["returns_to"] = known(version.returns_to, [](std::uint32_t number) { return number; });
}

}  // namespace

nlohmann::ordered_json record_json(const ExportedRecord& exported, WithText with_text) {
  const auto digits = [](Timestamp timestamp) { return timestamp.digits(); };
  const auto hex = [](const auto& digest) { return digest.hex(); };
  const auto same = [](auto value) { return value; };
  const VersionRecord& record = exported.record;
  const VersionSummary& version = record.version;
  const Text& text = record.text;

  Json json = Json::object();
  json["id"] = record_id(exported);
  json["version_id"] = version_id(record.site, version.first_seen, version.words_sha256);
  json["site"] = record.site;
  json["series"] = exported.series;
  json["urlkey"] = record.capture.urlkey;
  json["version"] = version.number;
  json["first_seen"] = version.first_seen.digits();
  json["last_seen"] = version.last_seen.digits();
  json["changed_after"] = known(version.changed_after, digits);
  json["unread_before"] = version.unread_before;
  json["captures"] = version.captures;
  json["unread"] = version.unread;
  json["language"] = known(version.language);
  json["kind"] = known(version.kind);
  json["claimed_date"] = known(version.claimed_date, same);
  json["claimed_or_date"] = known(version.claimed_or_date, same);
  add_change(json, version);
  json["archive"] = record.archive;
  json["timestamp"] = record.capture.timestamp.digits();
  json["original"] = record.capture.original;
  json["mimetype"] = record.capture.mimetype;
  json["statuscode"] =
      known(record.replayed_statuscode ? record.replayed_statuscode : record.capture.statuscode, same);
  json["digest"] = known(record.capture.digest, [](const Sha1& digest) { return base32(digest); });
  json["length"] = known(record.capture.length, same);
  json["state"] = record.state;
  json["body_sha1"] = known(record.body_sha1, hex);
  json["body_sha256"] = known(record.body_sha256, hex);
  json["body_size"] = record.body_sha256 ? Json(record.body_size) : Json(nullptr);
  json["text_sha256"] = version.text_sha256.hex();
  json["words_sha256"] = version.words_sha256.hex();
  json["simhash"] = fmt::format("{:016x}", text.simhash);
  json["words"] = version.word_count;
  json["charset"] = text.charset;
  json["marks"] = marks_json(text);
  json["extractor"] = text.extractor;
  json["title"] = text.title;
  if (with_text == WithText::yes) json["text"] = text.markdown;
  json["provenance"] = record.provenance ? Json::parse(to_json(*record.provenance)) : Json(nullptr);
  return json;
}

}  // namespace winnow
