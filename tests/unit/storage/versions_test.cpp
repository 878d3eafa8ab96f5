#include <algorithm>
#include <random>
#include <tuple>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

using Rows = std::vector<std::string>;

const std::string k_url = "http://a.test/privacy";

struct Shown {
  std::uint64_t time;
  std::string words;  ///< empty: nothing visible
  int status = 200;
  std::string url = k_url;
};

/// Records what each time shows, in this order, in batches of this size; the versions that they added.
std::int64_t record(StoreFixture& fixture, const std::vector<Shown>& shown, std::size_t batch) {
  std::int64_t added = 0;
  std::vector<ImportedCapture> captures;
  for (const auto& [time, words, status, url] : shown) {
    const Capture one = capture(time, url, fmt::format("{} {}", words, status), status);
    Held body = held(one, words, status);
    captures.push_back({one, {}, body.provenance, body.content, {}});
    if (captures.size() == batch) {
      added += fixture.store->import(fixture.archive, Found::warc, captures).versions;
      captures.clear();
    }
  }
  return added + fixture.store->import(fixture.archive, Found::warc, captures).versions;
}

const std::string k_versions =
    "SELECT v.version, v.first_seen, v.last_seen, v.changed_after, v.captures, v.original, v.words_sha256 "
    "FROM v_versions v ORDER BY v.urlkey, v.version";

/// The definition, straightforwardly: runs of the captures that take part, in order of time and words' hash.
Rows expected(std::vector<Shown> shown) {
  shown.erase(std::remove_if(shown.begin(), shown.end(),
                             [](const Shown& s) { return s.status != 200 || s.words.empty(); }),
              shown.end());
  std::sort(shown.begin(), shown.end(), [](const Shown& a, const Shown& b) {
    return std::make_tuple(a.time, sha256(a.words), a.url) < std::make_tuple(b.time, sha256(b.words), b.url);
  });
  Rows rows;
  std::string before;
  for (std::size_t i = 0; i < shown.size();) {
    std::size_t end = i;
    while (end < shown.size() && shown[end].words == shown[i].words)
      ++end;
    const std::string last = std::to_string(shown[end - 1].time);
    rows.push_back(fmt::format("{}|{}|{}|{}|{}|{}|{}", rows.size() + 1, shown[i].time, last, before, end - i,
                               shown[i].url, sha256(shown[i].words).hex()));
    before = last;
    i = end;
  }
  return rows;
}

}  // namespace

TEST_CASE("a version is a maximal run of the same words", "[versions]") {
  const auto [story, shown, versions] = GENERATE(table<std::string, std::vector<Shown>, std::size_t>({
      {"one text", {{20100101000000, "A"}, {20110101000000, "A"}}, 1},
      {"A, B, A is three", {{20100101000000, "A"}, {20110101000000, "B"}, {20120101000000, "A"}}, 3},
      {"an error page ends nothing",
       {{20100101000000, "A"}, {20110101000000, "gone", 404}, {20120101000000, "A"}},
       1},
      {"a redirect begins nothing", {{20100101000000, "moved", 301}, {20110101000000, "A"}}, 1},
      {"a page without visible words takes no part",
       {{20100101000000, "A"}, {20110101000000, ""}, {20120101000000, "A"}},
       1},
      {"two texts in one second, two spellings of the URL",
       {{20100101000000, "A"},
        {20110101000000, "A"},
        {20110101000000, "B", 200, "https://a.test/privacy"},
        {20120101000000, "B"}},
       0},
      {"nothing to show", {{20100101000000, "x", 503}}, 0},
  }));
  CAPTURE(story);
  StoreFixture fixture;
  record(fixture, shown, 100);
  const Rows rows = fixture.rows(k_versions);
  CHECK(rows == expected(shown));
  if (versions != 0) CHECK(rows.size() == versions);
}

TEST_CASE("versions do not depend on the order in which captures arrive", "[versions]") {
  std::mt19937 random(20260101);  // the standard fixes its sequence: the test is the same everywhere
  for (int round = 0; round < 25; ++round) {
    std::vector<Shown> shown;
    const std::size_t captures = 1 + random() % 40;
    const unsigned texts = 1 + random() % 4;
    for (std::size_t i = 0; i < captures; ++i) {
      // Few moments, so that many captures share one.
      const std::uint64_t time = 20100101000000 + random() % 20;
      const std::string words =
          random() % 12 == 0 ? "" : std::string(1, static_cast<char>('A' + random() % texts));
      shown.push_back(
          {time, words, random() % 8 == 0 ? 404 : 200, random() % 2 == 0 ? k_url : "https://a.test/privacy"});
    }
    const auto key = [](const Shown& s) { return std::tie(s.time, s.url, s.words, s.status); };
    std::sort(shown.begin(), shown.end(), [&](const Shown& a, const Shown& b) { return key(a) < key(b); });
    shown.erase(std::unique(shown.begin(), shown.end(),
                            [&](const Shown& a, const Shown& b) { return key(a) == key(b); }),
                shown.end());
    const Rows right = expected(shown);
    for (int order = 0; order < 3; ++order) {
      std::shuffle(shown.begin(), shown.end(), random);
      StoreFixture fixture;
      const auto added = record(fixture, shown, 1 + random() % 10);
      REQUIRE(fixture.rows(k_versions) == right);
      REQUIRE(added == static_cast<std::int64_t>(right.size()));
      // The capture's own column agrees with the run it is counted in.
      REQUIRE(fixture.rows(
                  "SELECT v.version FROM v_versions v WHERE v.captures <> (SELECT count(*) FROM v_captures c "
                  "WHERE c.urlkey = v.urlkey AND c.version = v.version)") == Rows{});
    }
  }
}

TEST_CASE("a version splits and heals as what lies between becomes known", "[versions]") {
  StoreFixture fixture;
  const Listed listed =
      fixture.list({capture(20100101000000, k_url, "1"), capture(20110101000000, k_url, "2"),
                    capture(20120101000000, k_url, "1"), capture(20130101000000, k_url, "1")});
  fixture.plan(listed.pages, Selection::unique);
  auto claimed = fixture.store->claim(2);
  CHECK(fixture.store->record(std::vector{result(claimed.at(0), "A")}).versions == 1);
  CHECK(fixture.rows("SELECT first_seen, last_seen, captures FROM v_versions") ==
        Rows{"20100101000000|20130101000000|3"});
  CHECK(fixture.store->record(std::vector{result(claimed.at(1), "B")}).versions == 2);
  CHECK(fixture.rows("SELECT version, first_seen, last_seen, captures FROM v_versions ORDER BY version") ==
        Rows{"1|20100101000000|20100101000000|1", "2|20110101000000|20110101000000|1",
             "3|20120101000000|20130101000000|2"});
  // The middle one turns out to be A after all: recorded once more, with other bytes.
  CHECK(fixture.store->record(std::vector{result(claimed.at(1), "A")}).versions == -2);
  CHECK(fixture.rows("SELECT version, first_seen, last_seen, captures FROM v_versions") ==
        Rows{"1|20100101000000|20130101000000|4"});
}

TEST_CASE("a plan tells the versions that it adds by inference alone", "[versions]") {
  StoreFixture fixture;
  const Listed first =
      fixture.list({capture(20100101000000, k_url, "1"), capture(20110101000000, k_url, "2")});
  fixture.plan(first.pages, Selection::unique);
  for (const ClaimedCapture& claimed : fixture.store->claim(2))
    fixture.store->record(std::vector{result(claimed, claimed.capture.timestamp.digits())});
  fixture.next_run();
  // The first text has come back meanwhile, and stayed: a version that nothing has to be fetched for.
  const Listed later =
      fixture.list({capture(20120101000000, k_url, "1"), capture(20130101000000, k_url, "1")});
  const Plan plan = fixture.plan(later.pages, Selection::unique);
  CHECK(plan.pending == 0);
  CHECK(plan.inferred == 2);
  CHECK(plan.inferred_now == 2);
  CHECK(plan.versions == 1);
  const Plan again = fixture.plan(later.pages, Selection::unique);
  CHECK(again.inferred_now == 0);
  CHECK(again.versions == 0);
}
