// Made-up records of an export.
#pragma once

#include <string>

#include "model/exported_record.hpp"
#include "model/url.hpp"

namespace winnow::test {

inline Timestamp moment(std::uint64_t digits) {
  return Timestamp::from_value(digits);
}

/// A version of a.test's policy whose body is `body`, captured at `time` and held.
inline ExportedRecord exported(std::uint64_t time, const std::string& body,
                               const std::string& url = "http://a.test/privacy") {
  ExportedRecord exported{
      .unit = ExportedRecord::Unit::version,
      .record = {.site = "a.test",
                 .version = {.number = 1, .first_seen = moment(time), .last_seen = moment(time)},
                 .capture = {.urlkey = urlkey(url),
                             .timestamp = moment(time),
                             .original = url,
                             .mimetype = "text/html",
                             .statuscode = 200,
                             .digest = sha1(body),
                             .length = {}},
                 .archive = "https://archive.test",
                 .state = "held",
                 .replayed_statuscode = 200,
                 .provenance = Provenance{.archive = "https://archive.test",
                                          .requested_url = url,
                                          .requested_timestamp = moment(time),
                                          .replayed_url = url,
                                          .replayed_timestamp = moment(time),
                                          .memento_url = "https://archive.test/web/" + std::to_string(time) +
                                                         "id_/" + url,
                                          .hops = {},
                                          .statuscode = 200,
                                          .original_headers = {},
                                          .response_headers = {},
                                          .source_warc = "x.warc.gz",
                                          .digest_check = DigestCheck::as_stored,
                                          .fetched_at = moment(20260101000000),
                                          .program = "winnow/test"},
                 .body_sha1 = sha1(body),
                 .body_sha256 = sha256(body),
                 .body_size = body.size(),
                 .text = {.title = "Policy",
                          .markdown = "Text of " + body + "\n",
                          .word_count = 3,
                          .words_sha256 = sha256("Text of " + body),
                          .simhash = 0x00ff00000000000f,
                          .charset = "UTF-8",
                          .marks = {},
                          .extractor = 1}},
      .series = urlkey(url)};
  VersionRecord& record = exported.record;
  record.version.title = record.text.title;
  record.version.word_count = record.text.word_count;
  record.version.words_sha256 = record.text.words_sha256;
  record.version.text_sha256 = sha256(record.text.title + "\n" + record.text.markdown);
  return exported;
}

}  // namespace winnow::test
