#include <catch2/catch.hpp>

#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

using Rows = std::vector<std::string>;

const std::string k_states =
    "SELECT substr(timestamp, 1, 4), state FROM v_captures ORDER BY urlkey, timestamp, digest";

std::vector<std::string> years(const std::vector<ClaimedCapture>& claimed) {
  std::vector<std::string> years;
  for (const auto& one : claimed)
    years.push_back(one.capture.timestamp.digits().substr(0, 4));
  return years;
}

const std::string k_url = "http://a.test/privacy";

}  // namespace

TEST_CASE("unique: one capture of each digest, the first playable 200", "[plan]") {
  StoreFixture fixture;
  Capture revisit = capture(20100101000000, k_url, "A", {});
  revisit.mimetype = "warc/revisit";
  const Listed listed =
      fixture.list({revisit, capture(20110101000000, k_url, "A", 503), capture(20120101000000, k_url, "A"),
                    capture(20130101000000, k_url, "B"), capture(20140101000000, k_url, "A"),
                    capture(20150101000000, k_url, {}), capture(20160101000000, k_url, {})});
  const Plan plan = fixture.plan(listed.pages, Selection::unique);
  CHECK(plan.pending == 4);
  CHECK(plan.pending_bytes == 4000);
  CHECK(plan.listed == 3);
  const auto claimed = fixture.store->claim(10);
  // Without a digest nothing can be inferred: both are wanted.
  CHECK(years(claimed) == Rows{"2012", "2013", "2015", "2016"});

  const std::vector<CaptureResult> results = {result(claimed[0], "a"), result(claimed[1], "b")};
  const Recorded recorded = fixture.store->record(results);
  CHECK(recorded.held == 2);
  CHECK(recorded.inferred == 3);
  CHECK(fixture.rows(k_states) == Rows{"2010|inferred", "2011|inferred", "2012|held", "2013|held",
                                       "2014|inferred", "2015|pending", "2016|pending"});
  // The revisit is a 200 as what it repeats; the 503 shows no version.
  CHECK(fixture.rows("SELECT substr(timestamp, 1, 4), statuscode, version FROM v_captures WHERE sha1 <> '' "
                     "ORDER BY timestamp") ==
        Rows{"2010|200|1", "2011|503|", "2012|200|1", "2013|200|2", "2014|200|3"});
}

TEST_CASE("all: everything that is not held, also what was inferred", "[plan]") {
  StoreFixture fixture;
  const Listed listed =
      fixture.list({capture(20100101000000, k_url, "A"), capture(20110101000000, k_url, "A")});
  fixture.plan(listed.pages, Selection::unique);
  auto claimed = fixture.store->claim(10);
  fixture.store->record(std::vector{result(claimed.at(0), "a")});
  const Plan upgraded = fixture.plan(listed.pages, Selection::all);
  CHECK(upgraded.pending == 1);
  CHECK(upgraded.held == 1);
  // It confirms its version while it waits.
  CHECK(fixture.rows("SELECT captures, last_seen FROM v_versions") == Rows{"2|20110101000000"});
  claimed = fixture.store->claim(10);
  CHECK(years(claimed) == Rows{"2011"});

  SECTION("it can't be had: still inferred, and the ledger says why it was not fetched") {
    fixture.store->record(std::vector{failure(claimed.at(0), Reason::unplayable)});
    CHECK(fixture.rows(k_states) == Rows{"2010|held", "2011|inferred"});
    CHECK(fixture.rows("SELECT reason, attempts FROM ledger") == Rows{"unplayable|1"});
  }
  SECTION("it has other bytes than its digest promised") {
    fixture.store->record(std::vector{result(claimed.at(0), "b")});
    CHECK(fixture.rows("SELECT version, first_seen, last_seen, captures FROM v_versions") ==
          Rows{"1|20100101000000|20100101000000|1", "2|20110101000000|20110101000000|1"});
  }
}

TEST_CASE("a second run fetches nothing", "[plan]") {
  StoreFixture fixture;
  const std::vector<Capture> index = {capture(20100101000000, k_url, "A"),
                                      capture(20110101000000, k_url, "A"),
                                      capture(20120101000000, k_url, "B")};
  const auto selection = GENERATE(Selection::unique, Selection::all);
  const Listed listed = fixture.list(index);
  fixture.plan(listed.pages, selection);
  std::vector<CaptureResult> results;
  for (const auto& claimed : fixture.store->claim(10))
    results.push_back(result(claimed, "w"));
  fixture.store->record(results);
  CHECK(fixture.store->claim(10).empty());
  fixture.next_run();
  fixture.list(index);
  CHECK(fixture.plan(listed.pages, selection).pending == 0);
  CHECK(fixture.store->claim(10).empty());
}

TEST_CASE("new rows with a digest that is held are inferred by the plan", "[plan]") {
  StoreFixture fixture;
  const Listed listed = fixture.list({capture(20100101000000, k_url, "A")});
  fixture.plan(listed.pages, Selection::unique);
  fixture.store->record(std::vector{result(fixture.store->claim(1).at(0), "a")});
  fixture.next_run();
  fixture.list({capture(20110101000000, k_url, "A"), capture(20120101000000, k_url, "B")});
  const Plan plan = fixture.plan(listed.pages, Selection::unique);
  CHECK(plan.pending == 1);
  CHECK(plan.inferred == 1);
  CHECK(fixture.rows("SELECT last_seen, captures FROM v_versions") == Rows{"20110101000000|2"});
}

TEST_CASE("when a representative can't be had the next of its digest is wanted", "[plan]") {
  StoreFixture fixture;
  const Listed listed =
      fixture.list({capture(20100101000000, k_url, "A"), capture(20110101000000, k_url, "A"),
                    capture(20120101000000, k_url, "A")});
  fixture.plan(listed.pages, Selection::unique);
  auto claimed = fixture.store->claim(10);
  REQUIRE(years(claimed) == Rows{"2010"});

  SECTION("in the same run") {
    CHECK(fixture.store->record(std::vector{failure(claimed[0], Reason::unplayable)}).wanted == 1);
    claimed = fixture.store->claim(10);
    REQUIRE(years(claimed) == Rows{"2011"});
    const Recorded recorded = fixture.store->record(std::vector{result(claimed[0], "a")});
    CHECK(recorded.inferred == 2);  // the one that can't be played had the same body all the same
    CHECK(fixture.rows(k_states) == Rows{"2010|inferred", "2011|held", "2012|inferred"});
    CHECK(fixture.rows("SELECT reason FROM ledger") == Rows{"unplayable"});
    CHECK(fixture.store->claim(10).empty());
  }
  SECTION("not when the whole page is excluded") {
    CHECK(fixture.store->record(std::vector{failure(claimed[0], Reason::excluded)}).wanted == 0);
    CHECK(fixture.store->claim(10).empty());
  }
  SECTION("not when the failure is of the moment: a later plan takes one, and dates are not lost") {
    CHECK(fixture.store->record(std::vector{failure(claimed[0], Reason::transport_error)}).wanted == 0);
    CHECK(fixture.plan(listed.pages, Selection::unique).pending == 1);
    claimed = fixture.store->claim(10);
    REQUIRE(years(claimed) == Rows{"2011"});
    fixture.store->record(std::vector{result(claimed[0], "a")});
    CHECK(fixture.rows(k_states) == Rows{"2010|inferred", "2011|held", "2012|inferred"});
    CHECK(fixture.rows("SELECT first_seen FROM v_versions") == Rows{"20100101000000"});
  }
}

// Two rows may share URL and second and differ in digest; the archive plays only one of them.
TEST_CASE("a row that plays its twin's bytes does not give them to its own digest", "[plan]") {
  StoreFixture fixture;
  const std::string body_a = "<p>a</p>";
  const std::string body_b = "<p>b</p>";
  const Listed listed =
      fixture.list({capture(20100101000000, k_url, body_a), capture(20100101000000, k_url, body_b),
                    capture(20120101000000, k_url, body_b)});
  fixture.plan(listed.pages, Selection::unique);
  auto claimed = fixture.store->claim(10);
  REQUIRE(years(claimed) == Rows{"2010", "2010"});
  auto played_a = result(claimed[0], "a");
  auto played_a_again = result(claimed[1], "a");
  std::get<Held>(played_a.outcome).provenance.digest_check = DigestCheck::decoded;
  std::get<Held>(played_a_again.outcome).provenance.digest_check = DigestCheck::mismatch;
  const Recorded recorded = fixture.store->record(std::vector{played_a, played_a_again});
  CHECK(recorded.held == 1);
  CHECK(recorded.substituted == 1);
  claimed = fixture.store->claim(10);
  REQUIRE(years(claimed) == Rows{"2012"});
  fixture.store->record(std::vector{result(claimed[0], "b")});
  CHECK(fixture.rows("SELECT first_seen, words_sha256 <> '' FROM v_versions") ==
        Rows{"20100101000000|1", "20120101000000|1"});
}

TEST_CASE("of http and https in one second, each keeps what is its own", "[plan]") {
  StoreFixture fixture;
  const Listed listed = fixture.list({capture(20100101000000, "http://a.test/p", {}, 301),
                                      capture(20100101000000, "https://a.test/p", {}, 200)});
  fixture.plan(listed.pages, Selection::all);
  const auto claimed = fixture.store->claim(10);
  REQUIRE(claimed.size() == 2);
  auto played = result(claimed[0], "a");  // asked for http, the archive plays https
  std::get<Held>(played.outcome).provenance.replayed_url = "https://a.test/p";
  fixture.store->record(std::vector{played});
  CHECK(fixture.rows("SELECT original, state FROM v_captures ORDER BY 1") ==
        Rows{"http://a.test/p|missing", "https://a.test/p|held"});
}

TEST_CASE("an imported document stands for no digest", "[plan]") {
  StoreFixture fixture;
  const Capture imported = capture(20100101000000, k_url, {}, {});
  const std::string rendered = "<p>as a browser wrote it</p>";
  fixture.store->import(
      fixture.archive, Found::import,
      std::vector<ImportedCapture>{
          {.capture = imported,
           .site = {},
           .provenance = provenance(imported, 200),
           .body =
               BodyContent{
                   {sha256(rendered), "", k_url}, sha1(rendered), rendered.size(), pack(rendered), {}},
           .given_text = pack_text(text("words"))}});
  const Listed listed =
      fixture.list({capture(20100101000000, k_url, "A"), capture(20110101000000, k_url, "A")});
  fixture.plan(listed.pages, Selection::unique);
  CHECK(years(fixture.store->claim(10)) == Rows{"2011"});
}

TEST_CASE("the ledger's retry rules", "[plan]") {
  StoreFixture fixture;
  const Listed listed = fixture.list({capture(20100101000000, k_url, "A")});
  const auto [reason, retry_at, wanted_again] = GENERATE(table<Reason, std::uint64_t, bool>({
      {Reason::transport_error, 0, true},          // next-run
      {Reason::unplayable, 0, false},              // later: in 30 days
      {Reason::unplayable, 20200101000000, true},  // later: that date is past
      {Reason::unplayable, 29990101000000, false},
      {Reason::too_large, 0, false},  // never
  }));
  fixture.plan(listed.pages, Selection::all);
  CaptureResult missed = failure(fixture.store->claim(1).at(0), reason);
  if (retry_at != 0) std::get<Missed>(missed.outcome).retry_at = at(retry_at);
  fixture.store->record(std::vector{missed});
  CHECK(fixture.plan(listed.pages, Selection::all).pending == 0);  // never twice in one run
  fixture.next_run();
  CHECK(fixture.plan(listed.pages, Selection::all).pending == (wanted_again ? 1 : 0));
  CHECK(fixture.plan(listed.pages, Selection::unique).pending == (wanted_again ? 1 : 0));
  if (wanted_again) {
    fixture.store->record(std::vector{result(fixture.store->claim(1).at(0), "a")});
    CHECK(fixture.rows("SELECT count(*) FROM ledger") == Rows{"0"});
  }
}

TEST_CASE("claims: best page first, then by time, within the scope's dates", "[plan]") {
  StoreFixture fixture;
  const std::vector<ListedCapture> rows = {{capture(20100101000000, "http://a.test/low"), 1},
                                           {capture(20110101000000, "http://a.test/high"), 5},
                                           {capture(20100601000000, "http://a.test/high"), 5},
                                           {capture(20200101000000, "http://a.test/high"), 5}};
  const Listed listed = fixture.store->add_captures(fixture.archive, rows);
  fixture.store->plan({fixture.archive, listed.pages, at(20100101000000), at(20121231235959)},
                      Selection::all);
  const auto first = fixture.store->claim(2);
  CHECK(first.at(0).capture.timestamp == at(20100601000000));
  CHECK(first.at(1).capture.timestamp == at(20110101000000));
  const auto second = fixture.store->claim(2);
  CHECK(second.size() == 1);
  CHECK(second.at(0).capture.original == "http://a.test/low");
}

TEST_CASE("scopes of several plans add up; pages outside of them are left alone", "[plan]") {
  StoreFixture fixture;
  const Listed a = fixture.list({capture(20100101000000, "http://a.test/")});
  const Listed b = fixture.list({capture(20110101000000, "http://b.test/")});
  const Listed other = fixture.list({capture(20120101000000, "http://c.test/")});
  fixture.plan(other.pages, Selection::all);
  fixture.next_run();
  CHECK(fixture.plan(a.pages, Selection::all).pending == 1);
  CHECK(fixture.plan(b.pages, Selection::all).pending == 1);
  CHECK(years(fixture.store->claim(10)) == Rows{"2010", "2011"});
}

TEST_CASE("a narrower plan takes back what a stopped run wanted", "[plan]") {
  StoreFixture fixture;
  const Listed listed =
      fixture.list({capture(20100101000000, k_url, "A"), capture(20110101000000, k_url, "A")});
  CHECK(fixture.plan(listed.pages, Selection::all).pending == 2);
  fixture.next_run();
  CHECK(fixture.plan(listed.pages, Selection::unique).pending == 1);
}

TEST_CASE("what is continued: new captures, pending ones and what is due on the ledger, not the unread past",
          "[plan]") {
  StoreFixture fixture;
  const Listed listed =
      fixture.list({capture(20100101000000, k_url, "1"), capture(20110101000000, k_url, "2"),
                    capture(20120101000000, k_url, "3"), capture(20130101000000, k_url, "4")});
  fixture.store->plan({fixture.archive, listed.pages, at(20120101000000), {}}, {Selection::unique});
  const auto first = fixture.store->claim(2);
  fixture.store->record(std::vector{failure(first.at(0), Reason::truncated), result(first.at(1), "D")});
  fixture.next_run();
  const Listed later =
      fixture.list({capture(20130101000000, k_url, "4"), capture(20140101000000, k_url, "5")});
  const Scope scope{fixture.archive, later.pages, {}, {}, at(20130101000000)};
  const Plan plan = fixture.store->plan(scope, {Selection::unique});
  CHECK(plan.pending == 2);
  std::vector<std::string> claimed;
  for (const ClaimedCapture& capture : fixture.store->claim(10))
    claimed.push_back(capture.capture.timestamp.date());
  CHECK(claimed == std::vector<std::string>{"2012-01-01", "2014-01-01"});
}
