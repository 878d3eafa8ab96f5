// A store of a test's own, and made-up captures to put into it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "model/url.hpp"
#include "storage/analysis_reader.hpp"
#include "storage/store.hpp"
#include "storage/store_reader.hpp"
#include "tests/support/temp_dir.hpp"

namespace winnow::test {

inline constexpr const char* k_archive = "https://archive.test";

inline Timestamp at(std::uint64_t digits) {
  return Timestamp::from_value(digits);
}

inline Capture capture(std::uint64_t time, const std::string& url, std::string_view digest_of = {},
                       std::optional<int> status = 200) {
  Capture capture{.urlkey = urlkey(url),
                  .timestamp = at(time),
                  .original = url,
                  .mimetype = "text/html",
                  .statuscode = status,
                  .digest = {},
                  .length = 1000};
  if (!digest_of.empty()) capture.digest = sha1(digest_of);
  return capture;
}

inline Provenance provenance(const Capture& capture, int status = 200) {
  return {.archive = k_archive,
          .requested_url = capture.original,
          .requested_timestamp = capture.timestamp,
          .replayed_url = capture.original,
          .replayed_timestamp = capture.timestamp,
          .memento_url = "",
          .hops = {},
          .statuscode = status,
          .original_headers = {},
          .response_headers = {},
          .source_warc = "",
          .digest_check = DigestCheck::unknown,
          .fetched_at = at(20260101000000),
          .program = "winnow/test"};
}

/// A text whose words are `words`.
inline Text text(const std::string& words) {
  return {.title = "Policy",
          .markdown = words + "\n",
          .word_count = static_cast<std::uint32_t>(words.empty() ? 0 : 1),
          .words_sha256 = sha256(words),
          .simhash = 0xfedcba9876543210,
          .charset = "UTF-8",
          .marks = {},
          .extractor = k_extractor};
}

/// What a fetch of `capture` brings whose page says `words`.
inline Held held(const Capture& capture, const std::string& words, int status = 200) {
  const std::string body = "<p>" + words + "</p>";
  return {.provenance = provenance(capture, status),
          .content = {.reading = {.body = sha256(body), .content_type = "", .url = capture.original},
                      .sha1 = sha1(body),
                      .size = body.size(),
                      .body = pack(body),
                      .text = pack_text(text(words))},
          .mimetype = "text/html",
          .follow = {}};
}

class StoreFixture {
public:
  StoreFixture() : path(folder / "winnow.db"), store(std::make_unique<Store>(path)) {
    store->begin_run("test", "winnow/test");
    archive = store->archive(k_archive, "wayback");
  }

  Listed list(const std::vector<Capture>& captures) {
    std::vector<ListedCapture> rows;
    for (const Capture& capture : captures)
      rows.push_back({capture, 0});
    return store->add_captures(archive, rows);
  }

  Plan plan(const std::vector<PageId>& pages, const Selection& selection) {
    return store->plan({archive, pages, {}, {}}, selection);
  }

  /// What a run does at its end: all versions are analysed, each as the same, and get their numbers.
  void arrive() {
    AnalysisReader reader(path);
    std::vector<AnalysedText> texts;
    for (const auto& unanalysed : reader.texts())
      texts.push_back({unanalysed.id, analysis(), reader.text(unanalysed.id).markdown});
    store->note_analyses(texts);
    std::vector<MeasuredChange> changes;
    for (const auto& change : reader.changes())
      changes.push_back({change.older, change.newer, this->change()});
    store->note_changes(changes);
    store->note_arrivals();
  }

  static TextAnalysis analysis() {
    return {.language = "en",
            .gate = "yes",
            .kind = "policy",
            .score = 0.5,
            .claimed_date = "2012-05",
            .claimed_or_date = {},
            .claimed_words = "Updated May 2012",
            .sentences = 1,
            .reading_grade = {}};
  }
  static TextChange change() {
    return {.words_removed = 1, .words_added = 2, .share = 0.25, .simhash_distance = 3, .is_minor = true};
  }

  /// Begins anew, as the next start of the program does.
  void next_run() {
    store->end_run(0, "{}");
    store = std::make_unique<Store>(path);
    store->begin_run("test", "winnow/test");
  }

  /// All rows of a query, the columns joined by `|`: what sqlite3 would print.
  std::vector<std::string> rows(const std::string& sql) const {
    const SQLite::Database database(path, SQLite::OPEN_READONLY);
    SQLite::Statement query(database, sql);
    std::vector<std::string> rows;
    while (query.executeStep()) {
      std::string row;
      for (int i = 0; i < query.getColumnCount(); ++i) {
        row += (i > 0 ? "|" : "") + query.getColumn(i).getString();
      }
      rows.push_back(row);
    }
    return rows;
  }

  TempDir folder;
  std::string path;
  std::unique_ptr<Store> store;
  ArchiveId archive{};
};

inline CaptureResult result(const ClaimedCapture& claimed, const std::string& words, int status = 200) {
  return {claimed.id, held(claimed.capture, words, status)};
}

inline CaptureResult failure(const ClaimedCapture& claimed, Reason reason) {
  return {claimed.id, Missed{.reason = reason, .status = 404, .detail = "test", .hops = {}, .retry_at = {}}};
}

}  // namespace winnow::test
