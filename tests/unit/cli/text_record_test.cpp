#include "cli/extract/text_record.hpp"

#include <string>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using winnow::cli::RecordSource;
using winnow::cli::text_record;
using Json = nlohmann::json;

TEST_CASE("a record is one line of UTF-8, whatever is in it") {
  winnow::Text text;
  text.title = "a\nb\x01";
  text.markdown = "caf\xC3\xA9 \"quoted\"\n\xE2\x80\xA8";
  const std::string line = text_record({.file = "bad \xFF name"}, text, {});
  CHECK(line.find('\n') == std::string::npos);
  const Json json = Json::parse(line);
  CHECK(json["file"] == "bad \xEF\xBF\xBD name");
  CHECK(json["title"] == text.title);
  CHECK(json["text"] == text.markdown);
}

TEST_CASE("what is not known is null") {
  const Json json = Json::parse(text_record({.file = "f"}, {}, {}));
  for (const char* key : {"offset", "url", "timestamp", "statuscode", "mimetype", "digest", "charset"}) {
    INFO(key);
    CHECK(json.at(key).is_null());
  }
  CHECK(json["language"]["code"].is_null());
  CHECK(json["facts"]["reading_grade"].is_null());
  CHECK(json["facts"]["claimed_date"].is_null());
}

TEST_CASE("numbers are rounded, digests spelled as the archives spell them") {
  winnow::Text text;
  text.simhash = 0xAB;
  winnow::Analysis analysis;
  analysis.gate.score = 0.123456789;
  analysis.gate.reasons = {{"privacy in title", -1.00004999}};
  const RecordSource source{.file = "x.warc",
                            .offset = 7,
                            .url = "http://a.example/",
                            .timestamp = winnow::Timestamp::parse("20100102030405"),
                            .statuscode = 404,
                            .mimetype = "text/html",
                            .digest = winnow::sha1("")};
  const Json json = Json::parse(text_record(source, text, analysis));
  CHECK(json["gate"]["score"] == 0.1235);
  CHECK(json["gate"]["reasons"][0] == Json{{"feature", "privacy in title"}, {"weight", -1.0}});
  CHECK(json["simhash"] == "00000000000000ab");
  CHECK(json["timestamp"] == "20100102030405");
  CHECK(json["statuscode"] == 404);
  CHECK(json["digest"] == "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
}
