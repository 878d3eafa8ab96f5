#include "cli/import/warc_import.hpp"

#include <optional>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

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

/// Why a capture can't be imported, or the capture.
using Read = std::variant<ImportedCapture, std::string>;

std::string archive_of(std::string_view source_uri) {
  const auto memento = parse_memento_url(source_uri);
  const auto archive = memento ? Url::parse(memento->archive) : std::nullopt;
  if (!archive || !archive->is_http() || archive->host.empty()) return k_warc_archive;
  return std::string(memento->archive);
}

Read read_capture(const WarcArchive& warcs, CaptureIndex::Row row, ImportBatch& batch) {
  Capture capture = warcs.index().capture(row);
  const auto response = warcs.load(row);
  if (!response) return "the response that this revisit repeats is not in these files";
  Decoded decoded = decode_content(*response->body, response->headers.first("Content-Encoding").value_or(""),
                                   k_largest_body);
  if (decoded.status != DecodeStatus::ok) return describe(decoded.status, k_largest_body);
  BodyContent content{
      .reading = {.body = sha256(decoded.body),
                  .content_type = std::string(response->headers.first("Content-Type").value_or("")),
                  .url = capture.original},
      .sha1 = sha1(decoded.body),
      .size = decoded.body.size(),
      .body = {},
      .text = {}};
  const auto stored_sha1 = decoded.encoded ? std::optional(sha1(*response->body)) : std::nullopt;
  Provenance provenance{
      .archive = archive_of(response->source_uri),
      .requested_url = capture.original,
      .requested_timestamp = capture.timestamp,
      .replayed_url = capture.original,
      .replayed_timestamp = capture.timestamp,
      .memento_url = response->source_uri,
      .hops = {},
      .statuscode = response->statuscode.value_or(0),
      .original_headers = response->headers,
      .response_headers = {},
      .source_warc = fmt::format("{}:{}", warcs.file_name(row), warcs.index().position(row).offset),
      .digest_check = check_digest(capture.digest, content.sha1, stored_sha1),
      .fetched_at = Timestamp::now(),
      .program = k_program};
  batch.read(content, std::move(decoded.body), capture.urlkey);
  return ImportedCapture{.capture = std::move(capture),
                         .site = {},
                         .provenance = std::move(provenance),
                         .body = std::move(content),
                         .given_text = {}};
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
  const auto [begin, end] = warcs.index().all();
  for (CaptureIndex::Row row = begin; row < end && !interrupted(); ++row) {
    Read read = read_capture(warcs, row, batch);
    if (const auto* const why = std::get_if<std::string>(&read)) {
      spdlog::error("{}: {} {} left out: {}", printable(warcs.file_name(row)),
                    warcs.index().timestamp(row).digits(), printable(warcs.index().original(row)), *why);
      ++left_out;
      continue;
    }
    auto& capture = std::get<ImportedCapture>(read);
    const ArchiveId archive = archives.of(capture.provenance.archive);
    batch.add(archive, Found::warc, std::move(capture));
  }
  return left_out;
}

}  // namespace winnow::cli
