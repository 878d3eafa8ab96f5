#include "formats/warc_export.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "formats/wacz_writer.hpp"
#include "formats/warc_archive.hpp"
#include "formats/warc_reader.hpp"
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
    path = folder.write("out.warc.gz", bytes);
    WarcReader reader(path);
    while (auto record = reader.next())
      records.push_back(std::move(*record));
    CHECK(reader.damage().empty());
  }

  TempDir folder;
  std::string path;
  std::string bytes;
  std::vector<bool> has_body;
  std::vector<WarcExport::Written> index;
  std::vector<WarcRecord> records;  ///< the first is the warcinfo
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
