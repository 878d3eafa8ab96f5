#include <catch2/catch.hpp>

#include "model/error.hpp"
#include "storage/body_lookup.hpp"
#include "tests/unit/storage/store_fixture.hpp"

using namespace winnow;
using namespace winnow::test;

namespace {

using Rows = std::vector<std::string>;

const std::string k_url = "http://a.test/privacy";
const std::string k_states =
    "SELECT timestamp, original, state, version FROM v_captures ORDER BY timestamp, original";

/// Lists and plans these, and claims all.
std::vector<ClaimedCapture> claim(StoreFixture& fixture, const std::vector<Capture>& captures) {
  fixture.plan(fixture.list(captures).pages, Selection::all);
  return fixture.store->claim(100);
}

}  // namespace

TEST_CASE("a result becomes visible whole", "[record]") {
  StoreFixture fixture;
  const auto claimed = claim(fixture, {capture(20100101000000, k_url, "stored bytes", {})});
  const Recorded recorded = fixture.store->record(std::vector{result(claimed.at(0), "words")});
  CHECK(recorded.held == 1);
  CHECK(recorded.bodies == 1);
  CHECK(recorded.texts == 1);
  const std::string body = "<p>words</p>";
  CHECK(fixture.rows("SELECT statuscode, state, sha1, sha256, size, version FROM v_captures") ==
        Rows{"200|held|" + sha1(body).hex() + "|" + sha256(body).hex() + "|12|1"});
  StoreReader reader(fixture.path);
  CHECK(reader.body(sha256(body)) == body);
  CHECK_FALSE(reader.body(sha256("another")));
}

TEST_CASE("a body is kept once", "[record]") {
  StoreFixture fixture;
  const auto claimed = claim(fixture, {capture(20100101000000, k_url), capture(20110101000000, k_url),
                                       capture(20120101000000, "http://b.test/")});
  BodyLookup lookup(fixture.path);
  const Reading reading{sha256("<p>words</p>"), "", k_url};
  CHECK_FALSE(lookup.knows(reading).body);
  // Both of one batch bring it; the third knows that it is there.
  const std::vector<CaptureResult> both = {result(claimed.at(0), "words"), result(claimed.at(1), "words")};
  CHECK(fixture.store->record(both).bodies == 1);
  CHECK(lookup.knows(reading).body);
  CHECK(lookup.knows(reading).text);
  CaptureResult known = result(claimed.at(2), "words");
  std::get<Held>(known.outcome).content.body.reset();
  std::get<Held>(known.outcome).content.text.reset();
  CHECK(fixture.store->record(std::vector{known}).bodies == 0);
  CHECK(fixture.rows(
            "SELECT count(*), (SELECT count(*) FROM texts), (SELECT count(*) FROM v_versions) FROM bodies") ==
        Rows{"1|1|2"});
}

TEST_CASE("a body under another URL is another text when its links depend on it", "[record]") {
  StoreFixture fixture;
  const bool depends = GENERATE(true, false);
  const std::string secure = "https://a.test/privacy";
  const auto claimed = claim(fixture, {capture(20100101000000, k_url), capture(20110101000000, secure)});
  auto results = std::vector{result(claimed.at(0), "words"), result(claimed.at(1), "words")};
  for (auto& each : results) {
    Held& fetched = std::get<Held>(each.outcome);
    fetched.content.text->text.depends_on_url = depends;
    fetched.content.text->sha256 = sha256(depends ? fetched.content.reading.url : "");
  }
  // In whatever order they come.
  if (GENERATE(true, false)) std::swap(results[0], results[1]);
  const Recorded recorded = fixture.store->record(results);
  CHECK(recorded.bodies == 1);
  CHECK(recorded.texts == (depends ? 2 : 1));
  CHECK(fixture.rows("SELECT version, captures, text_sha256 FROM v_versions") ==
        Rows{"1|2|" + sha256(depends ? k_url : "").hex()});
  BodyLookup lookup(fixture.path);
  const Sha256 body = sha256("<p>words</p>");
  CHECK(lookup.knows({body, "", secure}).text);
  CHECK(lookup.knows({body, "", "http://b.test/"}).text == !depends);
  CHECK_FALSE(lookup.knows({body, "text/html; charset=big5", secure}).text);
  CHECK(lookup.knows({body, "text/html; charset=big5", secure}).body);
}

TEST_CASE("a body that is said to be known, and is not, is refused", "[record]") {
  StoreFixture fixture;
  const auto claimed = claim(fixture, {capture(20100101000000, k_url), capture(20110101000000, k_url)});
  CaptureResult unknown = result(claimed.at(1), "words");
  std::get<Held>(unknown.outcome).content.body.reset();
  const std::vector<CaptureResult> results = {result(claimed.at(0), "other"), unknown};
  CHECK_THROWS_WITH(fixture.store->record(results), Catch::Contains("lacks the body"));
  // Nothing of the batch was kept.
  CHECK(fixture.rows("SELECT count(*) FROM bodies") == Rows{"0"});
  CHECK(fixture.rows("SELECT DISTINCT state FROM v_captures") == Rows{"pending"});
}

TEST_CASE("what was played instead is kept under its true name", "[record]") {
  StoreFixture fixture;
  SECTION("another time of the same page") {
    const auto claimed = claim(fixture, {capture(20100101000000, k_url)});
    const Recorded recorded = fixture.store->record(
        std::vector{CaptureResult{claimed.at(0).id, held(capture(20090505000000, k_url), "w")}});
    CHECK(recorded.substituted == 1);
    CHECK(fixture.rows(k_states) ==
          Rows{"20090505000000|" + k_url + "|held|1", "20100101000000|" + k_url + "|missing|"});
    CHECK(fixture.rows("SELECT reason, detail, retry FROM ledger") ==
          Rows{"substituted|the archive played 20090505000000 " + k_url + "|later"});
  }
  SECTION("a capture that the index lists as well") {
    const auto claimed = claim(fixture, {capture(20090505000000, k_url), capture(20100101000000, k_url)});
    fixture.store->record(
        std::vector{CaptureResult{claimed.at(1).id, held(capture(20090505000000, k_url), "w")}});
    CHECK(fixture.rows(k_states) ==
          Rows{"20090505000000|" + k_url + "|held|1", "20100101000000|" + k_url + "|missing|"});
    // Fetched itself a moment later, it is the same row.
    fixture.store->record(std::vector{result(claimed.at(0), "w")});
    CHECK(fixture.rows("SELECT count(*) FROM v_captures") == Rows{"2"});
  }
  SECTION("another page") {
    const auto claimed = claim(fixture, {capture(20100101000000, k_url)});
    fixture.store->record(std::vector{
        CaptureResult{claimed.at(0).id, held(capture(20100101000000, "http://a.test/home"), "w")}});
    CHECK(fixture.rows("SELECT urlkey, state FROM v_captures ORDER BY 1") ==
          Rows{"test,a)/home|held", "test,a)/privacy|missing"});
  }
  SECTION("another spelling of the URL is no other page") {
    const auto claimed = claim(fixture, {capture(20100101000000, k_url)});
    fixture.store->record(std::vector{CaptureResult{
        claimed.at(0).id, held(capture(20100101000000, "https://www.A.test:443/privacy/"), "w")}});
    CHECK(fixture.rows("SELECT original, state FROM v_captures") == Rows{k_url + "|held"});
  }
  SECTION("an archive that keys its pages in another way than we do") {
    Capture listed = capture(20100101000000, k_url);
    listed.urlkey = "test,a,www)/privacy";
    const auto claimed = claim(fixture, {listed});
    fixture.store->record(
        std::vector{CaptureResult{claimed.at(0).id, held(capture(20100101000000, k_url), "w")}});
    CHECK(fixture.rows("SELECT urlkey, state FROM v_captures") == Rows{"test,a,www)/privacy|held"});
  }
}

TEST_CASE("an archived redirect is followed to where the index does not reach", "[record]") {
  StoreFixture fixture;
  const auto claimed =
      claim(fixture, {capture(20100101000000, k_url, {}, 301), capture(20110101000000, k_url, {}, 301)});
  const auto redirect = [](const ClaimedCapture& from, std::uint64_t time, const std::string& to) {
    CaptureResult moved = result(from, "moved", 301);
    std::get<Held>(moved.outcome).follow = capture(time, to, {}, {});
    return moved;
  };
  const std::string target = "http://a.test/legal";

  SECTION("its target is fetched in this run, and kept where the archive says it was") {
    CHECK(fixture.store->record(std::vector{redirect(claimed.at(0), 20100101000000, target)}).wanted == 1);
    const auto followed = fixture.store->claim(100);
    REQUIRE(followed.size() == 1);
    CHECK(followed.at(0).found == Found::redirect);
    // The guess was the redirect's own time; the archive has the page two days later.
    fixture.store->record(
        std::vector{CaptureResult{followed.at(0).id, held(capture(20100103000000, target), "policy")}});
    CHECK(fixture.rows("SELECT timestamp, state FROM v_captures WHERE urlkey = 'test,a)/legal'") ==
          Rows{"20100103000000|held"});
    CHECK(fixture.rows("SELECT count(*) FROM ledger") == Rows{"0"});
  }
  SECTION("not when the index is known for the target") {
    fixture.list({capture(20150101000000, target)});
    CHECK(fixture.store->record(std::vector{redirect(claimed.at(0), 20100101000000, target)}).wanted == 0);
  }
  SECTION("a page that redirects to itself leads nowhere") {
    CHECK(fixture.store->record(std::vector{redirect(claimed.at(0), 20100101000000, k_url)}).wanted == 0);
  }
  SECTION("a chain without end is given up") {
    fixture.store->record(std::vector{redirect(claimed.at(0), 20100101000000, target)});
    int followed = 0;
    for (auto next = fixture.store->claim(1); !next.empty() && followed < 100;
         next = fixture.store->claim(1)) {
      ++followed;
      fixture.store->record(
          std::vector{redirect(next.at(0), 20100101000000, fmt::format("http://a.test/{}", followed))});
    }
    CHECK(followed == 5);
    CHECK(fixture.rows("SELECT target, reason, detail FROM v_ledger") ==
          Rows{"http://a.test/4|redirect-loop|6 archived redirects and no end"});
    CHECK(fixture.rows("SELECT json_array_length(hops) FROM ledger") == Rows{"6"});
  }
  SECTION("two pages that redirect to each other are a loop, and not tried again with each capture alike") {
    fixture.store->record(std::vector{redirect(claimed.at(0), 20100101000000, target)});
    const auto next = fixture.store->claim(1);
    REQUIRE(next.size() == 1);
    CHECK(fixture.store->record(std::vector{redirect(next.at(0), 20100101000000, k_url)}).wanted == 0);
    CHECK(fixture.rows("SELECT target, reason, retry, detail FROM v_ledger") ==
          Rows{fmt::format("{}|redirect-loop|later|2 archived redirects, then back to {}", target, k_url)});
    CHECK(fixture.store->claim(1).empty());
  }
  SECTION("a run that ended before leaves it to the next one") {
    const Listed listed = fixture.list({capture(20100101000000, k_url, {}, 301)});
    fixture.store->record(std::vector{redirect(claimed.at(0), 20100101000000, target),
                                      redirect(claimed.at(1), 20110101000000, target)});
    fixture.next_run();
    CHECK(fixture.plan(listed.pages, Selection::unique).pending == 2);
    CHECK(fixture.store->claim(100).size() == 2);
  }
}

TEST_CASE("provenance comes back as it went in", "[record]") {
  StoreFixture fixture;
  const auto claimed = claim(fixture, {capture(20100101000000, k_url)});
  Held fetched = held(claimed.at(0).capture, "words");
  fetched.provenance.memento_url = "https://archive.test/web/20100101000000id_/" + k_url;
  fetched.provenance.hops = {
      {"https://archive.test/web/2010/x", 302, HopKind::archive, "/web/20100101000000id_/x"}};
  fetched.provenance.original_headers.add("Content-Type", "text/html");
  fetched.provenance.original_headers.add("Set-Cookie", "a=1");
  fetched.provenance.original_headers.add("Set-Cookie", "b=\xff");  // latin1 in a header
  fetched.provenance.digest_check = DigestCheck::mismatch;
  fixture.store->record(std::vector{CaptureResult{claimed.at(0).id, fetched}});
  StoreReader reader(fixture.path);
  const auto page = reader.find_series(k_url).at(0);
  const auto record = reader.version(page.id, 1);
  REQUIRE(record);
  REQUIRE(record->provenance);
  CHECK(record->provenance->memento_url == fetched.provenance.memento_url);
  CHECK(record->provenance->hops == fetched.provenance.hops);
  CHECK(record->provenance->digest_check == DigestCheck::mismatch);
  CHECK(record->provenance->original_headers.all("set-cookie").size() == 2);
  CHECK(record->provenance->original_headers.all("set-cookie").at(1) == "b=\xef\xbf\xbd");
  CHECK(record->text.simhash == 0xfedcba9876543210);
  CHECK(record->text.markdown == "words\n");
}

TEST_CASE("targets on the ledger", "[record]") {
  StoreFixture fixture;
  const Missed missed{
      .reason = Reason::excluded, .status = 403, .detail = "Blocked", .hops = {}, .retry_at = {}};
  fixture.store->note_target(fixture.archive, "a.test", missed);
  fixture.store->note_target(fixture.archive, "a.test", missed);
  CHECK(fixture.rows("SELECT target, reason, status, attempts FROM ledger") == Rows{"a.test|excluded|403|2"});
  fixture.store->clear_target(fixture.archive, "a.test");
  CHECK(fixture.rows("SELECT count(*) FROM ledger") == Rows{"0"});
}

TEST_CASE("the two halves of a document are one capture", "[record]") {
  StoreFixture fixture;
  const Capture one = capture(20100101000000, k_url, {}, {});
  const Held source = held(one, "words of the page");
  const ImportedCapture html{one, "b.test", provenance(one, 0), source.content, {}};
  const ImportedCapture markdown{one, "b.test", provenance(one, 0), {}, pack_text(text("words as given"))};
  const bool html_first = GENERATE(true, false);
  fixture.store->import(fixture.archive, Found::import, std::vector{html_first ? html : markdown});
  fixture.store->import(fixture.archive, Found::import, std::vector{html_first ? markdown : html});
  CHECK(fixture.store->import(fixture.archive, Found::import, std::vector{html, markdown}).held == 0);
  CHECK(fixture.rows("SELECT site, state, sha256, version FROM v_captures") ==
        Rows{"b.test|held|" + source.content.reading.body.hex() + "|1"});
  StoreReader reader(fixture.path);
  CHECK(reader.version(reader.find_series("b.test").at(0).id, 1)->text.markdown == "words as given\n");
}
