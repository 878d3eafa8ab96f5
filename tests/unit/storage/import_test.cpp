// Captures from files: what they may say of others, and what they may not.
#include <catch2/catch.hpp>

#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

using Rows = std::vector<std::string>;

const std::string k_url = "http://a.test/privacy";
const std::string k_states =
    "SELECT substr(timestamp, 1, 4), state FROM v_captures ORDER BY timestamp, digest";

ImportedCapture imported(const Capture& capture, const std::string& words, DigestCheck check) {
  const Held body = held(capture, words);
  ImportedCapture imported{capture, {}, body.provenance, body.content, {}};
  imported.provenance.digest_check = check;
  return imported;
}

Recorded import(StoreFixture& fixture, const ImportedCapture& capture, Found found = Found::warc) {
  return fixture.store->import(fixture.archive, found, std::vector{capture});
}

}  // namespace

TEST_CASE("only a body that proves its digest stands for others, whatever a file says", "[import]") {
  struct Case {
    const char* digest_of;  ///< of the page's body when it is "<p>words</p>"
    DigestCheck check;
    bool is_told;
    Found found;
    bool stands;
  };
  const auto c = GENERATE(values<Case>({
      {"<p>words</p>", DigestCheck::decoded, false, Found::warc, true},
      {"<p>words</p>", DigestCheck::decoded, true, Found::warc, true},
      // Seen by the import itself in a record that has the encoded bytes.
      {"as it was served", DigestCheck::as_stored, false, Found::warc, true},
      {"as it was served", DigestCheck::as_stored, true, Found::warc, false},
      {"a lie", DigestCheck::mismatch, false, Found::warc, false},
      {"a lie", DigestCheck::mismatch, true, Found::warc, false},
      {"a lie", DigestCheck::unknown, false, Found::import, false},
  }));
  CAPTURE(c.digest_of, c.is_told);
  StoreFixture fixture;
  const Capture one = capture(20100101000000, k_url, c.digest_of);
  // Also where an index lists the very capture.
  const Listed listed = fixture.list({one, capture(20110101000000, k_url, c.digest_of)});
  ImportedCapture file = imported(one, "words", c.check);
  file.is_told = c.is_told;
  CHECK(import(fixture, file, c.found).imported == 1);
  fixture.plan(listed.pages, Selection::unique);
  CHECK(fixture.store->claim(10).size() == (c.stands ? 0 : 1));
  CHECK(fixture.rows(k_states) == Rows{"2010|held", c.stands ? "2011|inferred" : "2011|pending"});
}

TEST_CASE("what was inferred where a file is from comes as inferred", "[import]") {
  StoreFixture fixture;
  const Capture one = capture(20100101000000, k_url, "served");
  ImportedCapture file = imported(one, "words", DigestCheck::as_stored);
  file.is_told = file.is_inferred = true;
  const Recorded recorded = import(fixture, file);
  CHECK(recorded.imported == 1);
  CHECK(recorded.held == 0);
  CHECK(fixture.rows(k_states) == Rows{"2010|inferred"});
  CHECK(fixture.rows("SELECT version, captures FROM v_versions") == Rows{"1|1"});
  CHECK(fixture.rows("SELECT count(*) FROM provenance") == Rows{"0"});
  CHECK(import(fixture, file).imported == 0);

  // A harvest fetches what the digest stands for all the same.
  const Listed listed = fixture.list({one, capture(20110101000000, k_url, "served")});
  fixture.plan(listed.pages, Selection::unique);
  const auto claimed = fixture.store->claim(10);
  REQUIRE(claimed.size() == 1);
  CHECK(claimed[0].capture.timestamp == at(20110101000000));
  fixture.store->record(std::vector{result(claimed[0], "words")});
  CHECK(fixture.rows(k_states) == Rows{"2010|inferred", "2011|held"});
  CHECK(fixture.rows("SELECT version, captures FROM v_versions") == Rows{"1|2"});
}

TEST_CASE("an inferred capture replaces nothing that was fetched or waits", "[import]") {
  StoreFixture fixture;
  const Listed listed =
      fixture.list({capture(20100101000000, k_url, "A"), capture(20110101000000, k_url, "B")});
  fixture.plan(listed.pages, Selection::all);
  fixture.store->record(std::vector{result(fixture.store->claim(1).at(0), "truth")});
  for (const auto& [time, digest] : {std::pair(20100101000000, "A"), std::pair(20110101000000, "B")}) {
    ImportedCapture file =
        imported(capture(static_cast<std::uint64_t>(time), k_url, digest), "lie", DigestCheck::as_stored);
    file.is_told = file.is_inferred = true;
    CHECK(import(fixture, file).imported == 0);
  }
  CHECK(fixture.rows(k_states) == Rows{"2010|held", "2011|pending"});
  CHECK(fixture.rows("SELECT count(*) FROM v_versions") == Rows{"1"});
}
