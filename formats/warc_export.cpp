#include "formats/warc_export.hpp"

#include <fmt/format.h>

#include "formats/takeover_json.hpp"
#include "model/memento_url.hpp"
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
          .source_uri = record.provenance ? record.provenance->memento_url : std::string(),
          .ip_address = record.provenance ? record.provenance->remote_address : std::string(),
          .status = status_of(record),
          .headers = headers_of(record)};
}

std::string memento_of(const VersionRecord& record) {
  const auto fetched = record.provenance ? parse_memento_url(record.provenance->memento_url) : std::nullopt;
  if (!fetched) return {};
  return memento_url(fetched->archive, record.capture.timestamp, fetched->flag,
                     escape_for_request(record.capture.original));
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
    m_series = std::move(series);
    m_bodies.clear();
    m_captures.clear();
  }
  WarcResponse response = response_of(record);
  const bool is_inferred = record.state == "inferred";
  if (is_inferred && record.provenance && !m_bodies.contains(*record.body_sha256)) {
    WarcResponse fetched = response;
    fetched.target_uri = record.provenance->replayed_url;
    fetched.date = record.provenance->replayed_timestamp;
    if (record.provenance->statuscode != 0) fetched.status = record.provenance->statuscode;
    write(record, fetched, false);
  }
  // Where it can be looked at, though nobody has.
  if (is_inferred) response.source_uri = memento_of(record);
  write(record, response, is_inferred);
  return true;
}

void WarcExport::add(std::span<const Takeover> takeovers) {
  if (!takeovers.empty()) m_writer.write_metadata(k_takeovers_uri, takeovers_json(takeovers), m_written);
}

void WarcExport::write(const VersionRecord& record, const WarcResponse& response, bool is_inferred) {
  if (!m_captures.emplace(response.target_uri, response.date.value(), *record.body_sha256).second) return;
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
}

}  // namespace winnow
