#include "cli/import/import_batch.hpp"

#include <utility>

namespace winnow::cli {

namespace {

constexpr std::size_t k_most_captures = 256;
constexpr std::size_t k_most_bytes = std::size_t{8} << 20U;

std::size_t packed_size(const ImportedCapture& capture) {
  std::size_t size = capture.given_text ? capture.given_text->markdown.bytes.size() : 0;
  if (capture.body && capture.body->body) size += capture.body->body->bytes.size();
  return size;
}

}  // namespace

void ImportBatch::add(ArchiveId archive, Found found, ImportedCapture capture) {
  if (archive != m_archive || found != m_found) flush();
  m_archive = archive;
  m_found = found;
  m_bytes += packed_size(capture);
  m_captures.push_back(std::move(capture));
  ++m_added;
  if (m_captures.size() >= k_most_captures || m_bytes >= k_most_bytes) flush();
}

void ImportBatch::read(BodyContent& content, std::string bytes, std::string_view page) {
  if (!m_readings.insert(content.reading).second) return;
  const auto known = m_lookup.knows(content.reading);
  m_reader.read(content, bytes, known, page);
  m_reader.sent(page, content.reading, std::move(bytes), known.body ? known.depth : content.body->depth);
}

void ImportBatch::flush() {
  if (m_captures.empty()) return;
  m_recorded += m_store.import(m_archive, m_found, m_captures);
  m_captures.clear();
  m_readings.clear();
  m_bytes = 0;
}

}  // namespace winnow::cli
