#include "storage/verify.hpp"

#include <fstream>

#include <catch2/catch.hpp>

#include "model/digest.hpp"
#include "model/error.hpp"
#include "storage/codec.hpp"
#include "storage/compactor.hpp"
#include "storage/ledger_reader.hpp"
#include "storage/repair.hpp"
#include "storage/seals.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

using Rows = std::vector<std::string>;

const std::string k_url = "http://a.test/privacy";

/// Two pages, each fetched four times; every kind of row that a store can have, but for takeovers.
PageId harvest(StoreFixture& fixture) {
  std::vector<Capture> index;
  for (std::uint64_t i = 0; i < 8; ++i) {
    index.push_back(capture(20100101000000 + i * 10000000000, i % 2 == 0 ? k_url : "http://b.test/privacy",
                            std::to_string(i)));
  }
  index.push_back(capture(20300101000000, k_url, "0"));  // inferred
  const Listed listed = fixture.list(index);
  fixture.plan(listed.pages, Selection::unique);
  std::vector<CaptureResult> results;
  for (const auto& claimed : fixture.store->claim(100)) {
    const auto year = claimed.capture.timestamp.value() / 10000000000;
    Held one =
        held(claimed.capture, "our policy of the year " + std::to_string(year) + std::string(3000, 'x'));
    one.provenance.digest_check = DigestCheck::decoded;
    results.push_back({claimed.id, one});
  }
  results.back() = {
      results.back().capture,
      Missed{.reason = Reason::excluded, .status = 403, .detail = "test", .hops = {}, .retry_at = {}}};
  fixture.store->record(results);
  fixture.store->note_look({fixture.archive, listed.pages, {}, {}});
  fixture.store->note_target(
      fixture.archive, "c.test",
      {.reason = Reason::bad_index, .status = 500, .detail = "x", .hops = {}, .retry_at = {}});
  fixture.store->end_run(0, "{}");
  return listed.pages.front();
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Changes rows as no winnow would.
void damage(const StoreFixture& fixture, const std::string& sql) {
  SQLite::Database database(fixture.path, SQLite::OPEN_READWRITE);
  database.exec("PRAGMA foreign_keys = OFF");
  database.exec(sql);
}

std::string kinds(const Verification& found) {
  std::string kinds;
  for (const Damage& damage : found.damages)
    kinds += fmt::format(
        "{}{}{}{}", kinds.empty() ? "" : ", ", name(damage.kind),
        damage.kind == DamageKind::rows || damage.kind == DamageKind::reference ? " " : "",
        damage.kind == DamageKind::rows || damage.kind == DamageKind::reference ? damage.name : "");
  return kinds;
}

}  // namespace

TEST_CASE("a store that only winnow wrote is sound", "[verify]") {
  StoreFixture fixture;
  CHECK(verify(fixture.path).damages.empty());
  harvest(fixture);
  const Verification found = verify(fixture.path);
  CHECK(kinds(found) == "");
  CHECK(found.captures == 9);
  CHECK(found.bodies == 7);
  CHECK(found.texts == 7);
  CHECK(found.versions == 8);
  fixture.store->begin_run("test", "winnow/test");
  CHECK(verify(fixture.path).damages.empty());
}

TEST_CASE("every change of a row is found and named", "[verify]") {
  StoreFixture fixture;
  harvest(fixture);
  const auto [sql, wanted] = GENERATE(table<const char*, const char*>({
      {"UPDATE bodies SET content = zeroblob(length(content)) WHERE id = 2", "rows bodies, body"},
      {"UPDATE bodies SET sha1 = zeroblob(20) WHERE id = 2", "rows bodies, body"},
      {"UPDATE bodies SET size = size + 1 WHERE id = 2", "rows bodies, body"},
      {"UPDATE bodies SET base_id = id WHERE id = 2", "rows bodies, body"},
      {"UPDATE bodies SET depth = 3 WHERE id = 2", "rows bodies, body"},
      {"UPDATE texts SET title = 'Another' WHERE id = 2", "rows texts, text"},
      {"UPDATE texts SET charset = 'KOI8-R' WHERE id = 2", "rows texts"},
      {"UPDATE texts SET words_sha256 = zeroblob(32) WHERE id = 2", "rows texts, versions"},
      {"UPDATE captures SET timestamp = 20110301000000 WHERE id = 2", "rows captures, versions"},
      {"UPDATE captures SET timestamp = 3 WHERE id = 2", "rows captures, file"},
      {"UPDATE captures SET mimetype = 'text/htmm' WHERE id = 2", "rows captures"},
      {"UPDATE captures SET body_id = 77 WHERE id = 2", "reference captures, rows captures"},
      {"UPDATE provenance SET record = replace(record, '20', '21') WHERE capture_id = 2", "rows provenance"},
      {"DELETE FROM provenance WHERE capture_id = 2", "rows provenance"},
      {"UPDATE versions SET last_seen = last_seen + 1 WHERE number = 1 AND series_id = 1",
       "rows versions, versions"},
      {"DELETE FROM versions WHERE number = 2 AND series_id = 1", "rows versions, versions"},
      {"UPDATE pages SET score = 0.25 WHERE id = 1", "rows pages"},
      {"UPDATE ledger SET detail = 'y'", "rows ledger"},
      {"UPDATE looks SET since = 5", "rows looks"},
      {"UPDATE runs SET report = '{' WHERE id = 1", "rows runs"},
      {"UPDATE sqlite_sequence SET seq = seq + 1", "rows sqlite_sequence"},
      {"UPDATE seals SET sum = sum + 1 WHERE name = 'sites'", "rows sites"},
      {"DELETE FROM readings WHERE body_id = 3", "rows readings"},
      {"DROP VIEW v_versions", "rows sqlite_schema"},
      {"UPDATE captures SET found = 0 + found", ""},  // nothing changes
  }));
  INFO(sql);
  damage(fixture, sql);
  CHECK(kinds(verify(fixture.path)) == wanted);
}

TEST_CASE("what a damaged body touches is named", "[verify]") {
  StoreFixture fixture;
  harvest(fixture);
  damage(fixture,
         "UPDATE bodies SET content = x'00' WHERE id = (SELECT body_id FROM captures WHERE state = 3)");
  const Verification found = verify(fixture.path);
  REQUIRE(found.damages.size() == 2);
  const Damage& body = found.damages.at(1);
  CHECK(body.name == sha256("<p>our policy of the year 2010" + std::string(3000, 'x') + "</p>").hex());
  CHECK_THAT(body.detail, Catch::Contains("damaged"));
  REQUIRE(body.touches.size() == 2);
  CHECK(body.touches[0].url == k_url);
  CHECK(body.touches[0].timestamp == "20100101000000");
  CHECK(body.touches[0].version == 1U);
  CHECK(body.touches[1].timestamp == "20300101000000");
  CHECK(body.touches[1].version == 5U);
}

TEST_CASE("a flipped byte anywhere in the file is found, where a reader could see it", "[verify]") {
  StoreFixture fixture;
  harvest(fixture);
  {
    Compactor compactor(fixture.path, "winnow/test");
    while (compactor.step()) {
    }
    compactor.end(0, "{}");
  }
  fixture.store.reset();
  // Everything a reader sees, table by table.
  const auto seen = [&](const std::string& path) -> std::string {
    try {
      SQLite::Database database(path, SQLite::OPEN_READONLY);
      std::string all;
      SQLite::Statement tables(database, "SELECT name, sql FROM sqlite_schema ORDER BY name");
      while (tables.executeStep()) {
        all += tables.getColumn(1).getString();
        if (tables.getColumn(1).getString().rfind("CREATE TABLE", 0) != 0) continue;
        SQLite::Statement rows(database, "SELECT * FROM \"" + tables.getColumn(0).getString() + "\"");
        while (rows.executeStep())
          for (int i = 0; i < rows.getColumnCount(); ++i)
            all += rows.getColumn(i).getString() + "|";
      }
      return all;
    } catch (const std::exception& failure) {
      return failure.what();
    }
  };
  const std::string whole = read_file(fixture.path);
  const std::string right = seen(fixture.path);
  std::size_t found = 0;
  std::size_t visible = 0;
  // A prime stride meets every kind of page and of place in it.
  for (std::size_t at = 0; at < whole.size(); at += 479) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x41);
    const auto path = fixture.folder.write("flipped.db", bytes);
    bool is_sound = false;
    try {
      is_sound = verify(path).damages.empty();
    } catch (const Error&) {
    }
    const bool is_visible = seen(path) != right;
    INFO(at);
    CHECK_FALSE((is_sound && is_visible));
    found += is_sound ? 0 : 1;
    visible += is_visible ? 1 : 0;
    for (const char* const suffix : {"-wal", "-shm"})
      std::filesystem::remove(path + suffix);
  }
  CHECK(found >= visible);
  CHECK(visible > 20);
}

TEST_CASE("a store that was cut short is damaged", "[verify]") {
  StoreFixture fixture;
  harvest(fixture);
  fixture.store.reset();
  const std::string whole = read_file(fixture.path);
  const auto share = GENERATE(1U, 3U, 6U, 9U);
  const auto path = fixture.folder.write("cut.db", whole.substr(0, whole.size() * share / 10));
  bool is_sound = false;
  try {
    is_sound = verify(path).damages.empty();
  } catch (const Error&) {
  }
  CHECK_FALSE(is_sound);
}

TEST_CASE("stores of before there were seals get them when they are brought up to date", "[verify]") {
  StoreFixture fixture;
  harvest(fixture);
  fixture.store.reset();
  damage(
      fixture,
      "DROP TABLE discoveries; DROP TABLE discovered_pages; DROP VIEW v_changes; "
      "DROP VIEW v_versions; DROP VIEW version_texts; DROP VIEW doubtful_claims; CREATE VIEW v_versions AS "
      "SELECT 1; DROP TABLE "
      "identity; DROP TABLE analyses; DROP TABLE changes; DROP TABLE rereadings; DROP INDEX readings_text; "
      "DROP INDEX texts_extractor; "
      "DROP TABLE text_words; DROP TABLE arrivals; DROP TABLE unsettled; DROP INDEX texts_simhash_0; DROP "
      "INDEX texts_simhash_1; "
      "DROP INDEX texts_simhash_2; DROP INDEX texts_simhash_3; DROP INDEX captures_text; "
      "DROP INDEX versions_first_capture; DROP INDEX versions_first_seen; DROP INDEX captures_missing; "
      "DROP TABLE seals; DROP INDEX bodies_base; DROP INDEX bodies_loose; DROP INDEX texts_base; DROP INDEX "
      "texts_loose; ALTER TABLE bodies DROP COLUMN compacted; ALTER TABLE texts DROP COLUMN compacted; "
      "ALTER TABLE texts DROP COLUMN base_id; ALTER TABLE ledger DROP COLUMN headers; "
      "ALTER TABLE ledger ADD COLUMN headers TEXT NOT NULL DEFAULT '[]'; PRAGMA user_version = 4");
  fixture.store = std::make_unique<Store>(fixture.path);
  CHECK(kinds(verify(fixture.path)) == "");
  // Rows of before, changed now: one has a column that it was written without.
  fixture.store->begin_run("test", "winnow/test");
  fixture.store->note_target(
      fixture.archive, "c.test",
      {.reason = Reason::bad_index, .status = 500, .detail = "z", .hops = {}, .retry_at = {}});
  CHECK(kinds(verify(fixture.path)) == "");
}

TEST_CASE("repair gives up what is lost, and the next run fetches it again", "[verify]") {
  StoreFixture fixture;
  const PageId page = harvest(fixture);
  const auto versions = fixture.rows("SELECT * FROM v_versions");
  const auto [sql, lost, noted, refetched] = GENERATE(table<const char*, int, std::size_t, std::size_t>({
      {"UPDATE bodies SET content = x'00' WHERE id = (SELECT body_id FROM captures WHERE state = 3)", 1, 2,
       1},
      {"UPDATE texts SET title = 'Another' WHERE id = (SELECT text_id FROM captures WHERE state = 3)", 1, 8,
       7},
      {"UPDATE captures SET mimetype = 'text/htmm' WHERE id = 2", 0, 8, 7},
      {"UPDATE provenance SET record = '{}' WHERE capture_id = 1", 0, 8, 7},
      {"DELETE FROM versions WHERE number = 2 AND series_id = 1", 0, 0, 0},
      {"DELETE FROM looks", 0, 0, 0},
      {"UPDATE ledger SET retry = 'never'", 0, 0, 0},
  }));
  INFO(sql);
  damage(fixture, sql);
  const Repair done = repair(fixture.path, "winnow/test");
  CHECK_FALSE(done.before.damages.empty());
  CHECK(kinds(done.after) == "");
  CHECK(done.bodies + done.texts == static_cast<std::uint64_t>(lost));
  CHECK(done.captures == noted);
  CHECK(fixture.rows("SELECT count(*), sum(retry = 'next-run') FROM ledger WHERE reason = 'damaged'") ==
        Rows{fmt::format("{}|{}", noted, noted == 0 ? "" : std::to_string(noted))});

  fixture.store->begin_run("test", "winnow/test");
  fixture.plan({page, PageId{static_cast<std::int64_t>(page) + 1}}, Selection::unique);
  std::vector<CaptureResult> results;
  for (const auto& claimed : fixture.store->claim(100)) {
    auto year = claimed.capture.timestamp.value() / 10000000000;
    if (year == 2017) continue;     // excluded
    if (year == 2030) year = 2010;  // of one digest
    Held one =
        held(claimed.capture, "our policy of the year " + std::to_string(year) + std::string(3000, 'x'));
    one.provenance.digest_check = DigestCheck::decoded;
    results.push_back({claimed.id, one});
  }
  CHECK(results.size() == refetched);
  fixture.store->record(results);
  CHECK(fixture.rows("SELECT * FROM v_versions") == versions);
  CHECK(fixture.rows("SELECT count(*) FROM captures WHERE state IN (2, 3) AND body_id IS NOT NULL") ==
        Rows{"8"});
  CHECK(fixture.rows("SELECT count(*) FROM ledger WHERE reason = 'damaged'") == Rows{"0"});
  CHECK(kinds(verify(fixture.path)) == "");
}

TEST_CASE("a damaged row becomes what the index says, which is read once more", "[verify]") {
  StoreFixture fixture;
  const Capture one = capture(20100101000000, "http://a.test/privacy", "1");
  const auto listed = fixture.list({one});
  fixture.store->note_look({fixture.archive, listed.pages, {}, at(20200101000000)});
  fixture.plan(listed.pages, {Selection::all});
  fixture.store->record(std::vector{result(fixture.store->claim(1).at(0), "we sell")});
  fixture.store->end_run(0, "{}");
  damage(fixture, "UPDATE captures SET mimetype = 'text/htmm'");
  CHECK(kinds(repair(fixture.path, "winnow/test").after) == "");
  CHECK(fixture.rows("SELECT count(*) FROM looks") == Rows{"0"});
  fixture.store->begin_run("test", "winnow/test");
  fixture.list({one});
  CHECK(fixture.rows("SELECT mimetype FROM captures") == Rows{"text/html"});
  CHECK(kinds(verify(fixture.path)) == "");
}

TEST_CASE("a frame that copies nothing from its damaged base is lost with it", "[verify]") {
  StoreFixture fixture;
  harvest(fixture);
  const std::string bytes = "<p>our policy of the year 2012" + std::string(3000, 'x') + "</p>";
  const Packed alone = pack(bytes);
  {
    SQLite::Database database(fixture.path, SQLite::OPEN_READWRITE);
    SQLite::Statement update(database,
                             "UPDATE bodies SET content = ?, encoding = ?, depth = 1, base_id = (SELECT id "
                             "FROM bodies WHERE base_id IS NULL AND sha256 <> ?3) WHERE sha256 = ?3");
    const std::string sha256(winnow::sha256(bytes).raw());
    update.bindNoCopy(1, alone.bytes.data(), static_cast<int>(alone.bytes.size()));
    update.bind(2, static_cast<int>(Encoding::zstd_patch));
    update.bindNoCopy(3, sha256.data(), static_cast<int>(sha256.size()));
    REQUIRE(update.exec() == 1);
  }
  damage(fixture, "UPDATE bodies SET content = x'00' WHERE base_id IS NULL");
  const Repair done = repair(fixture.path, "winnow/test");
  CHECK_THAT(kinds(done.before), Catch::Contains("body, body"));
  CHECK(kinds(done.after) == "");
}

TEST_CASE("what has no second source is left to a backup", "[verify]") {
  StoreFixture fixture;
  harvest(fixture);
  damage(fixture, "UPDATE pages SET url = 'http://c.test/' WHERE id = 1");
  const Repair done = repair(fixture.path, "winnow/test");
  CHECK(kinds(done.after) == "rows pages");
}

TEST_CASE("a store in use is not repaired", "[verify]") {
  StoreFixture fixture;
  CHECK_THROWS_WITH(repair(fixture.path, "winnow/test"), Catch::Contains("in use by another run"));
}
