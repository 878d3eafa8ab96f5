#include "formats/container.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "formats/takeover_json.hpp"
#include "model/error.hpp"
#include "tests/support/compress.hpp"
#include "tests/support/temp_dir.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

/// A file in a tar (POSIX.1-1988 ustar); `type` is `0` of a regular file.
std::string tar_entry(const std::string& name, const std::string& bytes, char type = '0') {
  std::string head(512, '\0');
  const auto put = [&head](std::size_t at, const std::string& text) { head.replace(at, text.size(), text); };
  put(0, name);
  put(100, "0000644");
  put(124, fmt::format("{:011o}", bytes.size()));
  put(136, "00000000000");
  put(148, "        ");
  head[156] = type;
  put(257, "ustar");
  put(263, "00");
  unsigned sum = 0;
  for (const char c : head)
    sum += static_cast<unsigned char>(c);
  put(148, fmt::format("{:06o}", sum));
  head[154] = '\0';
  return head + bytes + std::string((512 - bytes.size() % 512) % 512, '\0');
}

const std::string k_end(1024, '\0');

}  // namespace

TEST_CASE("files are told apart by what they hold, whatever they are called", "[container]") {
  const TempDir folder;
  const std::string tar = tar_entry("a.md", "text") + k_end;
  const auto [bytes, kind] = GENERATE_COPY(table<std::string, FileKind>({
      {"WARC/1.0\r\n", FileKind::warc},
      {gzip("WARC/1.0\r\n"), FileKind::warc},
      {tar, FileKind::tar},
      {gzip(tar), FileKind::tar},
      {"PK\x03\x04...", FileKind::zip},
      {"{\"id\":", FileKind::json_lines},
      {"> *The following", FileKind::other},
      {"", FileKind::other},
      {"\x1f\x8b", FileKind::other},
      {gzip("a log of something"), FileKind::other},
      {gzip(gzip("WARC/1.0\r\n")), FileKind::other},
  }));
  CHECK(kind_of_file(folder.write("file", bytes)) == kind);
}

TEST_CASE("what is called a WARC file and is damaged is one: its reader tells what it lacks", "[container]") {
  const TempDir folder;
  CHECK(kind_of_file(folder.write("cut.warc.gz", "\x1f\x8b")) == FileKind::warc);
  CHECK(kind_of_file(folder.write("odd.warc", "?WARC/1.0\r\n")) == FileKind::warc);
  CHECK(kind_of_file(folder.write("x.warc.gz", gzip(tar_entry("a.md", "text") + k_end))) == FileKind::tar);
}

TEST_CASE("a bomb ends, also where it is passed over", "[container]") {
  const TempDir folder;
  constexpr std::uint64_t k_always = 1U << 20U;
  const std::string zeros(std::size_t{64} << 20U, '\0');
  const std::string path =
      folder.write("x.tar.zst", zstd(tar_entry("passed-over", zeros) + tar_entry("a.md", "one") + k_end));
  ContainerReader container(path, k_always);
  CHECK(container.next() == "passed-over");
  CHECK_FALSE(container.next());
  REQUIRE(container.damage());
  CHECK_THAT(*container.damage(), Catch::Contains("a thousand times"));

  // Heads alone, of which there is no end either.
  std::string heads;
  for (int i = 0; i < 100000; ++i)
    heads += tar_entry("empty", "");
  ContainerReader empty(folder.write("heads.tar.zst", zstd(heads + k_end)), k_always);
  std::size_t count = 0;
  while (empty.next())
    ++count;
  CHECK(count < 100000);
  CHECK(empty.damage());
}

TEST_CASE("compressions are not nested, and no program is started for one", "[container]") {
  const TempDir folder;
  const std::string tar = tar_entry("a.md", "one") + k_end;
  CHECK_THROWS_WITH(ContainerReader(folder.write("x.tar.gz.gz", gzip(gzip(tar)))),
                    Catch::Contains("compressed twice"));
  CHECK(ContainerReader(folder.write("x.tar.gz", gzip(tar))).next() == "a.md");
  // lrzip's magic, for which libarchive would start lrzip.
  CHECK_THROWS_AS(ContainerReader(folder.write("x.lrz", "LRZI" + std::string(600, '\0'))), Error);
}

TEST_CASE("regular files come in order; links, folders and devices do not", "[container]") {
  const TempDir folder;
  ContainerReader container(folder.write(
      "x.tar", tar_entry("../../a.md", "one") + tar_entry("link", "", '2') + tar_entry("folder/", "", '5') +
                   tar_entry("device", "", '3') + tar_entry("/b.md", std::string(1000, 'b')) + k_end));
  CHECK(container.next() == "../../a.md");
  CHECK(container.read(10).bytes == "one");
  CHECK(container.next() == "/b.md");
  CHECK_FALSE(container.read(10).is_whole);
  CHECK_FALSE(container.next());
  CHECK_FALSE(container.damage());
}

TEST_CASE("what is cut ends there, and says so", "[container]") {
  const TempDir folder;
  const std::string tar = tar_entry("a.md", "one") + tar_entry("b.md", std::string(5000, 'b')) + k_end;
  ContainerReader container(folder.write("x.tar", tar.substr(0, 3000)));
  CHECK(container.next() == "a.md");
  CHECK(container.read(10).is_whole);
  CHECK(container.next() == "b.md");
  CHECK_FALSE(container.read(10000).is_whole);
  CHECK_FALSE(container.next());
  CHECK(container.damage());
  CHECK_THROWS_AS(ContainerReader(folder.write("none.tar", "no tar at all")), Error);
}

TEST_CASE("takeovers are read as they were written, and nothing else is", "[takeover_json]") {
  const std::vector<Takeover> takeovers = {{"test,a)/old", "test,a)/new", *Timestamp::parse("20110521195625"),
                                            Takeover::Evidence::near_text, 0.75}};
  CHECK(parse_takeovers(takeovers_json(takeovers)) == takeovers);
  for (const std::string& none :
       std::vector<std::string>{"", "{}", "[1,{}]", std::string(100000, '['), R"([{"from":1}])",
                                R"([{"from":"a","to":"a","when":"20110521195625","evidence":"redirect"}])",
                                R"([{"from":"a","to":"b","when":"2011","evidence":"redirect"}])",
                                R"([{"from":"a","to":"b","when":"20110521195625","evidence":"faith"}])"}) {
    CAPTURE(none.substr(0, 100));
    CHECK(parse_takeovers(none).empty());
  }
}
