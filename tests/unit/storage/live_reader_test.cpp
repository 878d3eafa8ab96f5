#include "storage/live_reader.hpp"

#include <catch2/catch.hpp>

#include "storage/watch_reader.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

const std::string k_url = "https://soomera.test/privacy";

void import_live(StoreFixture& fixture, std::uint64_t time, const std::string& url,
                 const std::string& words) {
  const ArchiveId live = fixture.store->archive(k_live_archive, "live");
  Held page = held(capture(time, url), words);
  page.provenance.archive = k_live_archive;
  page.provenance.remote_address = "127.0.0.1";
  const std::vector<ImportedCapture> captures = {{.capture = capture(time, url, words),
                                                  .site = {},
                                                  .provenance = page.provenance,
                                                  .body = page.content,
                                                  .given_text = {}}};
  CHECK(fixture.store->import(live, Found::live, captures).held == 1);
}

}  // namespace

TEST_CASE("the last live capture of a page is known, and no archived one") {
  StoreFixture fixture;
  LiveReader reader(fixture.path);
  fixture.list({capture(20260101000000, k_url, "archived")});
  CHECK_FALSE(reader.last(urlkey(k_url)));

  import_live(fixture, 20260301000000, k_url, "one");
  import_live(fixture, 20260201000000, k_url, "two");
  const auto last = reader.last(urlkey("http://www.soomera.test/privacy/"));
  REQUIRE(last);
  CHECK(last->timestamp == at(20260301000000));
  CHECK(last->provenance.replayed_url == k_url);
  CHECK(last->provenance.remote_address == "127.0.0.1");
  CHECK(last->body_sha256 == sha256("<p>one</p>"));
  CHECK(last->body_size == 10);
}

TEST_CASE("live captures stand in one history with archived ones, whichever came first") {
  StoreFixture fixture;
  import_live(fixture, 20260301000000, k_url, "new");
  const auto listed =
      fixture.list({capture(20260101000000, k_url, "a"), capture(20260401000000, k_url, "b")});
  fixture.plan(listed.pages, *Selection::parse("all"));
  for (const auto& claimed : fixture.store->claim(9))
    fixture.store->record(
        std::vector{result(claimed, claimed.capture.timestamp < at(20260201000000) ? "old" : "new")});
  CHECK(fixture.rows(
            "SELECT version, first_seen, last_seen, captures, archive FROM v_versions ORDER BY version") ==
        std::vector<std::string>{"1|20260101000000|20260101000000|1|" + std::string(k_archive),
                                 "2|20260301000000|20260401000000|2|live:"});
}

TEST_CASE("a live page was looked at when it was fetched, or could not be") {
  StoreFixture fixture;
  const auto look = [&](std::string_view archive, const std::string& url) {
    for (const auto& page : WatchReader(fixture.path).pages(archive)) {
      if (page.url == url) return page.last_look;
    }
    return std::optional<Timestamp>();
  };
  const std::string gone = "https://gone.test/privacy";
  import_live(fixture, 20260301000000, k_url, "one");
  import_live(fixture, 20260201000000, gone, "one");
  CHECK(look(k_live_archive, k_url) == at(20260301000000));
  CHECK_FALSE(look(k_archive, k_url));

  fixture.store->note_target(
      fixture.store->archive(k_live_archive, "live"), gone,
      {.reason = Reason::http_error, .status = 404, .detail = "", .hops = {}, .retry_at = {}});
  CHECK(look(k_live_archive, gone) > at(20260301000000));
}
