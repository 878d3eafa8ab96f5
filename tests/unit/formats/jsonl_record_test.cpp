#include "formats/jsonl_record.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "model/error.hpp"
#include "model/provenance_json.hpp"

using namespace winnow;

namespace {

VersionRecord imported_record() {
  const Timestamp first = Timestamp::from_value(20110521195625);
  return {.site = "a.test",
          .version = {.number = 1,
                      .first_seen = first,
                      .last_seen = first,
                      .changed_after = {},
                      .captures = 1,
                      .title = "A \"title\"",
                      .word_count = 2,
                      .text_sha256 = sha256("text"),
                      .words_sha256 = sha256("words")},
          .capture = {.urlkey = "test,a)/",
                      .timestamp = first,
                      .original = "http://a.test/",
                      .mimetype = "-",
                      .statuscode = {},
                      .digest = {},
                      .length = {}},
          .archive = "https://web.archive.org",
          .state = "held",
          .replayed_statuscode = {},
          .provenance = {},
          .body_sha1 = {},
          .body_sha256 = {},
          .body_size = 0,
          .text = {.title = "A \"title\"",
                   .markdown = "two\nwords \xe2\x80\x9c\n",
                   .word_count = 2,
                   .words_sha256 = sha256("words"),
                   .simhash = 0x00ff00000000000f,
                   .charset = "UTF-8",
                   .marks = {Mark::imported},
                   .extractor = 1}};
}

}  // namespace

TEST_CASE("a record is one line of JSON; what is not known is null", "[jsonl]") {
  const std::string line = jsonl_record({.record = imported_record(), .series = "test,a)/"});
  CHECK(line.find('\n') == std::string::npos);
  const auto json = nlohmann::json::parse(line);
  CHECK(json["title"] == "A \"title\"");
  CHECK(json["text"] == "two\nwords \xe2\x80\x9c\n");
  CHECK(json["simhash"] == "00ff00000000000f");
  CHECK(json["marks"] == nlohmann::json::array({"imported"}));
  for (const char* key : {"changed_after", "statuscode", "digest", "length", "body_sha1", "body_sha256",
                          "body_size", "provenance"}) {
    CAPTURE(key);
    CHECK(json.at(key).is_null());
  }
  CHECK_FALSE(
      nlohmann::json::parse(jsonl_record({.record = imported_record(), .series = "test,a)/"}, WithText::no))
          .contains("text"));
}

TEST_CASE("the status is the replayed one where a replay told it", "[jsonl]") {
  VersionRecord record = imported_record();
  record.capture.statuscode = 200;
  CHECK(nlohmann::json::parse(jsonl_record({.record = record, .series = "test,a)/"}))["statuscode"] == 200);
  record.replayed_statuscode = 203;
  CHECK(nlohmann::json::parse(jsonl_record({.record = record, .series = "test,a)/"}))["statuscode"] == 203);
}

TEST_CASE("bytes that are no UTF-8 do not break the record", "[jsonl]") {
  VersionRecord record = imported_record();
  record.capture.original = "http://a.test/\xe4";
  CHECK(nlohmann::json::parse(jsonl_record({.record = record, .series = "test,a)/"}))["original"] ==
        "http://a.test/\xef\xbf\xbd");
}

TEST_CASE("damaged provenance is an error, unknown keys are not", "[provenance_json]") {
  const std::string times =
      R"("requested_timestamp":"20110521195625","replayed_timestamp":"20110521195625","fetched_at":"20260101000000")";
  CHECK(parse_provenance("{" + times + R"(,"of_the_future":{}})").statuscode == 0);
  for (const std::string& damaged : std::vector<std::string>{
           "",
           "{",
           "[]",
           "{}",
           R"({"requested_timestamp":"no time"})",
           R"({"archive":"https://an.archive.whose.name.is.long.test","requested_url":7,)" + times + "}",
       }) {
    CAPTURE(damaged);
    CHECK_THROWS_AS(parse_provenance(damaged), Error);
  }
}

TEST_CASE("what is told of a live capture is read as it is written", "[provenance_json]") {
  const Timestamp now = *Timestamp::parse("20261122130512");
  Provenance live{.archive = std::string(k_live_archive),
                  .requested_url = "https://soomera.com/old",
                  .requested_timestamp = now,
                  .replayed_url = "https://soomera.com/privacy",
                  .replayed_timestamp = now,
                  .memento_url = "",
                  .hops = {{"https://soomera.com/old", 301, HopKind::live, "/privacy"}},
                  .statuscode = 200,
                  .original_headers = {},
                  .response_headers = {},
                  .source_warc = "",
                  .digest_check = DigestCheck::unknown,
                  .fetched_at = now,
                  .program = "winnow/0",
                  .remote_address = "2001:db8::1",
                  .not_modified_since = Timestamp::parse("20261101000000")};
  const Provenance read = parse_provenance(to_json(live));
  CHECK(read.archive == live.archive);
  CHECK(read.hops == live.hops);
  CHECK(read.remote_address == live.remote_address);
  CHECK(read.not_modified_since == live.not_modified_since);
  live.not_modified_since.reset();
  CHECK_FALSE(parse_provenance(to_json(live)).not_modified_since);
}
