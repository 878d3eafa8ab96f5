#include "cli/harvest/bounded_queue.hpp"

#include <atomic>
#include <thread>

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using winnow::cli::BoundedQueue;

TEST_CASE("items come out in order, and what is in a closed queue can still be had") {
  BoundedQueue<int> queue(8);
  for (int i = 0; i < 3; ++i)
    CHECK(queue.push(i));
  queue.close();
  CHECK_FALSE(queue.push(9));
  CHECK(queue.pop() == 0);
  CHECK(queue.pop_batch(8, 1ms) == std::vector{1, 2});
  CHECK_FALSE(queue.pop().has_value());
  CHECK(queue.pop_batch(8, 1ms).empty());
}

TEST_CASE("a full queue makes its producer wait") {
  BoundedQueue<int> queue(2);
  std::atomic<int> pushed = 0;
  std::thread producer([&] {
    for (int i = 0; i < 5; ++i) {
      queue.push(i);
      ++pushed;
    }
    queue.close();
  });
  std::this_thread::sleep_for(50ms);
  CHECK(pushed == 2);
  int expected = 0;
  while (auto item = queue.pop())
    CHECK(*item == expected++);
  producer.join();
  CHECK(expected == 5);
}

TEST_CASE("closing wakes whoever waits") {
  BoundedQueue<int> full(1);
  full.push(0);
  BoundedQueue<int> empty(1);
  std::thread producer([&] { CHECK_FALSE(full.push(1)); });
  std::thread consumer([&] { CHECK_FALSE(empty.pop().has_value()); });
  std::this_thread::sleep_for(20ms);
  full.close();
  empty.close();
  producer.join();
  consumer.join();
}

TEST_CASE("a batch waits for company, not for ever") {
  BoundedQueue<int> queue(8);
  std::thread producer([&] {
    queue.push(1);
    std::this_thread::sleep_for(20ms);
    queue.push(2);
  });
  const auto batch = queue.pop_batch(2, 10s);  // returns when it is full, long before its patience ends
  CHECK(batch == std::vector{1, 2});
  producer.join();
  queue.push(3);
  CHECK(queue.pop_batch(2, 5ms) == std::vector{3});
}
