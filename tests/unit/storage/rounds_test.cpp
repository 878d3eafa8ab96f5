#include <algorithm>
#include <chrono>
#include <random>

#include <catch2/catch.hpp>

#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

using Rows = std::vector<std::string>;

const std::string k_url = "http://a.test/privacy";
const std::string k_versions =
    "SELECT urlkey, version, first_seen, last_seen, words_sha256 FROM v_versions ORDER BY urlkey, version";

/// The first of January, of each year from 2000 on.
std::uint64_t year(std::size_t number) {
  return (2000 + number) * 10'000'000'000 + 101'000'000;
}

/// An archive in which each capture has a digest of its own: what its captures say, one letter each.
struct Archive {
  std::string url = k_url;
  std::string states;

  [[nodiscard]] std::vector<Capture> index() const {
    std::vector<Capture> rows;
    for (std::size_t i = 0; i < states.size(); ++i)
      rows.push_back(capture(year(i), url, url + std::to_string(i)));
    return rows;
  }
  [[nodiscard]] std::string words_at(const Timestamp& time) const {
    return std::string(1, states.at(time.value() / 10'000'000'000 - 2000));
  }
};

/// Answers what is claimed until nothing is left; the years that were fetched.
std::vector<std::string> fetch_all(Store& store, const Archive& archive) {
  std::vector<std::string> years;
  for (;;) {
    std::vector<CaptureResult> results;
    for (const auto& claimed : store.claim(100)) {
      years.push_back(claimed.capture.timestamp.digits().substr(0, 4));
      results.push_back(result(claimed, archive.words_at(claimed.capture.timestamp)));
    }
    if (results.empty()) break;
    store.record(results);
  }
  return years;
}

}  // namespace

TEST_CASE("changes: round by round, down to neighbours", "[rounds]") {
  StoreFixture fixture;
  const Archive archive{.states = "aaaaaabbbbcccccc"};
  const Listed listed = fixture.list(archive.index());
  const Plan plan = fixture.plan(listed.pages, Selection::changes);
  CHECK(plan.pending == 2);
  CHECK(plan.listed == 14);
  const auto ends = fixture.store->claim(10);
  REQUIRE(ends.size() == 2);
  // One answer is not enough for the next question.
  CHECK(fixture.store->record(std::vector{result(ends[0], "a")}).wanted == 0);
  CHECK(fixture.store->record(std::vector{result(ends[1], "c")}).wanted == 1);
  CHECK(fetch_all(*fixture.store, archive) == Rows{"2008", "2004", "2012", "2006", "2010", "2005", "2009"});
  CHECK(fixture.rows("SELECT version, first_seen, last_seen FROM v_versions") ==
        Rows{"1|20000101000000|20050101000000", "2|20060101000000|20090101000000",
             "3|20100101000000|20150101000000"});
  CHECK(fixture.store->unread().between_same == 7);
  CHECK(fixture.store->unread().undecided == 0);
  CHECK(fixture.rows("SELECT count(*) FROM rounds") == Rows{"0"});

  SECTION("once more asks for nothing") {
    fixture.next_run();
    CHECK(fixture.plan(listed.pages, Selection::changes).pending == 0);
    CHECK(fixture.store->unread().between_same == 7);
  }
  SECTION("all fetches the rest, and no more") {
    fixture.next_run();
    CHECK(fixture.plan(listed.pages, Selection::all).pending == 7);
  }
  SECTION("newer captures are told from the last one known") {
    fixture.next_run();
    Archive later = archive;
    later.states += "dddd";
    fixture.list(later.index());
    CHECK(fixture.plan(listed.pages, Selection::changes).pending == 1);
    CHECK(fetch_all(*fixture.store, later) == Rows{"2019", "2017", "2016"});
  }
}

TEST_CASE("what earlier runs hold or have inferred is known to changes", "[rounds]") {
  StoreFixture fixture;
  const Listed listed = fixture.list({capture(year(0), k_url, "A"), capture(year(1), k_url, "A"),
                                      capture(year(2), k_url, "B"), capture(year(3), k_url, "A"),
                                      capture(year(4), k_url, "C"), capture(year(5), k_url, "C")});
  fixture.plan(listed.pages, Selection::unique);
  const auto claimed = fixture.store->claim(1);
  fixture.store->record(std::vector{result(claimed.at(0), "a")});
  fixture.next_run();
  CHECK(fixture.plan(listed.pages, Selection::changes).pending == 1);
  const auto last = fixture.store->claim(10);
  REQUIRE(last.size() == 1);
  CHECK(last[0].capture.timestamp == at(year(4)));
  fixture.store->record(std::vector{result(last[0], "c")});
  // 2005 has the digest of 2004. 2002 lies between captures that say the same.
  CHECK(fixture.store->claim(10).empty());
  CHECK(fixture.store->unread().between_same == 1);
  SECTION("unique reads just that") {
    fixture.next_run();
    CHECK(fixture.plan(listed.pages, Selection::unique).pending == 1);
    CHECK(fixture.store->claim(10).at(0).capture.timestamp == at(year(2)));
  }
}

TEST_CASE("a capture that can't be had does not stop bisection", "[rounds]") {
  StoreFixture fixture;
  const Archive archive{.states = "aaaaabbbb"};
  const Listed listed = fixture.list(archive.index());
  fixture.plan(listed.pages, Selection::changes);
  const auto ends = fixture.store->claim(10);
  fixture.store->record(std::vector{result(ends.at(0), "a"), result(ends.at(1), "b")});
  const auto middle = fixture.store->claim(10);
  REQUIRE(middle.size() == 1);
  const auto reason = GENERATE(Reason::unplayable, Reason::transport_error);
  CHECK(fixture.store->record(std::vector{failure(middle[0], reason)}).wanted == 1);
  fetch_all(*fixture.store, archive);
  CHECK(fixture.rows("SELECT version, first_seen, last_seen FROM v_versions") ==
        Rows{"1|20000101000000|20030101000000", "2|20050101000000|20080101000000"});
  fixture.next_run();
  // What failed for the moment is asked for again, since it lies where the words change.
  CHECK(fixture.plan(listed.pages, Selection::changes).pending == (reason == Reason::unplayable ? 0 : 1));
}

TEST_CASE("a page that the archive excludes is not tried capture by capture", "[rounds]") {
  StoreFixture fixture;
  const Listed listed = fixture.list(Archive{.states = "aaaaaa"}.index());
  fixture.plan(listed.pages, Selection::changes);
  const auto ends = fixture.store->claim(10);
  REQUIRE(ends.size() == 2);
  fixture.store->record(std::vector{failure(ends[0], Reason::excluded), failure(ends[1], Reason::excluded)});
  CHECK(fixture.store->claim(10).empty());
  fixture.next_run();
  CHECK(fixture.plan(listed.pages, Selection::changes).pending == 0);
}

TEST_CASE("errors and redirects of the index are not fetched to find out", "[rounds]") {
  StoreFixture fixture;
  std::vector<Capture> index;
  for (std::size_t i = 0; i < 20; ++i)
    index.push_back(capture(year(i), k_url, std::to_string(i), i % 2 == 0 ? 404 : 301));
  index.push_back(capture(year(8), k_url, "page", 200));
  const Listed listed = fixture.list(index);
  CHECK(fixture.plan(listed.pages, Selection::changes).pending == 3);
  Rows years;
  std::vector<CaptureResult> results;
  for (const auto& claimed : fixture.store->claim(10)) {
    years.push_back(claimed.capture.timestamp.digits().substr(0, 4));
    results.push_back(result(claimed, years.back() == "2008" ? "a" : "", years.back() == "2008" ? 200 : 301));
  }
  CHECK(years == Rows{"2008", "2009", "2019"});
  CHECK(fixture.store->record(results).wanted == 0);
  CHECK(fixture.store->claim(10).empty());
}

TEST_CASE("every: of each period one, the same in later runs", "[rounds]") {
  StoreFixture fixture;
  const Listed listed =
      fixture.list({capture(20110115000000, k_url, "1"), capture(20110403000000, k_url, "2"),
                    capture(20110901000000, k_url, "3"), capture(20111002000000, k_url, "4", 404)});
  const Selection half_years = *Selection::parse("every:6mo");
  CHECK(fixture.plan(listed.pages, half_years).pending == 2);
  const auto claimed = fixture.store->claim(10);
  REQUIRE(claimed.size() == 2);
  CHECK(claimed[0].capture.timestamp == at(20110403000000));
  CHECK(claimed[1].capture.timestamp == at(20110901000000));
  fixture.store->record(std::vector{result(claimed[0], "a"), result(claimed[1], "b")});
  CHECK(fixture.store->claim(10).empty());
  fixture.next_run();
  fixture.list({capture(20120403000000, k_url, "5")});
  CHECK(fixture.plan(listed.pages, half_years).pending == 1);
  SECTION("bisection goes on from them") {
    CHECK(fixture.plan(listed.pages, *Selection::parse("changes,every:6mo")).pending == 1);
    fixture.store->record(std::vector{result(fixture.store->claim(10).at(0), "b")});
    const auto ends = fixture.store->claim(10);
    REQUIRE(ends.size() == 1);
    CHECK(ends[0].capture.timestamp == at(20110115000000));
  }
}

TEST_CASE("killed at any moment, the next run ends with the same captures", "[rounds]") {
  // Bodies come back under their digests, so that one answer tells of other intervals: without the round kept
  // in the store, a run that is continued would choose otherwise.
  std::mt19937 random(7);
  for (int i = 0; i < 8; ++i) {
    Archive archive;
    std::vector<Capture> index;
    for (std::size_t n = 0; n < 120; ++n) {
      const bool stays = n > 0 && random() % 8 != 0;
      archive.states += stays ? archive.states.back() : static_cast<char>('a' + random() % 9);
      index.push_back(capture(year(n), k_url, std::to_string(n)));
      if (random() % 4 == 0) index.back().digest = sha1(archive.states.substr(n, 1));
    }
    StoreFixture whole;
    whole.plan(whole.list(index).pages, Selection::changes);
    fetch_all(*whole.store, archive);

    StoreFixture killed;
    const Listed listed = killed.list(index);
    for (;;) {
      killed.plan(listed.pages, Selection::changes);
      const auto claimed = killed.store->claim(100);
      if (claimed.empty()) break;
      const auto& one = claimed[random() % claimed.size()];
      killed.store->record(std::vector{result(one, archive.words_at(one.capture.timestamp))});
      killed.next_run();
    }
    const std::string captures = "SELECT timestamp, state, version FROM v_captures ORDER BY timestamp";
    CHECK(killed.rows(captures) == whole.rows(captures));
  }
}

TEST_CASE("another selection does not finish a stopped run's round", "[rounds]") {
  StoreFixture fixture;
  const Listed listed = fixture.list(Archive{.states = std::string(50, 'a')}.index());
  CHECK(fixture.plan(listed.pages, *Selection::parse("changes,every:1y")).pending == 50);
  fixture.next_run();
  CHECK(fixture.plan(listed.pages, Selection::changes).pending == 2);
  fixture.next_run();
  CHECK(fixture.plan(listed.pages, Selection::all).pending == 50);
  fixture.next_run();
  CHECK(fixture.plan(listed.pages, Selection::changes).pending == 2);
}

TEST_CASE("two processes on one page: whoever records the last answer goes on", "[rounds]") {
  StoreFixture fixture;
  const Archive archive{.states = "aaaabbbb"};
  const Listed listed = fixture.list(archive.index());
  fixture.plan(listed.pages, Selection::changes);
  const auto first = fixture.store->claim(1);
  Store other(fixture.path);
  other.begin_run("other", "winnow/test");
  other.plan({fixture.archive, listed.pages, {}, {}}, Selection::changes);
  const auto second = other.claim(10);
  REQUIRE(first.size() == 1);
  REQUIRE(second.size() == 1);
  CHECK(other.claim(10).empty());
  CHECK(other.record(std::vector{result(second[0], "b")}).wanted == 0);
  const auto answers = std::vector{result(first[0], "a")};
  SECTION("it goes on itself") {
    CHECK(fixture.store->record(answers).wanted == 1);
  }
  SECTION("with another selection it does not, and the other does") {
    fixture.plan(listed.pages, *Selection::parse("every:1y"));
    fixture.store->record(answers);
  }
  const Rows mine = fetch_all(other, archive);
  CHECK(!mine.empty());
  CHECK(fetch_all(*fixture.store, archive).empty());
  CHECK(fixture.rows("SELECT first_seen FROM v_versions") == Rows{"20000101000000", "20040101000000"});
}

TEST_CASE("dates bound what is chosen among", "[rounds]") {
  StoreFixture fixture;
  const Archive archive{.states = "aabbccdd"};
  const Listed listed = fixture.list(archive.index());
  fixture.store->plan({fixture.archive, listed.pages, at(20020101000000), at(20051231235959)},
                      Selection::changes);
  CHECK(fetch_all(*fixture.store, archive) == Rows{"2002", "2005", "2004", "2003"});
}

TEST_CASE("a long list: a round is a scan, an answer is not", "[rounds]") {
  StoreFixture fixture;
  std::vector<Capture> index;
  const auto from = at(19960101000000).time();
  for (int i = 0; i < 20'000; ++i) {
    index.push_back(
        capture(Timestamp::from_time(from + std::chrono::hours(12 * i)).value(), k_url, std::to_string(i)));
  }
  const Listed listed = fixture.list(index);
  const auto start = std::chrono::steady_clock::now();
  fixture.plan(listed.pages, Selection::changes);
  std::size_t fetched = 0;
  for (;;) {
    std::vector<CaptureResult> results;
    for (const auto& claimed : fixture.store->claim(256))
      results.push_back(result(claimed, claimed.capture.timestamp.digits().substr(0, 4)));
    if (results.empty()) break;
    fetched += results.size();
    fixture.store->record(results);
  }
  CHECK(fixture.rows("SELECT count(*) FROM v_versions") == Rows{"28"});
  CHECK(fetched < 27 * 12);
  // About 1 s, 5 s under sanitizers; a scan for each answer would take 25 times as long.
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}

TEST_CASE("a second archive is asked only where the first leaves something open", "[rounds]") {
  StoreFixture fixture;
  const Archive archive{.states = "aaaaaabbbb"};
  const std::vector<Capture> index = archive.index();
  // The first archive has every third capture, the second the others.
  std::vector<Capture> first;
  std::vector<ListedCapture> second;
  for (std::size_t i = 0; i < index.size(); ++i) {
    if (i % 3 == 0) {
      first.push_back(index[i]);
    } else {
      second.push_back({index[i], 0});
    }
  }
  const Listed listed = fixture.list(first);
  fixture.plan(listed.pages, Selection::changes);
  CHECK(fetch_all(*fixture.store, archive) == Rows{"2000", "2009", "2006", "2003"});
  CHECK(fixture.store->unread().between_same == 0);
  const ArchiveId other = fixture.store->archive("https://other.test", "wayback");
  fixture.store->add_captures(other, second);
  fixture.store->plan({other, listed.pages, {}, {}}, Selection::changes);
  CHECK(fetch_all(*fixture.store, archive) == Rows{"2005"});
  CHECK(fixture.rows("SELECT first_seen, unread_before FROM v_versions") ==
        Rows{"20000101000000|0", "20060101000000|0"});
  CHECK(fixture.store->unread().between_same == 5);
}
