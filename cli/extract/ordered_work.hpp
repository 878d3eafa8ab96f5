// Work done by all processors whose results come out in the order in which it was given.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <thread>
#include <utility>
#include <vector>

#include "cli/harvest/bounded_queue.hpp"

namespace winnow::cli {

/// No more results than a few for each thread are waited for or kept: memory does not grow with the job. One
/// thread gives the work and takes the results; what a piece of work throws, it throws to that thread, and
/// work not yet begun is dropped with the object.
template <class Result>
class OrderedWork {
public:
  /// `take` is called with each result in turn, within add() and finish().
  OrderedWork(std::size_t threads, std::function<void(Result)> take)
      : m_take(std::move(take)), m_most(4 * std::max<std::size_t>(threads, 1)), m_queue(m_most) {
    for (std::size_t i = 0; i < std::max<std::size_t>(threads, 1); ++i)
      m_threads.emplace_back([this] { work(); });
  }
  OrderedWork(const OrderedWork&) = delete;
  OrderedWork& operator=(const OrderedWork&) = delete;
  ~OrderedWork() {
    m_dropped = true;
    m_queue.close();
  }

  void add(std::function<Result()> work) {
    while (m_results.size() >= m_most)
      take_oldest();
    std::packaged_task<Result()> task(std::move(work));
    m_results.push_back(task.get_future());
    m_queue.push(std::move(task));
    using namespace std::chrono_literals;
    while (!m_results.empty() && m_results.front().wait_for(0s) == std::future_status::ready)
      take_oldest();
  }

  /// After the last add().
  void finish() {
    while (!m_results.empty())
      take_oldest();
  }

private:
  void work() {
    while (auto task = m_queue.pop()) {
      if (!m_dropped) (*task)();
    }
  }

  void take_oldest() {
    std::future<Result> oldest = std::move(m_results.front());
    m_results.pop_front();
    m_take(oldest.get());
  }

  std::function<void(Result)> m_take;
  std::size_t m_most;
  std::deque<std::future<Result>> m_results;
  BoundedQueue<std::packaged_task<Result()>> m_queue;
  std::atomic<bool> m_dropped = false;
  std::vector<std::jthread> m_threads;  // last: they use what is above
};

/// As many threads as the process may use.
[[nodiscard]] inline std::size_t processors() {
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace winnow::cli
