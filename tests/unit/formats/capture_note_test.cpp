#include "formats/capture_note.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "formats/warc_archive.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/formats/export_records.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

const std::string k_field = "winnow-capture: ";

std::string note() {
  return capture_note(exported(20110521195625, "<p>one</p>").record);
}

/// The note with a key's value, given as JSON, in place of its own.
std::string with(const char* key, const std::string& value) {
  auto json = nlohmann::json::parse(note().substr(k_field.size()));
  json[nlohmann::json::json_pointer(key)] = nlohmann::json::parse(value);
  return k_field + json.dump() + "\r\n";
}

std::string why(const std::string& block) {
  const auto parsed = parse_capture_note(block);
  const auto* const problem = std::get_if<std::string>(&parsed);
  return problem != nullptr ? *problem : "it is taken";
}

}  // namespace

TEST_CASE("a note that makes no sense says why", "[capture_note]") {
  CHECK(why(note()) == "it is taken");
  CHECK(why("") == "it is none");
  CHECK(why("winnow-capture: {") == "it is no JSON");
  CHECK(why("winnow-capture: \xff") == "it is no JSON");
  CHECK(why("winnow-capture: []").starts_with("it is no note of a capture"));
  CHECK(why("winnow-capture: {}").starts_with("it is no note of a capture"));
  struct Case {
    const char* key;
    const char* value;
    const char* why;
  };
  const auto c = GENERATE(values<Case>({
      {"/archive", R"("file:///etc")", "its archive is none"},
      {"/archive", R"("javascript:x")", "its archive is none"},
      {"/site", R"("../..")", "its site is none"},
      {"/site", R"("a\u001b[2J")", "its site is none"},
      {"/urlkey", R"("com,bank)/privacy")", "its urlkey is not its URL's"},
      {"/original", R"("http://bank.com/privacy")", "its urlkey is not its URL's"},
      {"/state", R"("missing")", "its state is none"},
      {"/timestamp", R"("20111321195625")", "its timestamp is no timestamp"},
      {"/statuscode", "1000", "its statuscode is no number from 100 to 999"},
      {"/statuscode", "200.5", "its statuscode is no number from 100 to 999"},
      {"/length", "-1", "its length is no number from 0 to 9223372036854775807"},
      {"/length", "true", "its length is no number from 0 to 9223372036854775807"},
      {"/provenance", "null", "its provenance is none"},
      {"/provenance", "[]", "its provenance is none"},
      {"/provenance/statuscode", "-7", "its status is no number from 100 to 999"},
      {"/provenance/remote_address", R"("proxy.test")", "its remote_address is no address"},
      {"/provenance/hops", R"([{"url":"http://a.test/","status":7}])",
       "its status is no number from 100 to 999"},
  }));
  CAPTURE(c.key, c.value);
  CHECK(why(with(c.key, c.value)) == c.why);
}

TEST_CASE("a note is bounded", "[capture_note]") {
  std::string deep = "1";
  for (int i = 0; i < 100; ++i)
    deep = "[" + deep + "]";
  CHECK(why(with("/of_the_future", deep)) == "it is nested too deep");
  std::string wide = "[1";
  for (int i = 0; i < 200'000; ++i)
    wide += ",1";
  CHECK(why(with("/of_the_future", wide + "]")) == "it has more values than any record");
  CHECK(why(k_field + std::string(1'000'000, '[')) == "it is nested too deep");
}

TEST_CASE("what a note keeps in the store is bounded", "[capture_note]") {
  const auto text = [](std::size_t size) { return '"' + std::string(size, 'x') + '"'; };
  CHECK(why(with("/provenance/program", text(2U << 20U))) == "its provenance is longer than any");
  CHECK(why(with("/mimetype", text(2000))) == "its mimetype is longer than any");
  CHECK(why(with("/original", text(70'000))) == "its original is longer than any");
}

TEST_CASE("an index may key a URL in another way, under its host", "[capture_note]") {
  const auto parsed = parse_capture_note(with("/urlkey", R"("test,a)/PRIVACY?x")"));
  REQUIRE(std::holds_alternative<CaptureNote>(parsed));
  CHECK(std::get<CaptureNote>(parsed).capture.urlkey == "test,a)/PRIVACY?x");
}

TEST_CASE("keys that are not known are passed over", "[capture_note]") {
  CHECK(why(with("/of_the_future", R"({"a":1})")) == "it is taken");
}

TEST_CASE("Markdown that was imported goes along", "[capture_note]") {
  VersionRecord record = exported(20110521195625, "<p>one</p>").record;
  record.text.marks = {Mark::imported};
  const auto parsed = parse_capture_note(capture_note(record));
  REQUIRE(std::holds_alternative<CaptureNote>(parsed));
  const auto& text = std::get<CaptureNote>(parsed).given_text;
  REQUIRE(text);
  CHECK(text->title == record.text.title);
  CHECK(text->markdown == record.text.markdown);
  CHECK(text->marks == record.text.marks);
}

TEST_CASE("a note of another page is not believed, and one of no record is nobody's", "[capture_note]") {
  const auto record = [](std::string_view type, std::string_view id, std::string_view uri,
                         std::string_view fields, std::string_view block) {
    return fmt::format(
        "WARC/1.1\r\nWARC-Type: {}\r\nWARC-Record-ID: <urn:uuid:{}>\r\nWARC-Date: 2011-05-21T19:56:25Z\r\n"
        "WARC-Target-URI: {}\r\n{}Content-Length: {}\r\n\r\n{}\r\n\r\n",
        type, id, uri, fields, block.size(), block);
  };
  const auto metadata = [&](std::string_view of) {
    return record(
        "metadata", "n", "http://a.test/privacy",
        fmt::format("Content-Type: application/warc-fields\r\nWARC-Refers-To: <urn:uuid:{}>\r\n", of),
        note());
  };
  constexpr std::string_view k_http = "HTTP/1.1 200 OK\r\n\r\n<p>one</p>";
  const std::string other = record("response", "1", "http://bank.com/privacy", {}, k_http);
  const std::string own = record("response", "2", "http://a.test/privacy", {}, k_http);
  TempDir folder;
  // A note may come first, and a record may have none.
  const WarcArchive archive(
      {folder.write("a.warc", metadata("2") + other + own + metadata("1") + metadata("3"))});
  REQUIRE(archive.index().size() == 2);
  CHECK(archive.index().urlkey(0) == "com,bank)/privacy");
  REQUIRE(archive.notes(0).size() == 1);
  CHECK(std::get<std::string>(archive.notes(0)[0]) == "it is of another page");
  REQUIRE(archive.notes(1).size() == 1);
  CHECK(std::holds_alternative<CaptureNote>(archive.notes(1)[0]));
  // Nor is a note of another time, and a record stands for some captures, not for a million.
  std::string early = own;
  early.replace(early.find("2011-05-21"), 10, "2010-05-21");
  const WarcArchive elsewhen({folder.write("d.warc", early + metadata("2"))});
  CHECK(std::get<std::string>(elsewhen.notes(0).at(0)) == "it is of another time");
  std::string many = own;
  for (int i = 0; i < 100; ++i)
    many += metadata("2");
  const auto notes = WarcArchive({folder.write("e.warc", many)}).notes(0);
  REQUIRE(notes.size() == 65);
  CHECK(std::get<std::string>(notes.back()) == "there are more such records than of any capture");
  // Another file's record of the same id is another's.
  const WarcArchive two({folder.write("b.warc", own), folder.write("c.warc", metadata("2"))});
  CHECK(two.notes(0).empty());
}
