// The queue between two stages of the pipeline: bounded, so that memory does not grow with the job.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace winnow::cli {

template <class T>
class BoundedQueue {
public:
  explicit BoundedQueue(std::size_t capacity) : m_capacity(capacity) {}

  /// Waits for room. False when the queue is closed: the item is dropped.
  bool push(T item) {
    std::unique_lock lock(m_mutex);
    m_room.wait(lock, [this] { return m_closed || m_items.size() < m_capacity; });
    if (m_closed) return false;
    m_items.push_back(std::move(item));
    m_filled.notify_one();
    return true;
  }

  /// Waits for an item. Nothing when the queue is closed and empty.
  std::optional<T> pop() {
    std::unique_lock lock(m_mutex);
    m_filled.wait(lock, [this] { return m_closed || !m_items.empty(); });
    if (m_items.empty()) return {};
    std::optional<T> item(std::move(m_items.front()));
    m_items.pop_front();
    m_room.notify_one();
    return item;
  }

  /// Waits for an item, then for more until there are `count` or `patience` has passed. Empty when the queue
  /// is closed and empty.
  std::vector<T> pop_batch(std::size_t count, std::chrono::milliseconds patience) {
    std::unique_lock lock(m_mutex);
    m_filled.wait(lock, [this] { return m_closed || !m_items.empty(); });
    const auto deadline = std::chrono::steady_clock::now() + patience;
    const auto enough = [&] { return m_closed || m_items.size() >= std::min(count, m_capacity); };
    m_filled.wait_until(lock, deadline, enough);
    std::vector<T> batch;
    while (!m_items.empty() && batch.size() < count) {
      batch.push_back(std::move(m_items.front()));
      m_items.pop_front();
    }
    m_room.notify_all();
    return batch;
  }

  /// Nothing more is taken; what is in it can still be popped.
  void close() {
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_filled.notify_all();
    m_room.notify_all();
  }

  [[nodiscard]] std::size_t size() const {
    const std::lock_guard lock(m_mutex);
    return m_items.size();
  }

private:
  std::size_t m_capacity;
  mutable std::mutex m_mutex;
  std::condition_variable m_filled;
  std::condition_variable m_room;
  std::deque<T> m_items;
  bool m_closed = false;
};

}  // namespace winnow::cli
