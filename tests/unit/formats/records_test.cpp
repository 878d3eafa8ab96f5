// What analyzers read: JSON lines, their way back, and CSV.
#include <variant>

#include <catch2/catch.hpp>

#include "formats/csv_record.hpp"
#include "formats/jsonl_parser.hpp"
#include "formats/jsonl_record.hpp"
#include "tests/unit/formats/export_records.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

/// The fields of one record of CSV, quotes undone.
std::vector<std::string> fields(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') {
      if (quoted && i + 1 < line.size() && line[i + 1] == '"')
        fields.back() += line[i++];
      else
        quoted = !quoted;
    } else if (line[i] == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += line[i];
    }
  }
  return fields;
}

std::string column(const ExportedRecord& record, const std::string& name, WithText with_text = WithText::no) {
  const auto names = fields(csv_header(with_text));
  const auto values = fields(csv_record(record, with_text));
  REQUIRE(names.size() == values.size());
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return values[i];
  FAIL("no column " << name);
  return {};
}

std::string replaced(std::string line, const std::string& from, const std::string& to) {
  const std::size_t at = line.find(from);
  REQUIRE(at != std::string::npos);
  return line.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a version has the same id wherever it is exported, a capture its own", "[records]") {
  const ExportedRecord version = exported(20110521195625, "one");
  // printf 'a.test\n20110521195625\n%s\n' "$(printf 'Text of one' | sha256sum | cut -c-64)" | sha256sum | cut
  // -c-32
  CHECK(record_id(version) == "5a847431caee5878a138415878b44dc3");
  ExportedRecord other = version;
  other.record.version.number = 7;
  other.record.version.last_seen = moment(20200101000000);
  other.series = "test,a)/";
  CHECK(record_id(other) == record_id(version));
  other.unit = ExportedRecord::Unit::capture;
  CHECK(record_id(other) != record_id(version));
  ExportedRecord elsewhere = other;
  elsewhere.record.archive = "warc:";
  CHECK(record_id(elsewhere) != record_id(other));
}

TEST_CASE("CSV quotes what must be quoted", "[csv]") {
  ExportedRecord record = exported(20110521195625, "one");
  record.record.text.title = "Privacy, \"yours\"\r\nand ours";
  const std::string line = csv_record(record, WithText::no);
  CHECK(line.ends_with("\r\n"));
  CHECK(line.find("\"Privacy, \"\"yours\"\"\r\nand ours\"") != std::string::npos);
  CHECK(column(record, "title") == record.record.text.title);
  CHECK(column(record, "text", WithText::yes) == "Text of one\n");
  CHECK(column(record, "minor").empty());
  CHECK(column(record, "memento_url") == "https://archive.test/web/20110521195625id_/http://a.test/privacy");
  CHECK(csv_header(WithText::no).find("text,") == std::string::npos);
  record.record.version.change =
      TextChange{.words_removed = 2, .words_added = 3, .share = 0.25, .is_minor = true};
  record.record.text.marks = {Mark::whole_page, Mark::mended};
  CHECK(column(record, "minor") == "true");
  CHECK(column(record, "share") == "0.25");
  CHECK(column(record, "marks") == "whole-page mended");
}

TEST_CASE("CSV is UTF-8 without NUL, whatever the web has sent", "[csv]") {
  ExportedRecord record = exported(20110521195625, "one", "http://a.test/\xe4");
  record.record.text.title = std::string("a\0b", 3);
  CHECK(column(record, "original") == "http://a.test/\xef\xbf\xbd");
  CHECK(column(record, "title") ==
        "a\xef\xbf\xbd"
        "b");
}

TEST_CASE("a record without provenance has empty columns for it", "[csv]") {
  ExportedRecord record = exported(20110521195625, "one");
  record.record.provenance.reset();
  CHECK(column(record, "memento_url").empty());
}

TEST_CASE("a line is read back as the capture and text that it was", "[jsonl]") {
  ExportedRecord written = exported(20110521195625, "one");
  written.record.text.marks = {Mark::mended};
  const auto read = parse_jsonl_record(jsonl_record(written));
  REQUIRE(std::holds_alternative<ExportedRecord>(read));
  const VersionRecord& record = std::get<ExportedRecord>(read).record;
  CHECK(record.site == "a.test");
  CHECK(record.archive == "https://archive.test");
  CHECK(record.capture.original == "http://a.test/privacy");
  CHECK(record.capture.timestamp == moment(20110521195625));
  CHECK(record.capture.digest == sha1("one"));
  CHECK(record.text.markdown == "Text of one\n");
  CHECK(record.text.simhash == 0x00ff00000000000f);
  CHECK(record.text.marks == std::vector{Mark::mended});
  REQUIRE(record.provenance);
  CHECK(record.provenance->memento_url == written.record.provenance->memento_url);
}

TEST_CASE("what is no record says why", "[jsonl]") {
  const std::string line = jsonl_record(exported(20110521195625, "one"));
  const auto [bad, why] = GENERATE_COPY(table<std::string, std::string>({
      {"", "no JSON"},
      {"{", "no JSON"},
      {"[]", "no record"},
      {"{}", "no record"},
      {std::string(100000, '['), "nested"},
      {replaced(line, "Text of", "Test of"), "text_sha256"},
      {replaced(line, "\"20110521195625\"", "\"20111321195625\""), "no timestamp"},
      {replaced(line, "\"words\":3", "\"words\":\"3\""), "its words is no number"},
      {replaced(line, "\"words\":3", "\"words\":-3"), "its words is no number"},
      {replaced(line, "\"words\":3", "\"words\":3.5"), "its words is no number"},
      {replaced(line, "\"words\":3", "\"words\":18446744073709551615"), "its words is no number"},
      {replaced(line, "\"statuscode\":200,\"digest\"", "\"statuscode\":true,\"digest\""), "its statuscode"},
      {replaced(line, "\"statuscode\":200,\"digest\"", "\"statuscode\":1e9,\"digest\""), "its statuscode"},
      {replaced(line, "\"statuscode\":200,\"digest\"", "\"statuscode\":99,\"digest\""), "its statuscode"},
      {replaced(line, "\"statuscode\":200,\"source_warc\"", "\"statuscode\":70000,\"source_warc\""),
       "its status"},
      {replaced(line, "\"length\":null", "\"length\":-1"), "its length"},
      {replaced(line, "\"digest_check\"", "\"remote_address\":\"10.0.0.1, evil\",\"digest_check\""),
       "its remote_address"},
      {jsonl_record(exported(20110521195625, "one"), WithText::no), "no record"},
  }));
  CAPTURE(bad.substr(0, 80));
  const auto read = parse_jsonl_record(bad);
  REQUIRE(std::holds_alternative<std::string>(read));
  CHECK_THAT(std::get<std::string>(read), Catch::Contains(why));
}
