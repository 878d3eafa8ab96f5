#include "cli/extract/ordered_work.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using winnow::cli::OrderedWork;

TEST_CASE("results come in the order of the work, however long each takes") {
  std::vector<int> results;
  OrderedWork<int> work(4, [&](int result) { results.push_back(result); });
  std::vector<int> wanted;
  for (int i = 0; i < 100; ++i) {
    wanted.push_back(i);
    work.add([i] {
      if (i % 7 == 0) std::this_thread::sleep_for(3ms);
      return i;
    });
  }
  work.finish();
  CHECK(results == wanted);
}

TEST_CASE("a slow piece of work holds up the giver before results pile up") {
  std::atomic<int> done = 0;
  std::atomic<bool> go = false;
  std::atomic<int> most_done = 0;
  OrderedWork<int> work(2, [](int) {});
  std::jthread opener([&] {
    while (done < 7)
      std::this_thread::sleep_for(1ms);
    std::this_thread::sleep_for(20ms);
    most_done = done.load();
    go = true;
  });
  work.add([&] {
    while (!go)
      std::this_thread::sleep_for(1ms);
    return 0;
  });
  for (int i = 0; i < 100; ++i)
    work.add([&] { return ++done; });
  work.finish();
  CHECK(most_done == 7);  // four for each thread, less the slow one
}

TEST_CASE("what work throws comes out where results do; the rest is dropped") {
  std::atomic<int> begun = 0;
  {
    OrderedWork<int> work(1, [](int) {});
    const auto give = [&] {
      work.add([]() -> int { throw std::runtime_error("no"); });
      for (int i = 0; i < 1000; ++i)
        work.add([&] { return ++begun; });
      work.finish();
    };
    CHECK_THROWS_AS(give(), std::runtime_error);
  }
  CHECK(begun < 10);
}
