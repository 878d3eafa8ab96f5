// Responses kept unpacked for the next request, the least recently used ones dropped.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "formats/warc_archive.hpp"

namespace winnow::serve {

/// Bounded by the bodies' bytes. Thread-safe.
class ResponseCache {
public:
  using Response = std::shared_ptr<const ArchivedResponse>;

  explicit ResponseCache(std::size_t most_bytes) : m_most(most_bytes) {}

  /// Null when it is not held.
  [[nodiscard]] Response find(CaptureIndex::Row row);
  void keep(CaptureIndex::Row row, Response response);

private:
  using Entry = std::pair<CaptureIndex::Row, Response>;

  std::mutex m_mutex;
  std::size_t m_most;
  std::size_t m_bytes = 0;
  std::list<Entry> m_entries;  // most recently used first
  std::unordered_map<CaptureIndex::Row, std::list<Entry>::iterator> m_by_row;
};

}  // namespace winnow::serve
