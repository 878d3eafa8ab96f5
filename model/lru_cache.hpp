// A cache of bounded size: the least recently used values give way.
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace winnow {

/// `Value` is cheap to copy (a shared_ptr). Thread-safe.
template <class Key, class Value, class Hash = std::hash<Key>>
class LruCache {
public:
  /// Bounded by the sum of what its values cost.
  explicit LruCache(std::size_t most) : m_most(most) {}

  [[nodiscard]] std::optional<Value> find(const Key& key) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_by_key.find(key);
    if (found == m_by_key.end()) return std::nullopt;
    m_entries.splice(m_entries.begin(), m_entries, found->second);
    return found->second->value;
  }

  /// In place of what the key had. A value that costs more than a quarter of the whole is not kept: it would
  /// drive out all others.
  void keep(const Key& key, Value value, std::size_t cost) {
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_by_key.find(key); found != m_by_key.end()) drop(found->second);
    if (cost > m_most / 4) return;
    m_entries.push_front({key, std::move(value), cost});
    m_by_key[key] = m_entries.begin();
    m_cost += cost;
    while (m_cost > m_most)
      drop(std::prev(m_entries.end()));
  }

private:
  struct Entry {
    Key key;
    Value value;
    std::size_t cost;
  };
  using Place = typename std::list<Entry>::iterator;

  void drop(Place entry) {
    m_cost -= entry->cost;
    m_by_key.erase(entry->key);
    m_entries.erase(entry);
  }

  std::mutex m_mutex;
  std::size_t m_most;
  std::size_t m_cost = 0;
  std::list<Entry> m_entries;  // most recently used first
  std::unordered_map<Key, Place, Hash> m_by_key;
};

}  // namespace winnow
