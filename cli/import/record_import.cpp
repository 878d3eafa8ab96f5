#include "cli/import/record_import.hpp"

#include <utility>

#include "cli/import/told_text.hpp"
#include "formats/jsonl_parser.hpp"
#include "model/version.hpp"

namespace winnow::cli {

namespace {

/// Of a record that says no more: an imported text had no other.
Provenance bare_provenance(const VersionRecord& record) {
  return {.archive = record.archive,
          .requested_url = record.capture.original,
          .requested_timestamp = record.capture.timestamp,
          .replayed_url = record.capture.original,
          .replayed_timestamp = record.capture.timestamp,
          .memento_url = {},
          .hops = {},
          .statuscode = record.capture.statuscode.value_or(0),
          .original_headers = {},
          .response_headers = {},
          .source_warc = {},
          .digest_check = DigestCheck::unknown,
          .fetched_at = Timestamp::now(),
          .program = k_program};
}

}  // namespace

std::variant<ImportedCapture, std::string> read_record(std::string_view line) {
  auto parsed = parse_jsonl_record(line);
  if (auto* const why = std::get_if<std::string>(&parsed)) return std::move(*why);
  VersionRecord& record = std::get<ExportedRecord>(parsed).record;
  Provenance provenance = record.provenance ? std::move(*record.provenance) : bare_provenance(record);
  PackedText text = told_text(record.text);
  return ImportedCapture{.capture = std::move(record.capture),
                         .site = std::move(record.site),
                         .provenance = std::move(provenance),
                         .body = {},
                         .given_text = std::move(text),
                         .is_told = true,
                         .is_inferred = record.state == "inferred"};
}

}  // namespace winnow::cli
