#include "storage/schema.hpp"

#include <SQLiteCpp/Database.h>
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

using Rows = std::vector<std::string>;

TEST_CASE("a store of the first schema is brought up to date when it is written", "[schema]") {
  StoreFixture fixture;
  const auto path = fixture.folder / "old.db";
  {
    SQLite::Database old(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    old.exec(storage::migration(0));
    old.exec(fmt::format("PRAGMA user_version = 1; PRAGMA application_id = {}", storage::k_application_id));
    old.exec(
        "INSERT INTO archives VALUES(1, 'https://archive.test', 'wayback'); INSERT INTO sites VALUES(1, "
        "'a.test'); "
        "INSERT INTO pages VALUES(1, 1, 'test,a)/', 'http://a.test/', 1); "
        "INSERT INTO captures(id, page_id, archive_id, timestamp, original, mimetype, found, state) "
        "VALUES(1, 1, 1, 20100101000000, 'http://a.test/', 'text/html', 0, 4); "
        "INSERT INTO ledger(archive_id, capture_id, reason, detail, hops, attempts, noted, retry) "
        "VALUES(1, 1, 'unplayable', 'status 500', '[]', 1, 20260101000000, 'later'); "
        "INSERT INTO texts(id, sha256, words_sha256, word_count, simhash, title, charset, marks, extractor, "
        "size, encoding, markdown) "
        "VALUES(1, zeroblob(32), zeroblob(32), 2, 0, 'Policy', 'UTF-8', '[]', 1, 0, 1, x''); "
        "INSERT INTO captures(id, page_id, archive_id, timestamp, original, mimetype, found, state, text_id) "
        "VALUES(2, 1, 1, 20110101000000, 'http://a.test/', 'text/html', 4, 2, 1); "
        "INSERT INTO versions VALUES(1, 20110101000000, zeroblob(32), 20110101000000, 1, 1, 2)");
  }
  { Store store(path); }
  fixture.path = path;
  CHECK(fixture.rows("SELECT site, timestamp, target, reason FROM v_ledger") ==
        Rows{"a.test|20100101000000|http://a.test/|unplayable"});
  CHECK(fixture.rows("SELECT headers, body_start FROM ledger") == Rows{"[]|"});
  CHECK(fixture.rows("SELECT site, version, first_seen, series FROM v_versions") ==
        Rows{"a.test|1|20110101000000|test,a)/"});
  CHECK(fixture.rows("SELECT timestamp, version FROM v_captures ORDER BY timestamp") ==
        Rows{"20100101000000|", "20110101000000|1"});
}
