// The pipeline as a whole, before an archive on 127.0.0.1: how it ends, and what the next run finds.
#include <csignal>
#include <memory>

#include <catch2/catch.hpp>
#include <sys/resource.h>

#include "cli/interrupt.hpp"
#include "model/error.hpp"
#include "tests/unit/cli/harvest_fixture.hpp"

using namespace winnow;
using namespace winnow::test;
using winnow::cli::HarvestEnd;
using winnow::testing::Reply;
using winnow::testing::respond;

namespace {

constexpr int k_captures = 60;

/// What harvest() throws; empty when it does not.
std::string failure_of(const cli::HarvestOptions& options, Store& store) {
  try {
    (void)run_harvest(options, store);
  } catch (const Error& failure) {
    return failure.what();
  }
  return "";
}

}  // namespace

TEST_CASE("targets that overlap fetch once and count once", "[harvest]") {
  const std::vector<std::string> targets =
      GENERATE(as<std::vector<std::string>>{}, std::vector<std::string>{"example.com", "example.com/privacy"},
               std::vector<std::string>{"example.com/privacy", "example.com", "example.com/*"});
  PageArchive archive(k_captures);
  const TempDir folder;
  Store store(folder / "winnow.db");
  const auto report = run_harvest(archive.options(folder / "winnow.db"), store, targets);
  CHECK(report.end == HarvestEnd::done);
  CHECK(report.asked == k_captures);
  CHECK(report.recorded.held == k_captures);
  CHECK(report.recorded.versions == k_captures);  // each says something else
  CHECK(report.already_held == 0);
  CHECK(report.left == 0);
  CHECK(archive.fetched() == k_captures);
  for (const auto& target : report.targets) {
    CHECK(target.rows == k_captures);
    CHECK(target.pages == 1);
  }

  const auto again = run_harvest(archive.options(folder / "winnow.db"), store, targets);
  CHECK(again.asked == 0);
  CHECK(again.recorded.versions == 0);
  CHECK(again.already_held == k_captures);
  CHECK(archive.fetched() == k_captures);
}

TEST_CASE("a refusal leaves what was claimed in the frontier", "[harvest]") {
  std::atomic<bool> refusing = true;
  std::atomic<std::size_t> refused = 0;
  PageArchive archive(k_captures, [&](std::size_t number) -> std::optional<Reply> {
    if (!refusing || number < 10) return {};
    ++refused;
    return respond("429 Too Many Requests", {"Retry-After: 172800"}, "");
  });
  const TempDir folder;
  Store store(folder / "winnow.db");
  const auto first = run_harvest(archive.options(folder / "winnow.db"), store);
  CHECK(first.end == HarvestEnd::refused);
  CHECK(first.end_detail == "status 429 with Retry-After: 172800");
  CHECK(first.asked == 10);
  CHECK(first.recorded.held == 10);
  CHECK(first.left == k_captures - 10);
  CHECK(first.recorded.missing == 0);
  CHECK(first.missing_by_reason.empty());

  refusing = false;
  const auto second = run_harvest(archive.options(folder / "winnow.db"), store);
  CHECK(second.end == HarvestEnd::done);
  CHECK(second.already_held == 10);
  CHECK(second.recorded.held == k_captures - 10);
  CHECK(second.left == 0);
  CHECK(archive.fetched() == k_captures + refused);
}

TEST_CASE("an interrupted run keeps what it asked for, the next one asks for the rest", "[harvest]") {
  PageArchive archive(k_captures);
  const TempDir folder;
  const auto path = folder / "winnow.db";
  const int code = in_child([&] {
    cli::catch_interrupts();
    auto options = archive.options(path);
    options.client.archive.limits.replay_per_minute = 1800;  // two seconds for all
    Store store(path);
    const auto threads = count_threads();
    const auto report = run_harvest(options, store, {k_page}, [](const cli::HarvestProgress& progress) {
      if (progress.answered > 0 && !cli::interrupted()) ::raise(SIGINT);
    });
    if (report.end != HarvestEnd::interrupted) return 1;
    if (report.asked == 0 || report.left == 0) return 2;
    if (report.recorded.held != report.asked || report.asked + report.left != k_captures) return 3;
    return threads_are_back_at(threads) ? 0 : 4;
  });
  CHECK(code == 0);
  const auto before = archive.fetched();
  CHECK(before < k_captures);

  Store store(path);
  const auto report = run_harvest(archive.options(path), store);
  CHECK(report.end == HarvestEnd::done);
  CHECK(report.already_held == before);
  CHECK(report.recorded.held == k_captures - before);
  CHECK(archive.fetched() == k_captures);
}

TEST_CASE("a disk that fills up ends all threads with one error, and the next run completes the job",
          "[harvest]") {
  PageArchive archive(k_captures);
  const TempDir folder;
  const auto path = folder / "winnow.db";
  const int code = in_child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    auto options = archive.options(path);
    options.client.archive.limits.replay_per_minute = 6000;  // so that some are committed before
    Store store(path);
    const auto threads = count_threads();
    const rlimit limit{900'000, 900'000};  // the captures need more
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 77;
    if (failure_of(options, store).find("disk") == std::string::npos) return 1;
    return threads_are_back_at(threads) ? 0 : 2;
  });
  CHECK(code == 0);
  const auto before = archive.fetched();

  Store store(path);
  const auto report = run_harvest(archive.options(path), store);
  CHECK(report.end == HarvestEnd::done);
  CHECK(report.already_held > 0);
  CHECK(report.already_held < k_captures);
  CHECK(report.already_held + report.recorded.held == k_captures);
  CHECK(archive.fetched() == before + report.recorded.held);
}

TEST_CASE("a worker that fails ends all threads with its error", "[harvest]") {
  PageArchive archive(k_captures);
  const TempDir folder;
  const auto path = folder / "winnow.db";
  auto store = std::make_unique<Store>(path);
  const auto threads = count_threads();
  CHECK_THAT(failure_of(archive.options(folder / "none.db"), *store),
             Catch::Contains("there is no store at"));
  CHECK(threads_are_back_at(threads));

  // Nothing of it stays claimed.
  store.reset();
  store = std::make_unique<Store>(path);
  const auto report = run_harvest(archive.options(path), *store);
  CHECK(report.recorded.held == k_captures);
  CHECK(report.elsewhere.captures == 0);
}

TEST_CASE("what the progress line throws ends all threads", "[harvest]") {
  PageArchive archive(k_captures);
  const TempDir folder;
  const auto path = folder / "winnow.db";
  Store store(path);
  auto options = archive.options(path);
  options.client.archive.limits.replay_per_minute = 1800;
  const auto threads = count_threads();
  CHECK_THROWS_WITH(run_harvest(options, store, {k_page},
                                [](const cli::HarvestProgress&) { throw error("the terminal is gone"); }),
                    "the terminal is gone");
  CHECK(threads_are_back_at(threads));
}
