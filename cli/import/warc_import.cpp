#include "cli/import/warc_import.hpp"

#include <map>
#include <optional>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/interrupt.hpp"
#include "formats/warc_archive.hpp"
#include "formats/warc_http.hpp"
#include "model/content_encoding.hpp"
#include "model/printable.hpp"
#include "model/version.hpp"

namespace winnow::cli {

namespace {

constexpr std::size_t k_largest_body = std::size_t{32} << 20U;

DigestCheck check_digest(const std::optional<Sha1>& listed, const std::string& stored, const Decoded& decoded,
                         const Sha1& decoded_sha1) {
  if (!listed) return DigestCheck::unknown;
  if (*listed == decoded_sha1) return DigestCheck::decoded;
  return decoded.encoded && sha1(stored) == *listed ? DigestCheck::as_stored : DigestCheck::mismatch;
}

/// Why a capture can't be imported, or the capture.
using Read = std::variant<ImportedCapture, std::string>;

Read read_capture(const WarcArchive& warcs, CaptureIndex::Row row, ImportBatch& batch) {
  Capture capture = warcs.index().capture(row);
  const auto response = warcs.load(row);
  if (!response) return "the response that this revisit repeats is not in these files";
  Decoded decoded = decode_content(*response->body, response->headers.first("Content-Encoding").value_or(""),
                                   k_largest_body);
  switch (decoded.status) {
    case DecodeStatus::too_large:
      return "the body is larger than 32 MiB";
    case DecodeStatus::truncated:
      return "the body's content-encoding ends too early";
    case DecodeStatus::damaged:
      return "the body's content-encoding is damaged";
    case DecodeStatus::ok:
      break;
  }
  BodyContent content{
      .reading = {.body = sha256(decoded.body),
                  .content_type = std::string(response->headers.first("Content-Type").value_or("")),
                  .url = capture.original},
      .sha1 = sha1(decoded.body),
      .size = decoded.body.size(),
      .body = {},
      .text = {}};
  const std::string& name = warcs.file_name(row);
  Provenance provenance{.archive = "file:" + name,
                        .requested_url = capture.original,
                        .requested_timestamp = capture.timestamp,
                        .replayed_url = capture.original,
                        .replayed_timestamp = capture.timestamp,
                        .memento_url = "",
                        .hops = {},
                        .statuscode = response->statuscode.value_or(0),
                        .original_headers = response->headers,
                        .response_headers = {},
                        .source_warc = fmt::format("{}:{}", name, warcs.index().position(row).offset),
                        .digest_check = check_digest(capture.digest, *response->body, decoded, content.sha1),
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

std::size_t import_warcs(Store& store, const std::vector<std::string>& paths, ImportBatch& batch) {
  const WarcArchive warcs(paths);
  for (const auto& [path, damage] : warcs.damage()) {
    spdlog::error("{}: record at {} left out: {}", printable(path), damage.offset, damage.what);
  }
  std::size_t left_out = warcs.damage().size();
  std::map<std::string, ArchiveId> archives;
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
    const auto [archive, is_new] = archives.try_emplace(capture.provenance.archive);
    if (is_new) archive->second = store.archive(archive->first, "warc");
    batch.add(archive->second, Found::warc, std::move(capture));
  }
  return left_out;
}

}  // namespace winnow::cli
