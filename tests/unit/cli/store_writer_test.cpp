// The pipeline's last stage alone: rows in, claimed captures out, what becomes of those that are given back.
#include "cli/harvest/store_writer.hpp"

#include <catch2/catch.hpp>

#include "model/error.hpp"
#include "tests/unit/cli/harvest_fixture.hpp"

using namespace winnow;
using namespace winnow::test;
using cli::IndexEnd;
using cli::IndexRows;
using cli::StoreWriter;

namespace {

using namespace std::chrono_literals;

constexpr int k_captures = 10;

/// A writer with a store of its own, told of a page's index.
class Writing {
public:
  Writing() : store(std::make_unique<Store>(path)) {
    options.client.archive.base_url = "https://archive.test";
    options.captures = Selection::all;
    report.targets.push_back({.target = targets[0]});
    begin();
    std::vector<ListedCapture> rows;
    rows.reserve(k_captures);
    for (int i = 0; i < k_captures; ++i)
      rows.push_back({page_capture(i), 1});
    writer->put(IndexRows{0, std::move(rows)});
    writer->put(IndexEnd{0, {}});
  }

  void begin() {
    store->begin_run("test", "winnow/test");
    writer.emplace(*store, options, targets, claims, [this] { ++woken; });
  }

  /// The next claimed capture; nothing when there is none within a second.
  std::optional<ClaimedCapture> take() {
    for (int i = 0; i < 100; ++i) {
      if (auto claimed = writer->take_claimed()) return claimed;
      if (writer->idle()) return {};
      std::this_thread::sleep_for(10ms);
    }
    return {};
  }

  /// Waits for it, two seconds at most.
  bool becomes_idle() {
    for (int i = 0; i < 200 && !writer->idle(); ++i)
      std::this_thread::sleep_for(10ms);
    return writer->idle();
  }

  TempDir folder;
  std::string path = folder / "winnow.db";
  std::unique_ptr<Store> store;
  cli::HarvestOptions options;
  std::vector<Target> targets = {parse_target(k_page)};
  cli::BodyClaims claims;
  std::atomic<int> woken = 0;
  cli::HarvestReport report;
  std::optional<StoreWriter> writer;
};

CaptureResult missed(const ClaimedCapture& claimed) {
  return {claimed.id, Missed{.reason = Reason::transport_error, .detail = "test"}};
}

}  // namespace

TEST_CASE("captures that are given back stay in the frontier", "[writer]") {
  Writing writing;
  for (int i = 0; i < k_captures; ++i) {
    INFO(i);
    const auto claimed = writing.take();
    REQUIRE(claimed);
    CHECK(claimed->capture.timestamp == minute(i));  // a page's in order of time
    CHECK(!writing.writer->idle());
    if (i < 3) {
      writing.writer->put(missed(*claimed));
    } else {
      writing.writer->give_back();
    }
  }
  CHECK(writing.becomes_idle());
  CHECK(!writing.writer->take_claimed());
  writing.writer->finish(writing.report);
  CHECK(writing.report.asked == 3);
  CHECK(writing.report.left == k_captures - 3);
  CHECK(writing.report.missing_by_reason ==
        std::map<std::string, std::uint64_t>{{"transport-error", std::uint64_t{3}}});
  CHECK(writing.woken > 0);

  // The next run, on the same page: those given back, and those whose retry rule is the next run.
  writing.store->end_run(4, "{}");
  writing.begin();
  writing.writer->put(IndexRows{0, {{page_capture(0), 1}}});
  writing.writer->put(IndexEnd{0, {}});
  int again = 0;
  for (; writing.take(); ++again)
    writing.writer->give_back();
  CHECK(again == k_captures);
}

TEST_CASE("after stop_claiming() nothing is handed out, and what is put is still committed", "[writer]") {
  Writing writing;
  const auto claimed = writing.take();
  REQUIRE(claimed);
  writing.writer->stop_claiming();
  CHECK(!writing.writer->take_claimed());
  writing.writer->put(missed(*claimed));
  writing.writer->finish(writing.report);
  CHECK(writing.report.asked == 1);
  CHECK(writing.report.recorded.missing == 1);
  CHECK(writing.report.left == k_captures - 1);
  CHECK(writing.report.targets[0].pages == 1);
}

TEST_CASE("an index that failed is on the ledger's count, and what it listed before is fetched", "[writer]") {
  Writing writing;
  REQUIRE(writing.take());
  writing.writer->give_back();
  writing.writer->put(IndexEnd{0, Failure{.reason = Reason::bad_index, .detail = "status 200: Hello"}});
  int others = 0;
  for (; writing.take(); ++others)
    writing.writer->give_back();
  CHECK(others == k_captures - 1);
  CHECK(writing.becomes_idle());
  writing.writer->finish(writing.report);
  CHECK(writing.report.missing_by_reason.at("bad-index") == 1);
}

TEST_CASE("a failure from elsewhere ends the writer: the first one is thrown, what is put is dropped",
          "[writer]") {
  Writing writing;
  const auto claimed = writing.take();
  REQUIRE(claimed);
  const int woken = writing.woken;
  writing.writer->fail(std::make_exception_ptr(error("first")));
  writing.writer->fail(std::make_exception_ptr(error("second")));
  CHECK(writing.woken > woken);
  for (int i = 0; i < 1000; ++i)  // more than any queue holds: put() may not wait
    writing.writer->put(missed(*claimed));
  CHECK_THROWS_WITH(writing.writer->rethrow_failure(), "first");
  writing.writer->finish(writing.report);
  CHECK(writing.report.asked == 0);
}
