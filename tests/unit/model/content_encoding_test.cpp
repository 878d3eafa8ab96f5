#include "model/content_encoding.hpp"

#include <catch2/catch.hpp>

#include "tests/support/compress.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

constexpr std::size_t k_limit = 1U << 20U;
const std::string k_page = "<!DOCTYPE html><title>Privacy</title><p>We collect your address.</p>";

std::string long_page() {
  std::string page;
  for (int i = 0; i < 20000; ++i)
    page += std::to_string(i * 7919) + " words about cookies\n";
  return page;
}

}  // namespace

TEST_CASE("a declared coding is undone") {
  const auto [header, bytes] = GENERATE(table<std::string, std::string>({
      {"gzip", gzip(k_page)},
      {"GZIP", gzip(k_page)},
      {"x-gzip", gzip(k_page)},
      {" gzip ; q=1 ", gzip(k_page)},
      {"deflate", deflate_bytes(k_page, Deflate::zlib)},
      {"deflate", deflate_bytes(k_page, Deflate::raw)},
      {"br", brotli(k_page)},
      {"zstd", zstd(k_page)},
      {"gzip, br", brotli(gzip(k_page))},
      {"identity, gzip", gzip(k_page)},
  }));
  CAPTURE(header);
  const Decoded decoded = decode_content(bytes, header, k_limit);
  CHECK(decoded.status == DecodeStatus::ok);
  CHECK(decoded.encoded);
  CHECK(decoded.body == k_page);
}

TEST_CASE("the header is not believed against the bytes") {
  SECTION("every coding claimed over plain text leaves the text") {
    const auto* header =
        GENERATE("gzip", "deflate", "br", "zstd", "", "identity", "none", "utf-8", "gzip, gzip");
    CAPTURE(header);
    const Decoded decoded = decode_content(k_page, header, k_limit);
    CHECK(decoded.status == DecodeStatus::ok);
    CHECK_FALSE(decoded.encoded);
    CHECK(decoded.body == k_page);
  }
  SECTION("gzip without a header is unpacked") {
    const auto* header = GENERATE("", "identity");
    const Decoded decoded = decode_content(gzip(k_page), header, k_limit);
    CHECK(decoded.status == DecodeStatus::ok);
    CHECK(decoded.encoded);
    CHECK(decoded.body == k_page);
  }
  SECTION("another coding than the one that is claimed is undone") {
    const auto [header, bytes] = GENERATE(table<std::string, std::string>({
        {"gzip", brotli(long_page())},
        {"gzip", zstd(long_page())},
        {"gzip", deflate_bytes(long_page(), Deflate::zlib)},
        {"br", gzip(long_page())},
        {"zstd", gzip(long_page())},
        {"deflate", gzip(long_page())},
        {"x-unheard-of", brotli(long_page())},
    }));
    CAPTURE(header);
    const Decoded decoded = decode_content(bytes, header, k_limit);
    CHECK(decoded.status == DecodeStatus::ok);
    CHECK(decoded.encoded);
    CHECK(decoded.body == long_page());
  }
  SECTION("compressed bytes in no coding that is known are damaged, whatever is claimed") {
    std::string bytes = "\x1f\x9d\x90";  // compress (LZW)
    for (unsigned i = 0, state = 1; i < 2000; ++i) {
      state = state * 1'103'515'245U + 12'345U;
      bytes += static_cast<char>(state >> 16U);
    }
    const auto* header = GENERATE("gzip", "compress", "br", "deflate", "zstd");
    CAPTURE(header);
    CHECK(decode_content(bytes, header, k_limit).status == DecodeStatus::damaged);
    CHECK(decode_content(bytes, "", k_limit).body == bytes);
  }
  SECTION("what is a file of its own, or in another charset, is no compressed stream") {
    const std::string bytes =
        GENERATE(as<std::string>{}, "%PDF-1.4\n\x01\x02\x03\x04\x05\x06 stream",
                 "\x1b$B$3$l$O\x1b(B and \x1b$B8D?M>pJs\x1b(B", std::string("\0\x1f\0\x04\0\x3f\0\x04", 8));
    const Decoded decoded = decode_content(bytes, "gzip", k_limit);
    CHECK(decoded.status == DecodeStatus::ok);
    CHECK(decoded.body == bytes);
  }
  SECTION("bytes that only begin like gzip are left") {
    const std::string bytes = "\x1f\x8b\x08 is how gzip begins";
    const Decoded decoded = decode_content(bytes, "", k_limit);
    CHECK(decoded.status == DecodeStatus::ok);
    CHECK_FALSE(decoded.encoded);
    CHECK(decoded.body == bytes);
  }
  SECTION("an empty body is an empty body (answers to HEAD, 304)") {
    const auto* header = GENERATE("gzip", "deflate", "br", "zstd", "");
    const Decoded decoded = decode_content("", header, k_limit);
    CHECK(decoded.status == DecodeStatus::ok);
    CHECK_FALSE(decoded.encoded);
    CHECK(decoded.body.empty());
  }
}

TEST_CASE("streams that are cut yield what came before, and say so") {
  const std::string page = long_page();
  const auto [header, whole] = GENERATE_COPY(table<std::string, std::string>({
      {"gzip", gzip(page)},
      {"", gzip(page)},
      {"deflate", deflate_bytes(page, Deflate::zlib)},
      {"deflate", deflate_bytes(page, Deflate::raw)},
      {"br", brotli(page)},
      {"zstd", zstd(page)},
  }));
  const auto share = GENERATE(2, 3);
  CAPTURE(header, share);
  const Decoded decoded = decode_content(
      whole.substr(0, whole.size() - whole.size() / static_cast<std::size_t>(share)), header, k_limit);
  CHECK(decoded.status == DecodeStatus::truncated);
  CHECK(decoded.encoded);
  CHECK(decoded.body.size() < page.size());
  CHECK(page.starts_with(decoded.body));
}

TEST_CASE("a gzip stream without its last byte is cut, though all of its text is there") {
  std::string bytes = gzip(k_page);
  bytes.pop_back();
  const Decoded decoded = decode_content(bytes, "gzip", k_limit);
  CHECK(decoded.status == DecodeStatus::truncated);
  CHECK(decoded.body == k_page);
}

TEST_CASE("damage inside a stream") {
  const std::string page = long_page();
  const auto [header, whole] = GENERATE_COPY(table<std::string, std::string>(
      {{"gzip", gzip(page)}, {"deflate", deflate_bytes(page, Deflate::zlib)}, {"zstd", zstd(page)}}));
  std::string bytes = whole;
  for (std::size_t i = 0; i < 64; ++i)
    bytes[bytes.size() * 3 / 4 + i] = static_cast<char>(i * 37);
  CAPTURE(header);
  const Decoded decoded = decode_content(bytes, header, k_limit);
  CHECK(decoded.status == DecodeStatus::damaged);
}

TEST_CASE("decoding stops at the limit") {
  const std::string zeros(64U << 20U, '\0');
  const auto [header, bytes] = GENERATE_COPY(table<std::string, std::string>({
      {"gzip", gzip(zeros)},
      {"", gzip(zeros)},
      {"deflate", deflate_bytes(zeros, Deflate::raw)},
      {"br", brotli(zeros)},
      {"zstd", zstd(zeros)},
      {"gzip, gzip", gzip(gzip(zeros))},
  }));
  CAPTURE(header);
  const Decoded decoded = decode_content(bytes, header, k_limit);
  CHECK(decoded.status == DecodeStatus::too_large);
  CHECK(decoded.body.size() == k_limit);
  CHECK(decoded.body == zeros.substr(0, k_limit));
}

TEST_CASE("a body of just the limit is whole, one byte more is too large") {
  const std::string page(1000, 'a');
  CHECK(decode_content(gzip(page), "gzip", 1000).body == page);
  CHECK(decode_content(gzip(page), "gzip", 999).status == DecodeStatus::too_large);
}

TEST_CASE("several gzip members are one body; what follows and is no gzip is ignored") {
  CHECK(decode_content(gzip("one ") + gzip("two"), "gzip", k_limit).body == "one two");
  const Decoded decoded = decode_content(gzip("one") + std::string(3, '\0'), "gzip", k_limit);
  CHECK(decoded.status == DecodeStatus::ok);
  CHECK(decoded.body == "one");
}

TEST_CASE("a header that names many codings is not worked through") {
  CHECK(decode_content(gzip(k_page), "gzip,gzip,gzip,gzip,gzip", k_limit).status == DecodeStatus::damaged);
}

TEST_CASE("chunks are put together") {
  struct Case {
    std::string story;
    std::string bytes;
    DecodeStatus status;
    bool encoded;
    std::string body;
  };
  const auto c = GENERATE(values<Case>({
      {"two chunks", "4\r\nWiki\r\n6\r\npedia.\r\n0\r\n\r\n", DecodeStatus::ok, true, "Wikipedia."},
      {"extension, capitals, spaces", "A;x=y \r\n0123456789\r\n0\r\n\r\n", DecodeStatus::ok, true,
       "0123456789"},
      {"trailer", "1\r\na\r\n0\r\nExpires: never\r\n\r\n", DecodeStatus::ok, true, "a"},
      {"bare line feeds", "1\na\n0\n\n", DecodeStatus::ok, true, "a"},
      {"no bytes at all in it", "0\r\n\r\n", DecodeStatus::ok, true, ""},
      {"empty", "", DecodeStatus::ok, false, ""},
      {"stored with the chunks undone", "<p>no chunks</p>", DecodeStatus::ok, false, "<p>no chunks</p>"},
      {"a text whose first line reads as hex", "bad\r\n" + std::string(5000, 'x'), DecodeStatus::ok, false,
       "bad\r\n" + std::string(5000, 'x')},
      {"cut within a chunk", "4\r\nWiki\r\n6\r\nped", DecodeStatus::truncated, true, "Wikiped"},
      {"cut between chunks", "4\r\nWiki\r\n", DecodeStatus::truncated, true, "Wiki"},
      {"cut within a size", "4\r\nWiki\r\n6", DecodeStatus::truncated, true, "Wiki"},
      {"a size that is none", "4\r\nWiki\r\nxyz\r\n", DecodeStatus::damaged, true, "Wiki"},
      {"a later chunk longer than its size", "1\r\na\r\n1\r\nbc\r\n0\r\n\r\n", DecodeStatus::damaged, true,
       "ab"},
      {"a size of 2^64", "10000000000000000\r\na", DecodeStatus::ok, false, "10000000000000000\r\na"},
  }));
  CAPTURE(c.story);
  const Decoded decoded = decode_chunked(c.bytes, 10000);
  CHECK(decoded.status == c.status);
  CHECK(decoded.encoded == c.encoded);
  CHECK(decoded.body == c.body);
}

TEST_CASE("chunks stop at the limit") {
  CHECK(decode_chunked("4\r\nWiki\r\n6\r\npedia.\r\n0\r\n\r\n", 9).status == DecodeStatus::too_large);
  CHECK(decode_chunked("4\r\nWiki\r\n6\r\npedia.\r\n0\r\n\r\n", 10).body == "Wikipedia.");
}
