#include "storage/body_packer.hpp"

#include <catch2/catch.hpp>

#include "model/error.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

const std::string k_url = "http://a.test/privacy";

/// The page's n-th body: 50 kB that do not compress, but for a number the same as the others.
std::string body(int n) {
  std::string bytes;
  for (int i = 0; i < 1500; ++i)
    bytes += sha256(std::to_string(i)).raw();
  return bytes + fmt::format("<p>Version {} of our policy</p>", n);
}

Packed pack_next(BodyPacker& packer, std::string_view page, const std::string& bytes) {
  Packed packed = packer.pack(page, bytes);
  packer.keep(page, sha256(bytes), bytes, packed.depth);
  return packed;
}

/// Stores `count` bodies of one page, each packed against the one before.
void record(StoreFixture& fixture, int count) {
  BodyPacker packer;
  for (int n = 0; n < count; ++n) {
    const Capture one = capture(20100101000000 + static_cast<std::uint64_t>(n), k_url, std::to_string(n));
    Held fetched = held(one, std::to_string(n));
    const std::string bytes = body(n);
    fetched.content.reading.body = sha256(bytes);
    fetched.content.size = bytes.size();
    fetched.content.body = pack_next(packer, "p", bytes);
    fixture.store->import(fixture.archive, Found::warc,
                          std::vector<ImportedCapture>{{one, {}, fetched.provenance, fetched.content, {}}});
  }
}

}  // namespace

TEST_CASE("a page's bodies are packed one against the other, and begin anew in time", "[packer]") {
  BodyPacker packer;
  for (int n = 0; n < 50; ++n) {
    const Packed packed = pack_next(packer, "p", body(n));
    INFO(n);
    const bool alone = n % (k_longest_chain + 1) == 0;
    CHECK((packed.encoding == Encoding::zstd) == alone);
    CHECK(packed.base == (alone ? std::nullopt : std::optional(sha256(body(n - 1)))));
    CHECK(packed.depth == n % (k_longest_chain + 1));
    CHECK((packed.bytes.size() < 1000) == !alone);
  }
}

TEST_CASE("what is not packed against another body", "[packer]") {
  BodyPacker packer;
  pack_next(packer, "p", body(1));
  SECTION("another page's") {
    CHECK(packer.pack("q", body(2)).encoding == Encoding::zstd);
  }
  SECTION("what is very long") {
    CHECK(packer.pack("p", std::string(2U << 20U, 'x')).encoding == Encoding::zstd);
  }
  SECTION("a page that was not seen for long") {
    for (int page = 0; page < 100; ++page)
      pack_next(packer, std::to_string(page), std::string(1U << 20U, 'x'));
    CHECK(packer.pack("p", body(2)).encoding == Encoding::zstd);
  }
  SECTION("but the empty body, which has nothing in common with any, does no harm") {
    const Packed empty = pack_next(packer, "p", "");
    CHECK(unpack(empty.encoding, empty.bytes, 0, body(1)).empty());
    CHECK(packer.pack("p", body(2)).base == sha256(body(1)));
  }
}

TEST_CASE("bodies of a chain are read back", "[packer]") {
  StoreFixture fixture;
  record(fixture, 30);
  CHECK(fixture.rows("SELECT max(depth), sum(base_id IS NULL) FROM bodies") ==
        std::vector<std::string>{fmt::format("{}|2", k_longest_chain)});
  StoreReader reader(fixture.path);
  for (int n = 0; n < 30; ++n)
    CHECK(reader.body(sha256(body(n))) == body(n));
}

TEST_CASE("a damaged chain is told, not followed for ever", "[packer]") {
  StoreFixture fixture;
  record(fixture, 3);
  const auto [damage, message] = GENERATE(table<const char*, const char*>({
      {"UPDATE bodies SET base_id = id WHERE base_id IS NOT NULL", "go in a circle"},
      {"UPDATE bodies SET base_id = 99 WHERE base_id IS NOT NULL", "its base is missing"},
      {"UPDATE bodies SET content = x'00' WHERE base_id IS NULL", "is damaged"},
      {"UPDATE bodies SET size = size - 1 WHERE base_id IS NULL", "is damaged"},
  }));
  INFO(damage);
  {
    SQLite::Database database(fixture.path, SQLite::OPEN_READWRITE);
    database.exec("PRAGMA foreign_keys = OFF");
    database.exec(damage);
  }
  StoreReader reader(fixture.path);
  CHECK_THROWS_WITH(reader.body(sha256(body(2))), Catch::Contains(message));
}

TEST_CASE("a body whose base is not there is refused", "[packer]") {
  StoreFixture fixture;
  const Capture one = capture(20100101000000, k_url);
  Held orphan = held(one, "words");
  orphan.content.body = pack_patch("<p>words</p>", "<p>other</p>", sha256("<p>other</p>"), 0);
  const std::vector<ImportedCapture> captures = {{one, {}, orphan.provenance, orphan.content, {}}};
  CHECK_THROWS_WITH(fixture.store->import(fixture.archive, Found::warc, captures),
                    Catch::Contains("lacks the body " + sha256("<p>other</p>").hex()));
  CHECK(fixture.rows("SELECT count(*) FROM captures") == std::vector<std::string>{"0"});
}
