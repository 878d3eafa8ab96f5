#include "cli/import/record_import.hpp"

#include <utility>

#include "extract/given_text.hpp"
#include "formats/jsonl_parser.hpp"
#include "model/printable.hpp"
#include "model/url.hpp"
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

bool is_archive(std::string_view archive) {
  return archive == "warc:" || archive == k_live_archive || archive.starts_with("https://") ||
         archive.starts_with("http://");
}

/// As the store writes them: a host's name, or `-` of what has none.
bool is_site(std::string_view site) {
  constexpr std::size_t k_longest = 253;  // RFC 1035 §2.3.4, without the root
  return !site.empty() && site.size() <= k_longest && site.find('/') == std::string_view::npos &&
         printable(site) == site;
}

}  // namespace

std::variant<ImportedCapture, std::string> read_record(std::string_view line) {
  auto parsed = parse_jsonl_record(line);
  if (auto* const why = std::get_if<std::string>(&parsed)) return std::move(*why);
  VersionRecord& record = std::get<ExportedRecord>(parsed).record;
  if (!is_archive(record.archive)) return "its archive is none";
  if (!is_site(record.site)) return "its site is none";
  if (record.capture.urlkey != urlkey(record.capture.original)) return "its urlkey is not its URL's";
  Provenance provenance = record.provenance ? std::move(*record.provenance) : bare_provenance(record);
  provenance.archive = record.archive;
  Text text = given_text(record.text.title, record.text.markdown);
  text.charset = record.text.charset;
  text.marks = record.text.marks;
  text.extractor = record.text.extractor;
  return ImportedCapture{.capture = std::move(record.capture),
                         .site = std::move(record.site),
                         .provenance = std::move(provenance),
                         .body = {},
                         .given_text = pack_text(std::move(text))};
}

}  // namespace winnow::cli
