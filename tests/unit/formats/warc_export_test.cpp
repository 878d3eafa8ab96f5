#include "formats/warc_export.hpp"

#include <algorithm>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "formats/wacz_writer.hpp"
#include "formats/warc_archive.hpp"
#include "formats/warc_reader.hpp"
#include "model/provenance_json.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/formats/export_records.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

const std::string k_page = "<p>one</p>";

/// What is written of some records, read back.
struct Exported {
  explicit Exported(const std::vector<ExportedRecord>& given) {
    WarcExport out([this](std::string_view piece) { bytes += piece; },
                   [](const Sha256& sha256) { return sha256 == winnow::sha256(k_page) ? k_page : "other"; },
                   [this](const WarcExport::Written& written) { index.push_back(written); }, "winnow/test",
                   moment(20260101000000));
    for (const ExportedRecord& record : given)
      has_body.push_back(out.add(record));
    out.finish({});
    path = folder.write("out.warc.gz", bytes);
    WarcReader reader(path);
    while (auto record = reader.next())
      (record->type == "metadata" ? notes : records).push_back(std::move(*record));
    CHECK(reader.damage().empty());
  }

  TempDir folder;
  std::string path;
  std::string bytes;
  std::vector<bool> has_body;
  std::vector<WarcExport::Written> index;
  std::vector<WarcRecord> records;  ///< the first is the warcinfo
  std::vector<WarcRecord> notes;
};

ExportedRecord inferred(std::uint64_t time, std::uint64_t fetched) {
  ExportedRecord record = exported(fetched, k_page);
  record.record.capture.timestamp = moment(time);
  record.record.state = "inferred";
  record.record.replayed_statuscode.reset();
  return record;
}

std::string field(const WarcRecord& record, std::string_view name) {
  return std::string(record.headers.first(name).value_or("-"));
}

}  // namespace

TEST_CASE("a response has its head, made true for the decoded body", "[warc_export]") {
  ExportedRecord record = exported(20110521195625, k_page);
  Headers& headers = record.record.provenance->original_headers;
  headers.add("Content-Type", "text/html; charset=latin1");
  headers.add("Content-Encoding", "gzip");
  headers.add("content-length", "4711");
  headers.add("Transfer-Encoding", "chunked");
  headers.add("Set-Cookie", "a\r\nInjected: yes");
  headers.add("No Name", "x");
  const Exported out({record});
  REQUIRE(out.records.size() == 2);
  CHECK(out.records[0].type == "warcinfo");
  const WarcRecord& response = out.records[1];
  CHECK(response.version == "1.1");
  CHECK(response.type == "response");
  CHECK(response.date == moment(20110521195625));
  CHECK(response.block ==
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=latin1\r\nx-orig-content-encoding: gzip\r\n"
        "content-length: 10\r\nx-orig-transfer-encoding: chunked\r\nSet-Cookie: a  Injected: yes\r\n\r\n" +
            k_page);
  CHECK(field(response, "WARC-Source-URI") ==
        "https://archive.test/web/20110521195625id_/http://a.test/privacy");
  CHECK(field(response, "WARC-Payload-Digest") == "sha1:" + base32(sha1(k_page)));
  CHECK(field(response, "WARC-Block-Digest") == "sha1:" + base32(sha1(response.block)));
  CHECK(field(response, "Content-Type") == "application/http; msgtype=response");
}

TEST_CASE("a body that was written before in its series is revisited", "[warc_export]") {
  ExportedRecord elsewhere = exported(20130101000000, k_page, "http://a.test/other");
  const Exported out({exported(20110101000000, k_page), exported(20120101000000, k_page), elsewhere});
  REQUIRE(out.records.size() == 4);
  const WarcRecord& revisit = out.records[2];
  CHECK(revisit.type == "revisit");
  CHECK(field(revisit, "WARC-Refers-To-Target-URI") == "http://a.test/privacy");
  CHECK(field(revisit, "WARC-Refers-To-Date") == "2011-01-01T00:00:00Z");
  CHECK(field(revisit, "WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest");
  CHECK(revisit.block.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(out.records[3].type == "response");  // another series: memory is that of one
  CHECK(out.index[1].mimetype == "warc/revisit");
  CHECK(field(out.records[1], "WARC-Record-ID") != field(revisit, "WARC-Record-ID"));

  const WarcArchive archive({out.path});
  for (CaptureIndex::Row row = 0; row < archive.index().size(); ++row) {
    const auto response = archive.load(row);
    REQUIRE(response);
    CHECK(*response->body == k_page);
    CHECK(response->source_uri.starts_with("https://archive.test/web/"));
  }
}

TEST_CASE("what was never fetched revisits what was, and says no head", "[warc_export]") {
  // The index gives 2010 the digest of 2011, which was fetched.
  const Exported out({inferred(20100101000000, 20110101000000), exported(20110101000000, k_page)});
  REQUIRE(out.records.size() == 3);
  CHECK(out.records[1].type == "response");
  CHECK(out.records[1].date == moment(20110101000000));
  CHECK(out.records[2].type == "revisit");
  CHECK(out.records[2].date == moment(20100101000000));
  CHECK(out.records[2].block.empty());
  CHECK(field(out.records[2], "WARC-Source-URI") ==
        "https://archive.test/web/20100101000000id_/http://a.test/privacy");
}

TEST_CASE("each record has a note beside it, which says all that the store knows", "[warc_export]") {
  ExportedRecord record = exported(20110521195625, k_page, "http://a.test:80/a b");
  VersionRecord& known = record.record;
  known.capture.digest = sha1("as it was served");
  known.capture.length = 4711;
  known.capture.statuscode = 203;
  known.provenance->hops = {{"http://a.test/from", 301, HopKind::archived, "/privacy"}};
  known.provenance->remote_address = "192.0.2.1";
  const Exported out({record});
  REQUIRE(out.notes.size() == 1);
  const WarcRecord& note = out.notes[0];
  CHECK(field(note, "WARC-Refers-To") == field(out.records.at(1), "WARC-Record-ID"));
  CHECK(field(note, "Content-Type") == "application/warc-fields");
  CHECK(note.target_uri() == out.records[1].target_uri());
  CHECK(note.date == out.records[1].date);

  const WarcArchive archive({out.path});
  REQUIRE(archive.index().size() == 1);
  const auto notes = archive.notes(0);
  REQUIRE(notes.size() == 1);
  REQUIRE(std::holds_alternative<CaptureNote>(notes[0]));
  const auto& told = std::get<CaptureNote>(notes[0]);
  CHECK(told.archive == "https://archive.test");
  CHECK(told.site == "a.test");
  CHECK_FALSE(told.is_inferred);
  CHECK(told.capture.original == "http://a.test:80/a b");
  CHECK(told.capture.urlkey == known.capture.urlkey);
  CHECK(told.capture.timestamp == known.capture.timestamp);
  CHECK(told.capture.digest == known.capture.digest);
  CHECK(told.capture.length == 4711);
  CHECK(told.capture.statuscode == 203);
  REQUIRE(told.provenance);
  CHECK(to_json(*told.provenance) == to_json(*known.provenance));
  CHECK_FALSE(told.given_text);
}

TEST_CASE("one record for captures that differ in what is known of them only", "[warc_export]") {
  ExportedRecord listed_twice = exported(20110101000000, k_page);
  listed_twice.record.capture.digest = sha1("another");
  ExportedRecord elsewhere = exported(20110101000000, k_page);
  elsewhere.record.archive = elsewhere.record.provenance->archive = "https://b.test";
  const Exported out({exported(20110101000000, k_page), listed_twice, elsewhere});
  CHECK(out.records.size() == 3);  // with warcinfo: of each archive one
  const WarcArchive archive({out.path});
  std::vector<std::string> told;
  for (CaptureIndex::Row row = 0; row < archive.index().size(); ++row)
    for (const auto& note : archive.notes(row))
      told.push_back(std::get<CaptureNote>(note).archive);
  std::sort(told.begin(), told.end());
  CHECK(told == std::vector<std::string>{"https://archive.test", "https://archive.test", "https://b.test"});
}

TEST_CASE("what stands for an inferred capture is one capture, whether or not its turn comes",
          "[warc_export]") {
  ExportedRecord fetched = exported(20110101000000, k_page, "http://a.test:80/privacy");
  fetched.record.provenance->replayed_url = "http://a.test/privacy";
  fetched.record.capture.length = 4711;
  const bool comes = GENERATE(true, false);
  std::vector<ExportedRecord> records{inferred(20100101000000, 20110101000000)};
  if (comes) records.push_back(fetched);
  const Exported out(records);
  REQUIRE(out.records.size() == 3);
  REQUIRE(out.notes.size() == 2);
  const WarcArchive archive({out.path});
  REQUIRE(archive.index().size() == 2);
  const auto first = archive.notes(0);
  const auto second = archive.notes(1);
  REQUIRE(first.size() == 1);
  REQUIRE(second.size() == 1);
  CHECK(std::get<CaptureNote>(first[0]).is_inferred);
  CHECK(std::get<CaptureNote>(first[0]).capture.timestamp == moment(20100101000000));
  const auto& held = std::get<CaptureNote>(second[0]);
  CHECK_FALSE(held.is_inferred);
  CHECK(held.capture.timestamp == moment(20110101000000));
  CHECK(held.capture.original == (comes ? "http://a.test:80/privacy" : "http://a.test/privacy"));
  CHECK(held.capture.length == (comes ? std::optional<std::uint64_t>(4711) : std::nullopt));
}

TEST_CASE("an inferred capture's memento is where its archive has it", "[warc_export]") {
  struct Case {
    std::string archive, fetched_from, memento, source;
  };
  const auto c = GENERATE(values<Case>({
      {"https://arquivo.test/wayback", "https://arquivo.test/wayback",
       "https://arquivo.test/wayback/20110101000000id_/http://a.test/privacy",
       "https://arquivo.test/wayback/20100101000000id_/http://a.test/privacy"},
      {"https://m.test", "https://m.test", "https://m.test/opaque/4711", "-"},
      {"https://b.test", "https://m.test", "https://m.test/web/20110101000000id_/http://a.test/privacy", "-"},
  }));
  ExportedRecord record = inferred(20100101000000, 20110101000000);
  record.record.archive = c.archive;
  record.record.provenance->archive = c.fetched_from;
  record.record.provenance->memento_url = c.memento;
  const Exported out({record});
  REQUIRE(out.records.size() == 3);
  CHECK(field(out.records[1], "WARC-Source-URI") == c.memento);
  CHECK(field(out.records[2], "WARC-Source-URI") == c.source);
}

TEST_CASE("only an address becomes WARC-IP-Address", "[warc_export]") {
  ExportedRecord record = exported(20110521195625, k_page);
  const auto [address, written] = GENERATE(table<std::string, std::string>({
      {"192.0.2.1", "192.0.2.1"},
      {"2001:db8::1", "2001:db8::1"},
      {"", "-"},
      {"proxy.test", "-"},
      {"192.0.2.1, 10.0.0.1", "-"},
  }));
  record.record.provenance->remote_address = address;
  CHECK(field(Exported({record}).records.at(1), "WARC-IP-Address") == written);
}

TEST_CASE("a text without a body is told and left out", "[warc_export]") {
  ExportedRecord record = exported(20110101000000, k_page);
  record.record.body_sha1.reset();
  record.record.body_sha256.reset();
  const Exported out({record});
  CHECK(out.has_body == std::vector{false});
  CHECK(out.records.size() == 1);
}

TEST_CASE("the same records give the same bytes, and places are right", "[warc_export]") {
  const std::vector<ExportedRecord> records = {
      exported(20110101000000, k_page), exported(20120101000000, k_page), exported(20130101000000, "other")};
  const Exported out(records);
  CHECK(out.bytes == Exported(records).bytes);
  REQUIRE(out.index.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& place = out.index[i].place;
    const auto record = read_record_at(out.bytes, {place.offset, place.length, 0, Compression::gzip});
    REQUIRE(record);
    CHECK(record->date == out.index[i].date);
  }
  CHECK(
      cdxj_line(out.index[0], "data.warc.gz") ==
      fmt::format("test,a)/privacy 20110101000000 {{\"url\":\"http://a.test/privacy\",\"mime\":\"text/html\","
                  "\"status\":\"200\",\"digest\":\"sha1:{}\",\"length\":\"{}\",\"offset\":\"{}\","
                  "\"filename\":\"data.warc.gz\"}}",
                  base32(sha1(k_page)), out.index[0].place.length, out.index[0].place.offset));
}
