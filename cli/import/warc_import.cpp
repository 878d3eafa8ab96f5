#include "cli/import/warc_import.hpp"

#include <optional>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/import/told_text.hpp"
#include "cli/interrupt.hpp"
#include "formats/warc_archive.hpp"
#include "formats/warc_http.hpp"
#include "model/body_limit.hpp"
#include "model/content_encoding.hpp"
#include "model/memento_url.hpp"
#include "model/printable.hpp"
#include "model/url.hpp"
#include "model/version.hpp"

namespace winnow::cli {

namespace {

std::string archive_of(std::string_view source_uri) {
  const auto memento = parse_memento_url(source_uri);
  const auto archive = memento ? Url::parse(memento->archive) : std::nullopt;
  if (!archive || !archive->is_http() || archive->host.empty()) return k_warc_archive;
  return std::string(memento->archive);
}

/// A record's body, once for all captures that it stands for.
struct Opened {
  ArchivedResponse response;
  Decoded decoded;
  Sha256 name;
  Sha1 sha1;
};

std::variant<Opened, std::string> open_record(const WarcArchive& warcs, CaptureIndex::Row row) {
  auto response = warcs.load(row);
  if (!response) return "the response that this revisit repeats is not in these files";
  Decoded decoded = decode_content(*response->body, response->headers.first("Content-Encoding").value_or(""),
                                   k_largest_body);
  if (decoded.status != DecodeStatus::ok) return describe(decoded.status, k_largest_body);
  const Sha256 name = sha256(decoded.body);
  const Sha1 digest = sha1(decoded.body);
  return Opened{std::move(*response), std::move(decoded), name, digest};
}

std::string content_type(const Headers& headers) {
  return std::string(headers.first("Content-Type").value_or(""));
}

BodyContent content_of(const Opened& opened, std::string content_type, std::string url) {
  return {.reading = {.body = opened.name, .content_type = std::move(content_type), .url = std::move(url)},
          .sha1 = opened.sha1,
          .size = opened.decoded.body.size(),
          .body = {},
          .text = {}};
}

/// As any WARC file has it.
ImportedCapture capture_of_record(const WarcArchive& warcs, CaptureIndex::Row row, const Opened& opened) {
  const ArchivedResponse& response = opened.response;
  Capture capture = warcs.index().capture(row);
  const auto stored_sha1 = opened.decoded.encoded ? std::optional(sha1(*response.body)) : std::nullopt;
  Provenance provenance{
      .archive = archive_of(response.source_uri),
      .requested_url = capture.original,
      .requested_timestamp = capture.timestamp,
      .replayed_url = capture.original,
      .replayed_timestamp = capture.timestamp,
      .memento_url = response.source_uri,
      .hops = {},
      .statuscode = response.statuscode.value_or(0),
      .original_headers = response.headers,
      .response_headers = {},
      .source_warc = fmt::format("{}:{}", warcs.file_name(row), warcs.index().position(row).offset),
      .digest_check = check_digest(capture.digest, opened.sha1, stored_sha1),
      .fetched_at = Timestamp::now(),
      .program = k_program};
  BodyContent content = content_of(opened, content_type(response.headers), capture.original);
  return {.capture = std::move(capture),
          .site = {},
          .provenance = std::move(provenance),
          .body = std::move(content),
          .given_text = {}};
}

/// What is told of the digest, unless the bytes refute it: those that were served encoded are not here.
DigestCheck checked(DigestCheck told, const std::optional<Sha1>& digest, const Sha1& decoded) {
  if (told == DigestCheck::unknown) return told;
  const DigestCheck seen = check_digest(digest, decoded, {});
  return seen == DigestCheck::mismatch && told == DigestCheck::as_stored ? told : seen;
}

/// As winnow's own files tell of it beside the record.
ImportedCapture capture_of_note(CaptureNote note, const Opened& opened) {
  std::string type = content_type(opened.response.headers);
  std::string url = note.capture.original;
  if (note.provenance) {
    // Of a document no headers are known.
    if (!note.provenance->original_headers.empty()) type = content_type(note.provenance->original_headers);
    url = note.provenance->replayed_url;
    note.provenance->digest_check = checked(note.provenance->digest_check, note.capture.digest, opened.sha1);
  }
  const Timestamp timestamp = note.capture.timestamp;
  ImportedCapture imported{.capture = std::move(note.capture),
                           .site = std::move(note.site),
                           .provenance = note.provenance ? std::move(*note.provenance)
                                                         : Provenance{.requested_timestamp = timestamp,
                                                                      .replayed_timestamp = timestamp,
                                                                      .fetched_at = Timestamp::now()},
                           .body = content_of(opened, std::move(type), std::move(url)),
                           .given_text = {},
                           .is_told = true,
                           .is_inferred = note.is_inferred};
  imported.provenance.archive = std::move(note.archive);
  if (note.given_text) imported.given_text = told_text(*note.given_text);
  return imported;
}

}  // namespace

std::size_t import_warcs(ArchiveIds& archives, const std::vector<WarcArchive::Source>& files,
                         ImportBatch& batch, std::vector<Takeover>& takeovers) {
  const WarcArchive warcs(files, {}, WarcArchive::BadFile::left_out);
  takeovers.insert(takeovers.end(), warcs.takeovers().begin(), warcs.takeovers().end());
  for (const auto& [path, damage] : warcs.damage()) {
    spdlog::error("{}: record at {} left out: {}", printable(path), damage.offset, damage.what);
  }
  std::size_t left_out = warcs.damage().size();
  const auto leave_out = [&](CaptureIndex::Row row, std::string_view why) {
    spdlog::error("{}: {} {} left out: {}", printable(warcs.file_name(row)),
                  warcs.index().timestamp(row).digits(), printable(warcs.index().original(row)), why);
    ++left_out;
  };
  const auto add = [&](ImportedCapture capture, const Opened& opened) {
    batch.read(*capture.body, opened.decoded.body, capture.capture.urlkey);
    const ArchiveId archive = archives.of(capture.provenance.archive);
    batch.add(archive, Found::warc, std::move(capture));
  };
  const auto [begin, end] = warcs.index().all();
  for (CaptureIndex::Row row = begin; row < end && !interrupted(); ++row) {
    const auto read = open_record(warcs, row);
    if (const auto* const why = std::get_if<std::string>(&read)) {
      leave_out(row, *why);
      continue;
    }
    const auto& opened = std::get<Opened>(read);
    bool is_told = false;
    for (auto& note : warcs.notes(row)) {
      if (auto* const told = std::get_if<CaptureNote>(&note)) {
        add(capture_of_note(std::move(*told), opened), opened);
        is_told = true;
      } else {
        leave_out(row, "what winnow's own record tells of it: " + std::get<std::string>(note));
      }
    }
    if (!is_told) add(capture_of_record(warcs, row, opened), opened);
  }
  return left_out;
}

}  // namespace winnow::cli
