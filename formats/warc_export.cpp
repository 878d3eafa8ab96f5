#include "formats/warc_export.hpp"

#include <fmt/format.h>

#include "formats/capture_note.hpp"
#include "formats/memento_of.hpp"
#include "formats/takeover_json.hpp"
#include "model/url.hpp"

namespace winnow {

namespace {

constexpr std::string_view k_revisit = "warc/revisit";

std::string info_fields(std::string_view program) {
  return fmt::format(
      "software: {}\r\nformat: WARC File Format 1.1\r\n"
      "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
      "description: Captures as they were taken from web archives; bodies are decoded, and fields on their "
      "coding are kept as x-orig-\r\n",
      program);
}

/// Of a document of others no header is known. Its source was decoded to UTF-8.
Headers headers_of(const VersionRecord& record) {
  if (record.provenance && !record.provenance->original_headers.empty())
    return record.provenance->original_headers;
  Headers headers;
  const std::string type = media_type(record.capture.mimetype);
  if (type.empty() || type == k_revisit) return headers;
  const bool is_document = record.provenance && record.provenance->statuscode == 0;
  headers.add("Content-Type", is_document ? type + "; charset=utf-8" : type);
  return headers;
}

int status_of(const VersionRecord& record) {
  if (record.replayed_statuscode && *record.replayed_statuscode != 0) return *record.replayed_statuscode;
  return record.capture.statuscode.value_or(200);
}

WarcResponse response_of(const VersionRecord& record) {
  return {.target_uri = record.capture.original,
          .date = record.capture.timestamp,
          .source_uri = memento_of(record),
          .ip_address = record.provenance ? record.provenance->remote_address : std::string(),
          .status = status_of(record),
          .headers = headers_of(record)};
}

}  // namespace

WarcExport::WarcExport(WarcWriter::Sink sink, Body body, Note note, std::string_view program,
                       Timestamp written)
    : m_writer(std::move(sink)), m_written(written), m_body(std::move(body)), m_note(std::move(note)) {
  m_writer.write_info(info_fields(program), written);
}

bool WarcExport::add(const ExportedRecord& exported) {
  const VersionRecord& record = exported.record;
  if (!record.body_sha256 || !record.body_sha1) return false;
  if (std::pair series(record.site, exported.series); series != m_series) {
    end_series();
    m_series = std::move(series);
  }
  WarcResponse response = response_of(record);
  const bool is_inferred = record.state == "inferred";
  if (is_inferred && record.provenance && !m_bodies.contains(*record.body_sha256))
    write_stand_in(record, response);
  Key key{record.archive, response.target_uri, response.date.value(), *record.body_sha256};
  if (!is_inferred && record.provenance) {
    // As it was fetched, its URL may be spelt in another way than the index has it.
    const Key fetched{record.archive, record.provenance->replayed_url,
                      record.provenance->replayed_timestamp.value(), *record.body_sha256};
    if (m_stand_ins.erase(fetched) > 0) key = fetched;
  }
  const std::string& id = write(key, record, response, is_inferred);
  m_writer.write_note(response.target_uri, response.date, id, capture_note(record));
  return true;
}

void WarcExport::write_stand_in(const VersionRecord& inferred, WarcResponse response) {
  const Provenance& provenance = *inferred.provenance;
  response.target_uri = provenance.replayed_url;
  response.date = provenance.replayed_timestamp;
  response.source_uri = provenance.memento_url;
  if (provenance.statuscode != 0) response.status = provenance.statuscode;
  const Key key{provenance.archive, response.target_uri, response.date.value(), *inferred.body_sha256};
  const std::string& id = write(key, inferred, response, false);
  m_stand_ins.insert_or_assign(key, StandIn{response.target_uri, response.date, id, stand_in_note(inferred)});
}

void WarcExport::end_series() {
  for (const auto& [key, stand_in] : m_stand_ins)
    m_writer.write_note(stand_in.target_uri, stand_in.date, stand_in.id, stand_in.note);
  m_stand_ins.clear();
  m_bodies.clear();
  m_written_ids.clear();
}

void WarcExport::finish(std::span<const Takeover> takeovers) {
  end_series();
  if (!takeovers.empty()) m_writer.write_metadata(k_takeovers_uri, takeovers_json(takeovers), m_written);
}

const std::string& WarcExport::write(const Key& key, const VersionRecord& record,
                                     const WarcResponse& response, bool is_inferred) {
  if (const auto known = m_written_ids.find(key); known != m_written_ids.end()) return known->second;
  Written written{.target_uri = response.target_uri,
                  .date = response.date,
                  .mimetype = std::string(k_revisit),
                  .status = {},
                  .payload = *record.body_sha1,
                  .place = {}};
  const auto [kept, is_new] =
      m_bodies.try_emplace(*record.body_sha256, Kept{{response.target_uri, response.date}, record.body_size});
  if (is_new) {
    written.place = m_writer.write_response(response, m_body(*record.body_sha256));
    const std::string type = media_type(response.headers.first("Content-Type").value_or(""));
    written.mimetype = type.empty() ? "unk" : type;
    written.status = response.status;
  } else {
    const auto head = is_inferred ? WarcWriter::Head::unknown : WarcWriter::Head::known;
    written.place =
        m_writer.write_revisit(response, *record.body_sha1, kept->second.size, kept->second.original, head);
    if (!is_inferred) written.status = response.status;
  }
  m_note(written);
  return m_written_ids.emplace(key, written.place.id).first->second;
}

}  // namespace winnow
