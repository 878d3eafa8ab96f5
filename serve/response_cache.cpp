#include "serve/response_cache.hpp"

namespace winnow::serve {
namespace {

std::size_t cost(const ArchivedResponse& response) {
  constexpr std::size_t k_head = 2048;  // headers and bookkeeping, roughly
  return response.body->size() + k_head;
}

}  // namespace

ResponseCache::Response ResponseCache::find(CaptureIndex::Row row) {
  const std::scoped_lock lock(m_mutex);
  const auto found = m_by_row.find(row);
  if (found == m_by_row.end()) return nullptr;
  m_entries.splice(m_entries.begin(), m_entries, found->second);
  return found->second->second;
}

void ResponseCache::keep(CaptureIndex::Row row, Response response) {
  const std::size_t bytes = cost(*response);
  const std::scoped_lock lock(m_mutex);
  if (bytes > m_most / 4 || m_by_row.contains(row)) return;
  m_entries.emplace_front(row, std::move(response));
  m_by_row[row] = m_entries.begin();
  m_bytes += bytes;
  while (m_bytes > m_most) {
    m_bytes -= cost(*m_entries.back().second);
    m_by_row.erase(m_entries.back().first);
    m_entries.pop_back();
  }
}

}  // namespace winnow::serve
