// What a store says is not there, and what a plan finds in it.
#include "storage/ledger_reader.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "storage/known_captures.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

const std::string k_url = "http://a.test/privacy";

/// Four captures of a page: A in 2010, one that can't be had in 2012, an archived 404 in 2013, A in 2014.
struct History : StoreFixture {
  History() {
    listed = list({capture(20100101000000, k_url, "1"), capture(20120101000000, k_url, "2"),
                   capture(20130101000000, k_url, "3", 404), capture(20140101000000, k_url, "4")});
    plan(listed.pages, Selection::all);
    const auto claimed = store->claim(4);
    CaptureResult missed = failure(claimed.at(1), Reason::excluded);
    auto& why = std::get<Missed>(missed.outcome);
    why.evidence.headers.add("Server", "nginx");
    why.evidence.body_start = "<h1>Blocked\\n";
    why.hops = {{"https://archive.test/web/2012/x", 302, HopKind::archive, "/blocked"}};
    store->record(std::vector{result(claimed.at(0), "A"), missed, result(claimed.at(2), "gone", 404),
                              result(claimed.at(3), "A")});
  }

  Listed listed;
};

std::vector<std::string> gaps(const StoreFixture& fixture) {
  const auto series = StoreReader(fixture.path).find_series("a.test").at(0).id;
  std::vector<std::string> told;
  for (const Gap& gap : LedgerReader(fixture.path).gaps(series, k_default_gap)) {
    told.push_back(fmt::format("{} {}-{}{}", name(gap.kind), gap.from ? gap.from->digits().substr(0, 4) : "",
                               gap.to ? gap.to->digits().substr(0, 4) : "", gap.index_read ? " read" : ""));
    for (const auto& [why, count] : gap.hindrances)
      told.back() += fmt::format("; {} {} {}", count, name(why.first), why.second);
  }
  return told;
}

}  // namespace

TEST_CASE("an entry comes back with its evidence", "[ledger]") {
  History history;
  history.store->note_target(history.archive, "b.test/privacy", Missed{.reason = Reason::bad_index});
  std::vector<LedgerEntry> entries;
  LedgerReader(history.path).for_each_entry([&](const LedgerEntry& entry) { entries.push_back(entry); });
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].target == "b.test/privacy");
  CHECK(entries[0].site == "b.test");
  CHECK(!entries[0].timestamp);
  CHECK(entries[0].reason == "bad-index");
  CHECK(entries[0].retry == "next-run");
  CHECK(!entries[0].retry_at);
  const LedgerEntry& entry = entries[1];
  CHECK(entry.archive == k_archive);
  CHECK(entry.site == "a.test");
  CHECK(entry.urlkey == "test,a)/privacy");
  CHECK(entry.timestamp == at(20120101000000));
  CHECK(entry.target == k_url);
  CHECK(entry.reason == "excluded");
  CHECK(entry.status == 404);
  CHECK(entry.headers == R"([["Server","nginx"]])");
  CHECK(entry.body_start == "<h1>Blocked\\n");
  CHECK(entry.hops ==
        R"([{"url":"https://archive.test/web/2012/x","status":302,"kind":"archive","location":"/blocked"}])");
  CHECK(entry.attempts == 1);
  CHECK(entry.retry == "later");
  CHECK(entry.retry_at > entry.noted);
}

TEST_CASE("gaps of a series in the store", "[ledger]") {
  History history;
  CHECK(gaps(history) == std::vector<std::string>{"before-first -2010",
                                                  "between 2010-2014; 1 ledger excluded; 1 status 404",
                                                  "after-last 2014-"});
  history.store->note_look({history.archive, history.listed.pages, {}, at(20160101000000)});
  CHECK(gaps(history) == std::vector<std::string>{"before-first -2010 read",
                                                  "between 2010-2014 read; 1 ledger excluded; 1 status 404",
                                                  "after-last 2014-2016 read"});
  // Listed, and not asked for by this selection; then asked for.
  history.list({capture(20150101000000, k_url, "5")});
  CHECK(gaps(history).at(2) == "after-last 2014-2016 read; 1 not-wanted ");
  history.plan(history.listed.pages, Selection::all);
  CHECK(gaps(history).at(2) == "after-last 2014-2016 read; 1 pending ");
}

TEST_CASE("what a plan finds in the store", "[ledger]") {
  History history;
  const auto known = [&](const Capture& row, const Selection& selection) {
    return KnownCaptures(history.path, k_archive).look(row, selection);
  };
  using Known = KnownCaptures::Known;
  const Capture held = capture(20100101000000, k_url, "1");
  const Capture same_digest = capture(20110101000000, k_url, "1");
  const Capture missing = capture(20120101000000, k_url, "2");
  const Capture unknown = capture(20150101000000, k_url, "5");
  const Capture other_page = capture(20100101000000, "http://a.test/other", "1");
  for (const auto selection : {Selection::unique, Selection::all, Selection::changes}) {
    CAPTURE(static_cast<int>(selection));
    CHECK(known(held, selection) == Known::held);
    CHECK(known(same_digest, selection) == (selection == Selection::all ? Known::no : Known::held));
    CHECK(known(missing, selection) == Known::on_ledger);  // for 30 days
    CHECK(known(unknown, selection) == Known::no);
    CHECK(known(other_page, selection) == Known::no);
  }
  CHECK(KnownCaptures(history.path, "https://other.test").look(held, Selection::all) == Known::no);
}

TEST_CASE("a digest that does not match is no reason to fetch again", "[ledger]") {
  StoreFixture fixture;
  const Capture one = capture(20100101000000, k_url, "other bytes");
  const auto pages = fixture.list({one}).pages;
  fixture.plan(pages, Selection::all);
  const auto claimed = fixture.store->claim(1).at(0);
  Held fetched = held(claimed.capture, "words");
  fetched.provenance.digest_check = DigestCheck::mismatch;
  fixture.store->record(std::vector{CaptureResult{claimed.id, fetched}});
  for (const auto selection : {Selection::unique, Selection::all}) {
    fixture.next_run();
    const Plan again = fixture.plan(pages, selection);
    CHECK(again.pending == 0);
    CHECK(again.held == 1);
    CHECK(again.missing == 0);
  }
  CHECK(fixture.rows("SELECT json_extract(record, '$.digest_check') FROM provenance") ==
        std::vector<std::string>{"mismatch"});
}
