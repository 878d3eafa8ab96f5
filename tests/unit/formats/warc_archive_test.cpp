#include "formats/warc_archive.hpp"

#include <chrono>
#include <csignal>

#include <catch2/catch.hpp>
#include <sys/resource.h>

#include "model/url.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/warc_writer.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

const std::string k_url = "http://a.example/privacy";

/// The row of a timestamp, which each test uses once.
CaptureIndex::Row row_at(const WarcArchive& archive, const std::string& timestamp) {
  for (CaptureIndex::Row row = 0; row < archive.index().size(); ++row) {
    if (archive.index().timestamp(row).digits() == timestamp) return row;
  }
  FAIL("no capture of " << timestamp);
  return 0;
}

/// While it lives, a file that this process writes can't grow beyond `bytes`: write() fails.
class FileSizeLimit {
public:
  explicit FileSizeLimit(rlim_t bytes) : m_handler(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &m_before);
    const rlimit limit{bytes, m_before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &m_before);
    std::signal(SIGXFSZ, m_handler);
  }

private:
  void (*m_handler)(int);
  rlimit m_before{};
};

}  // namespace

TEST_CASE("rows are in the order of urlkey, then time, whatever the files' order") {
  const TempDir folder;
  const auto first =
      folder.write("1.warc.gz", warc_file({response("20120101000000", "http://b.example/", http_ok("1")),
                                           response("20110101000000", "http://b.example/", http_ok("2"))},
                                          Packing::gzip_records));
  const auto second = folder.write(
      "2.warc", warc_file({warcinfo(), response("20130101000000", "http://a.example/x", http_ok("3")),
                           response("20100101000000", "http://b.example/", http_ok("4"))},
                          Packing::plain));
  const WarcArchive archive({first, second});
  const CaptureIndex& index = archive.index();
  REQUIRE(index.size() == 4);
  CHECK(index.urlkey(0) == "example,a)/x");
  CHECK(*archive.load(0)->body == "3");
  CHECK(*archive.load(1)->body == "4");
  CHECK(*archive.load(2)->body == "2");
  CHECK(*archive.load(3)->body == "1");
  CHECK(archive.file_name(1) == "2.warc");
  CHECK(archive.file_name(3) == "1.warc.gz");

  CHECK(index.of_urlkey("example,b)/").begin == 1);
  CHECK(index.of_urlkey("example,b)/").end == 4);
  CHECK(index.of_urlkey("example,b)").empty());
  CHECK(index.of_urlkey("zz").empty());
  CHECK(index.with_prefix("example,").end == 4);
  CHECK(index.with_prefix("example,a)").end == 1);
  CHECK(index.with_prefix("example,c").empty());
  CHECK(index.lower_bound(index.of_urlkey("example,b)/"), *Timestamp::parse("20110101000000")) == 2);
}

TEST_CASE("a revisit plays the body that it names") {
  const TempDir folder;
  const auto packing = GENERATE(Packing::plain, Packing::gzip_records, Packing::gzip_whole);
  SECTION("by digest, also in another file, with the head that it kept") {
    const auto file = folder.write(
        "1.warc",
        warc_file({revisit("20120101000000", k_url, "body",
                           http({"HTTP/1.1 200 OK", "Content-Type: text/html", "X-Visit: second"}, ""))},
                  packing));
    const auto other = folder.write(
        "2.warc", warc_file({response("20110101000000", "http://b.example/", http_ok("body"))}, packing));
    const WarcArchive archive({file, other});
    const auto played = archive.load(row_at(archive, "20120101000000"));
    REQUIRE(played);
    CHECK(*played->body == "body");
    CHECK(played->headers.first("X-Visit") == "second");
    CHECK(played->statuscode == 200);
  }
  SECTION("by URI and date before any other of the same digest") {
    const auto head = [](const std::string& visit) {
      return http({"HTTP/1.1 200 OK", "X-Visit: " + visit}, "body");
    };
    const auto file =
        folder.write("1.warc", warc_file({response("20110101000000", k_url, head("near")),
                                          response("20090101000000", k_url, head("named")),
                                          revisit("20110102000000", k_url, "body", "",
                                                  {{"WARC-Refers-To-Target-URI", k_url},
                                                   {"WARC-Refers-To-Date", "2009-01-01T00:00:00Z"}})},
                                         packing));
    const WarcArchive archive({file});
    const auto played = archive.load(row_at(archive, "20110102000000"));
    REQUIRE(played);
    CHECK(played->headers.first("X-Visit") == "named");
  }
  SECTION("one that is not in the files can't be played, but is listed") {
    const auto file =
        folder.write("1.warc", warc_file({revisit("20110102000000", k_url, "body", http_ok(""))}, packing));
    const WarcArchive archive({file});
    REQUIRE(archive.index().size() == 1);
    CHECK_FALSE(archive.load(0));
  }
}

TEST_CASE(
    "a hundred thousand captures of one digest, or of one second, are not gone through for each revisit") {
  constexpr std::size_t k_many = 40'000;
  CaptureIndex index;
  const auto add = [&index](std::size_t number, const std::string& url, std::uint64_t time, bool is_revisit) {
    WarcCapture capture{{urlkey(url), Timestamp::from_value(time), url, "text/html", 200, sha1("same"), {}},
                        200,
                        {},
                        {},
                        {},
                        {}};
    if (is_revisit) capture.refers_to = RefersTo{k_url, Timestamp::parse("20110101000000")};
    index.add(capture, 0, {number, 1, 0, Compression::none});
  };
  for (std::size_t i = 0; i < k_many; ++i) {
    add(i, "http://b.example/" + std::to_string(i), 20120101000000, false);
    add(k_many + i, k_url, 20110101000000, true);
  }
  index.seal();
  const auto begin = std::chrono::steady_clock::now();
  std::size_t found = 0;
  for (CaptureIndex::Row row = 0; row < index.size(); ++row)
    found += index.is_revisit(row) && index.revisited(row) ? 1 : 0;
  CHECK(found == k_many);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(8));
}

TEST_CASE("a revisit after 304 plays the original's head") {
  const TempDir folder;
  const auto file = folder.write(
      "1.warc",
      warc_file({response("20110101000000", k_url, http_ok("body")),
                 warc_record({{"WARC-Type", "revisit"},
                              {"WARC-Date", "2012-01-01T00:00:00Z"},
                              {"WARC-Target-URI", k_url},
                              {"WARC-Profile", "http://netpreserve.org/warc/1.0/revisit/server-not-modified"},
                              {"WARC-Payload-Digest", "sha1:" + base32(sha1(""))},
                              {"WARC-Refers-To-Target-URI", k_url},
                              {"WARC-Refers-To-Date", "2011-01-01T00:00:00Z"}},
                             http({"HTTP/1.1 304 Not Modified", "ETag: x"}, ""))},
                Packing::gzip_records));
  const WarcArchive archive({file});
  const auto played = archive.load(row_at(archive, "20120101000000"));
  REQUIRE(played);
  CHECK(played->statuscode == 200);
  CHECK(played->headers.first("Content-Type") == "text/html");
  CHECK(*played->body == "body");
}

TEST_CASE("records deep inside a file gzipped as a whole are reached again") {
  const TempDir folder;
  std::vector<std::string> records;
  for (int i = 10; i < 40; ++i) {
    records.push_back(response("201101010000" + std::to_string(i), k_url,
                               http_ok(std::to_string(i) + std::string(100000, 'x'))));
  }
  const auto file = folder.write("1.warc.gz", warc_file(records, Packing::gzip_whole));
  const WarcArchive archive({file});
  REQUIRE(archive.index().size() == 30);
  for (const CaptureIndex::Row row : {29U, 0U, 15U, 29U}) {
    const auto played = archive.load(row);
    REQUIRE(played);
    CHECK(played->body->starts_with(std::to_string(10 + row) + "x"));
    CHECK(played->body->size() == 100002);
  }
}

TEST_CASE("what a member holds behind its last capture is not unpacked to disk") {
  const TempDir folder;
  const auto pack = GENERATE(
      as<std::string (*)(std::string_view)>(), [](std::string_view b) { return zstd(b); },
      [](std::string_view b) { return gzip(b); });
  const std::string records = response("20110101000000", k_url, http_ok(std::string(2U << 20U, 'x'))) +
                              response("20120101000000", k_url, http_ok("last"));
  const auto file = folder.write("1.warc", pack(records + warcinfo() + std::string(32U << 20U, '\0')));
  const WarcArchive archive({file});
  REQUIRE(archive.index().size() == 2);
  const FileSizeLimit limit(records.size());
  const auto played = archive.load(row_at(archive, "20120101000000"));
  REQUIRE(played);
  CHECK(*played->body == "last");
}

TEST_CASE("damage is reported with its file, and does not keep the rest from being listed") {
  const TempDir folder;
  const std::string good = gzip(response("20110101000000", k_url, http_ok("body")));
  const auto file = folder.write("1.warc.gz", good + good.substr(0, good.size() / 2));
  const WarcArchive archive({file});
  CHECK(archive.index().size() == 1);
  REQUIRE(archive.damage().size() == 1);
  CHECK(archive.damage()[0].path == file);
  CHECK(archive.damage()[0].damage.offset == good.size());
}

TEST_CASE("a file without a single record is no archive, not an empty one") {
  const TempDir folder;
  const auto good = folder.write("good.warc", response("20110101000000", k_url, http_ok("x")));
  const auto problem = [&](const std::string& name, std::string_view bytes) {
    const auto path = folder.write(name, bytes);
    CHECK_THROWS_WITH(WarcArchive({good, path}), Catch::Contains(path + " holds no WARC record"));
    const std::vector<WarcArchive::Source> sources = {{path, "bad"}, {good, "good"}};
    const WarcArchive rest(sources, {}, WarcArchive::BadFile::left_out);
    REQUIRE(rest.damage().size() == 1);
    CHECK(rest.damage()[0].path == path);
    REQUIRE(rest.index().size() > 0);
    CHECK(rest.file_name(0) == "good");
  };
  problem("empty.warc", "");
  problem("empty.warc.gz", gzip(""));
  problem("page.html.gz", gzip("<html>a page</html>"));
  problem("cut.warc", "WARC/1.0\r\nWARC-Type: res");
  CHECK(WarcArchive({folder.write("info.warc", warcinfo())}).index().size() == 0);
}
