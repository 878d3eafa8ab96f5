#include "formats/warc_reader.hpp"

#include <catch2/catch.hpp>

#include "model/error.hpp"
#include "tests/support/noise.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/warc_writer.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

struct Read {
  std::vector<WarcRecord> records;
  std::vector<WarcDamage> damage;

  [[nodiscard]] std::vector<std::string> uris() const {
    std::vector<std::string> found;
    for (const auto& record : records)
      found.emplace_back(record.target_uri());
    return found;
  }
};

Read read_all(std::string_view bytes, RecordLimits limits = {}) {
  const TempDir folder;
  WarcReader reader(folder.write("test.warc", bytes), limits);
  Read read;
  while (auto record = reader.next()) {
    // Whatever is found in order is found again by its place.
    const auto again = read_record_at(bytes, record->position, limits);
    REQUIRE(again);
    CHECK(again->headers == record->headers);
    CHECK(again->block == record->block);
    read.records.push_back(std::move(*record));
  }
  read.damage = reader.damage();
  return read;
}

std::string page(int number, std::size_t size = 300) {
  return response("2011010100000" + std::to_string(number), "http://site.example/" + std::to_string(number),
                  http_ok("page " + std::to_string(number) + noise(size)));
}

using Uris = std::vector<std::string>;
const Uris k_three = {"http://site.example/1", "http://site.example/2", "http://site.example/3"};

}  // namespace

TEST_CASE("records are read in every packing") {
  const auto packing =
      GENERATE(Packing::plain, Packing::gzip_records, Packing::gzip_whole, Packing::zstd_records);
  const Read read = read_all(warc_file({warcinfo(), page(1), page(2), page(3)}, packing));
  REQUIRE(read.records.size() == 4);
  CHECK(read.damage.empty());
  CHECK(read.records[0].type == "warcinfo");
  CHECK(read.records[1].type == "response");
  CHECK(read.records[1].version == "1.0");
  CHECK(read.records[1].date == Timestamp::parse("20110101000001"));
  CHECK(read.records[1].block == http_ok("page 1" + noise(300)));
  CHECK(read.records[3].target_uri() == k_three[2]);
}

TEST_CASE("a member's place in the file is that of its compressed bytes") {
  const std::string first = gzip(page(1));
  const std::string second = gzip(page(2));
  const Read read = read_all(first + second);
  REQUIRE(read.records.size() == 2);
  CHECK(read.records[1].position.offset == first.size());
  CHECK(read.records[1].position.length == second.size());
}

TEST_CASE("headers as different writers have them") {
  struct Case {
    std::string story;
    Fields fields;
    std::string version;
    std::string eol;
    std::string date;
    std::string uri;
  };
  const auto c = GENERATE(values<Case>({
      {"1.1 has fractions of a second",
       {{"WARC-Type", "response"},
        {"WARC-Date", "2016-09-19T17:20:24.123456Z"},
        {"WARC-Target-URI", "http://a/"}},
       "1.1",
       "\r\n",
       "20160919172024",
       "http://a/"},
      {"1.1 allows a date of fewer fields",
       {{"WARC-Type", "response"}, {"WARC-Date", "2016-09"}, {"WARC-Target-URI", "http://a/"}},
       "1.1",
       "\r\n",
       "20160901000000",
       "http://a/"},
      {"wget puts the URI in angle brackets",
       {{"WARC-Type", "response"}, {"WARC-Date", "2016-09-19T17:20:24Z"}, {"WARC-Target-URI", "<http://a/>"}},
       "1.0",
       "\r\n",
       "20160919172024",
       "http://a/"},
      {"line feeds alone",
       {{"WARC-Type", "response"}, {"WARC-Date", "2016-09-19T17:20:24Z"}, {"WARC-Target-URI", "http://a/"}},
       "1.0",
       "\n",
       "20160919172024",
       "http://a/"},
      {"names and types in any case",
       {{"warc-type", "Response"}, {"warc-date", "2016-09-19T17:20:24Z"}, {"WARC-TARGET-URI", "http://a/"}},
       "1.0",
       "\r\n",
       "20160919172024",
       "http://a/"},
      {"a folded field",
       {{"WARC-Type", "response"},
        {"WARC-Date", "2016-09-19T17:20:24Z"},
        {"X-Long", "one\r\n two"},
        {"WARC-Target-URI", "http://a/"}},
       "1.0",
       "\r\n",
       "20160919172024",
       "http://a/"},
  }));
  CAPTURE(c.story);
  const Read read = read_all(warc_record(c.fields, "block", c.version, c.eol));
  REQUIRE(read.records.size() == 1);
  CHECK(read.damage.empty());
  CHECK(read.records[0].version == c.version);
  CHECK(read.records[0].type == "response");
  CHECK(read.records[0].date.digits() == c.date);
  CHECK(read.records[0].target_uri() == c.uri);
  CHECK(read.records[0].block == "block");
}

TEST_CASE("a damaged member is passed over with its offset named, the rest is read") {
  const std::string first = gzip(page(1));
  const std::string damaged = gzip(page(2, 5000));
  std::string bytes = first + damaged + gzip(page(3));
  SECTION("its compressed bytes make no sense") {
    for (std::size_t i = 0; i < 50; ++i)
      bytes[first.size() + damaged.size() / 2 + i] = '\xff';
  }
  SECTION("one bit is wrong, which only the checksum tells") {
    bytes[first.size() + damaged.size() - 8] ^= 1;
  }
  SECTION("a part is missing") {
    bytes.erase(first.size() + damaged.size() / 2, damaged.size() / 4);
  }
  SECTION("its magic is gone") {
    bytes[first.size()] = 'x';
  }
  const Read read = read_all(bytes);
  if (bytes[first.size()] != 'x') {
    CHECK(read.uris() == Uris{k_three[0], k_three[2]});
    REQUIRE(read.damage.size() == 1);
    CHECK(read.damage[0].offset == first.size());
  } else {
    // The bytes are then garbage behind the first member, which gzip readers ignore.
    CHECK(read.uris().back() == k_three[2]);
  }
}

TEST_CASE("damage that leaves a member readable, but longer or shorter, is seen") {
  // A flipped bit in compressed text often changes only how much an earlier text is repeated.
  std::string text;
  for (int i = 0; i < 400; ++i)
    text += "We share data with partner " + std::to_string(i * i) + ".\n";
  const std::string first = gzip(page(1));
  const std::string second = gzip(response("20110101000002", k_three[1], http_ok(text)));
  const std::string third = gzip(page(3));
  int harmless = 0;
  for (std::size_t at = 20; at < second.size(); ++at) {
    std::string damaged = second;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x40);
    CAPTURE(at);
    const Read read = read_all(first + damaged + third);
    CHECK(read.uris().back() == k_three[2]);
    if (read.records.size() == 3) {  // a bit that means nothing, in padding or a code that is not used
      CHECK(read.records[1].block == http_ok(text));
      CHECK(read.damage.empty());
      ++harmless;
    } else {
      CHECK(read.uris() == Uris{k_three[0], k_three[2]});
      REQUIRE(read.damage.size() == 1);
      CHECK(read.damage[0].offset == first.size());
    }
  }
  CHECK(harmless < 5);
}

TEST_CASE("garbage behind a good record of a file gzipped as a whole is named, and what follows is read") {
  const Read read = read_all(warc_file({page(1), "garbage\nand more\n", page(2)}, Packing::gzip_whole));
  CHECK(read.uris() == Uris{k_three[0], k_three[1]});
  REQUIRE(read.damage.size() == 1);
  CHECK(read.damage[0].what.find(std::to_string(page(1).size()) + " bytes into") != std::string::npos);
}

TEST_CASE("a member that holds no record is named") {
  const std::string first = gzip(page(1));
  const Read read = read_all(first + gzip("a page, but no record") + gzip(page(2)));
  CHECK(read.uris() == Uris{k_three[0], k_three[1]});
  REQUIRE(read.damage.size() == 1);
  CHECK(read.damage[0].offset == first.size());
}

TEST_CASE("payloads that hold gzip members do not part the record they are in") {
  // Level 0 stores the payload's bytes as they are, as gzip does with what is compressed already.
  std::string payload;
  for (int i = 0; i < 20; ++i)
    payload += gzip(noise(50));
  const std::string record = response("20110101000001", k_three[0], http_ok(payload));
  const Read read = read_all(gzip(record, 0) + gzip(page(2)));
  CHECK(read.uris() == Uris{k_three[0], k_three[1]});
  CHECK(read.damage.empty());
  CHECK(read.records[0].block == http_ok(payload));
}

TEST_CASE("of a file cut anywhere all whole records are read, and the cut one is named") {
  const auto packing = GENERATE(Packing::plain, Packing::gzip_records, Packing::zstd_records);
  const std::string whole = warc_file({page(1), page(2), page(3)}, packing);
  const std::string two = warc_file({page(1), page(2)}, packing);
  const auto kept = GENERATE_COPY(range(two.size() + 8, whole.size() - 20, (whole.size() - two.size()) / 13));
  CAPTURE(kept);
  const Read read = read_all(whole.substr(0, kept));
  CHECK(read.uris() == Uris{k_three[0], k_three[1]});
  REQUIRE(read.damage.size() == 1);
  CHECK(read.damage[0].offset == two.size());
  CHECK(read.damage[0].what.find("cut") != std::string::npos);
}

TEST_CASE("of a file gzipped as a whole and cut, the records before the cut are read") {
  const std::string whole = warc_file({page(1), page(2), page(3, 100000)}, Packing::gzip_whole);
  const Read read = read_all(whole.substr(0, whole.size() / 2));
  CHECK(read.uris() == Uris{k_three[0], k_three[1]});
  REQUIRE(read.damage.size() == 1);
}

TEST_CASE("plain files go on at the next record") {
  const std::string first = page(1);
  SECTION("garbage between records") {
    const Read read = read_all(first + "garbage\nWARC/ and more\n" + page(2) + page(3));
    CHECK(read.uris() == k_three);
    REQUIRE(read.damage.size() == 1);
    CHECK(read.damage[0].offset == first.size());
  }
  SECTION("a header without a length") {
    const Read read = read_all(first + "WARC/1.0\r\nWARC-Type: response\r\n\r\nblock\r\n\r\n" + page(2));
    CHECK(read.uris() == Uris{k_three[0], k_three[1]});
    REQUIRE(read.damage.size() == 1);
    CHECK(read.damage[0].offset == first.size());
  }
  SECTION("a length that reaches into the next record") {
    std::string wrong = page(2);
    const auto at = wrong.find("Content-Length: ") + 16;
    wrong.replace(at, wrong.find("\r\n", at) - at, "900");
    const Read read = read_all(first + wrong + page(3) + page(4));
    CHECK(read.uris() == Uris{k_three[0], k_three[2], "http://site.example/4"});
    REQUIRE(read.damage.size() == 1);
    CHECK(read.damage[0].offset == first.size());
  }
  SECTION("a length that reaches beyond the file") {
    std::string wrong = page(2);
    const auto at = wrong.find("Content-Length: ") + 16;
    wrong.replace(at, wrong.find("\r\n", at) - at, "99999");
    const Read read = read_all(first + wrong + page(3));
    CHECK(read.uris() == Uris{k_three[0], k_three[2]});
    REQUIRE(read.damage.size() == 1);
    CHECK(read.damage[0].offset == first.size());
  }
  SECTION("garbage before the first") {
    const Read read = read_all("\r\n\r\nrubbish\n" + first);
    CHECK(read.uris() == Uris{k_three[0]});
    REQUIRE(read.damage.size() == 1);
    CHECK(read.damage[0].offset == 0);
  }
  SECTION("one line end, none, or many between records are all right") {
    const auto* between = GENERATE("", "\n", "\r\n", "\r\n\r\n\r\n\r\n");
    std::string bare = first.substr(0, first.size() - 4);
    const Read read = read_all(bare + between + page(2));
    CHECK(read.uris() == Uris{k_three[0], k_three[1]});
    CHECK(read.damage.empty());
  }
}

TEST_CASE("in a file gzipped as a whole a damaged record does not take the rest with it") {
  const Read read =
      read_all(warc_file({page(1), "WARC/1.0\r\nContent-Length: none\r\n\r\nblock\r\n\r\n", page(2), page(3)},
                         Packing::gzip_whole));
  CHECK(read.uris() == k_three);
  REQUIRE(read.damage.size() == 1);
  CHECK(read.damage[0].what.find(std::to_string(page(1).size()) + " bytes into") != std::string::npos);
}

TEST_CASE("a record over the limit is passed over") {
  const auto packing = GENERATE(Packing::plain, Packing::gzip_records, Packing::gzip_whole);
  const Read read = read_all(warc_file({page(1), page(2, 5000), page(3)}, packing), {2000, 1U << 20U});
  CHECK(read.uris() == Uris{k_three[0], k_three[2]});
  REQUIRE(read.damage.size() == 1);
  CHECK(read.damage[0].what.find("limit") != std::string::npos);
}

TEST_CASE("a record that claims to be endless is left, not unpacked") {
  const std::string zeros(32U << 20U, '\0');
  const std::string bomb = gzip(warc_record({{"WARC-Type", "response"},
                                             {"WARC-Date", "2011-01-01T00:00:00Z"},
                                             {"WARC-Target-URI", "http://bomb.example/"}},
                                            zeros));
  const Read read = read_all(bomb + gzip(page(1)), {2000, 1U << 20U});
  CHECK(read.uris() == Uris{k_three[0]});
  REQUIRE(read.damage.size() == 1);
  CHECK(read.damage[0].offset == 0);
}

TEST_CASE("a record must say when, and a capture must say of what") {
  const Read read = read_all(
      warc_record({{"WARC-Type", "response"}, {"WARC-Target-URI", "http://a/"}}, "x") +
      warc_record({{"WARC-Type", "response"}, {"WARC-Date", "2011-01-01T00:00:00Z"}}, "x") + page(1));
  CHECK(read.uris() == Uris{k_three[0]});
  CHECK(read.damage.size() == 2);
}

TEST_CASE("a million places that look like members are gone through in bounded time") {
  std::string bytes = gzip(page(1));
  for (int i = 0; i < 200000; ++i)
    bytes += std::string("\x1f\x8b\x08\0\0\0\0\0\0\3\1\xff\xff\0\0", 15);
  const Read read = read_all(bytes + gzip(page(2)));
  CHECK(read.uris().front() == k_three[0]);
}

TEST_CASE("what is no WARC file is refused") {
  const TempDir folder;
  CHECK_THROWS_AS(WarcReader(folder.write("a.html", "<html>WARC/1.0 is a format</html>")), Error);
  CHECK_THROWS_AS(WarcReader(folder / "missing.warc"), Error);
  CHECK_THROWS_AS(WarcReader(folder.path().string()), Error);
  CHECK_THROWS_AS(WarcReader(folder.write("d.warc.zst", "\x5d\x2a\x4d\x18 dictionary")), Error);
  WarcReader empty(folder.write("empty.warc", ""));
  CHECK_FALSE(empty.next());
  CHECK(empty.damage().empty());
}
