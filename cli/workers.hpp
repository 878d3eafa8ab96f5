// Work on many items on all processors, in batches.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <memory>
#include <span>
#include <thread>
#include <vector>

namespace winnow::cli {

/// A reader of the store for each processor: readers are for one thread at a time.
template <class Reader>
class Workers {
public:
  template <class Path>
  explicit Workers(const Path& store) {
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
      m_readers.push_back(std::make_unique<Reader>(store));
  }

  /// `work(reader, item)` of each item, in the items' order. Throws what the first of them throws.
  template <class Item, class Work>
  auto results(std::span<const Item> items, const Work& work) {
    std::vector<decltype(work(*m_readers.front(), items.front()))> results(items.size());
    std::atomic<std::size_t> next = 0;
    std::vector<std::future<void>> workers;
    for (const auto& reader : m_readers) {
      workers.push_back(std::async(std::launch::async, [&results, &next, &reader, &work, items] {
        for (std::size_t i = next++; i < items.size(); i = next++)
          results[i] = work(*reader, items[i]);
      }));
    }
    for (auto& worker : workers)
      worker.get();
    return results;
  }

private:
  std::vector<std::unique_ptr<Reader>> m_readers;
};

}  // namespace winnow::cli
