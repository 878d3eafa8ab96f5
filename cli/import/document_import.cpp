#include "cli/import/document_import.hpp"

#include <algorithm>
#include <utility>

#include "cli/import/archive_ids.hpp"
#include "extract/given_text.hpp"
#include "formats/corpus_document.hpp"
#include "model/mend_utf8.hpp"
#include "model/url.hpp"
#include "model/version.hpp"

namespace winnow::cli {

namespace {

std::string archive_of(const CorpusHeader& header) {
  if (header.live) return std::string(k_live_archive);
  return header.archive.empty() ? std::string(k_document_archive) : header.archive;
}

ImportedCapture capture_of(const std::string& file_name, const CorpusDocument& document) {
  const CorpusHeader& header = document.header;
  return {.capture = {.urlkey = urlkey(header.url),
                      .timestamp = header.timestamp,
                      .original = header.url,
                      .mimetype = "-",
                      .statuscode = {},
                      .digest = {},
                      .length = {}},
          .site = header.site,
          .provenance = {.archive = archive_of(header),
                         .requested_url = header.url,
                         .requested_timestamp = header.timestamp,
                         .replayed_url = header.url,
                         .replayed_timestamp = header.timestamp,
                         .memento_url = snapshot_url(header),
                         .hops = {},
                         .statuscode = 0,
                         .original_headers = {},
                         .response_headers = {},
                         .source_warc = header.archive == k_warc_archive ? header.source : file_name,
                         .digest_check = DigestCheck::unknown,
                         .fetched_at = Timestamp::now(),
                         .program = k_program},
          .body = {},
          .given_text = {}};
}

/// What is no UTF-8 in it is U+FFFD: no JSON could hand it on.
Text text_of(const CorpusDocument& document) {
  const std::string title = mend_utf8(document.title);
  const std::string markdown = mend_utf8(document.text);
  Text text = given_text(title, markdown);
  if (title != document.title || markdown != document.text) {
    text.marks.push_back(Mark::bad_bytes);
    std::sort(text.marks.begin(), text.marks.end());
  }
  return text;
}

BodyContent body_content(const CorpusDocument& document, ImportBatch& batch) {
  // The corpus decoded its pages to UTF-8, whatever their meta tags say.
  BodyContent content{.reading = {.body = sha256(document.text),
                                  .content_type = "text/html; charset=utf-8",
                                  .url = document.header.url},
                      .sha1 = sha1(document.text),
                      .size = document.text.size(),
                      .body = {},
                      .text = {}};
  batch.read(content, std::string(document.text), urlkey(document.header.url));
  return content;
}

}  // namespace

std::optional<ImportedCapture> read_document(const std::string& file_name, std::string_view document,
                                             ImportBatch& batch) {
  if (const auto text = parse_corpus_document(document)) {
    ImportedCapture capture = capture_of(file_name, *text);
    capture.given_text = pack_text(text_of(*text));
    return capture;
  }
  if (const auto source = parse_corpus_source(document)) {
    ImportedCapture capture = capture_of(file_name, *source);
    capture.capture.mimetype = "text/html";
    capture.body = body_content(*source, batch);
    return capture;
  }
  return std::nullopt;
}

}  // namespace winnow::cli
