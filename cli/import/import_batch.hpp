// Captures from files on their way into the store, some hundred at a time.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "cli/body_reader.hpp"
#include "storage/body_lookup.hpp"
#include "storage/store.hpp"

namespace winnow::cli {

/// Collects the captures of one archive and hands them to the store in batches bounded in number and bytes.
class ImportBatch {
public:
  ImportBatch(Store& store, const std::filesystem::path& path) : m_store(store), m_lookup(path) {}

  void add(ArchiveId archive, Found found, ImportedCapture capture);
  /// After the last add().
  void flush();

  /// Packs and extracts what neither the store nor this batch has of the page's body. \pre the capture that
  /// it belongs to is added before the next call
  void read(BodyContent& content, std::string bytes, std::string_view page);

  [[nodiscard]] std::size_t added() const { return m_added; }
  [[nodiscard]] const Recorded& recorded() const { return m_recorded; }  ///< by flush()
  /// Of those added; the others were known.
  [[nodiscard]] std::size_t imported() const { return m_recorded.imported; }

private:
  Store& m_store;
  BodyLookup m_lookup;
  BodyReader m_reader;
  ArchiveId m_archive{};
  Found m_found = Found::import;
  std::vector<ImportedCapture> m_captures;
  std::unordered_set<Reading, ReadingHash> m_readings;  ///< of m_captures
  std::size_t m_bytes = 0;
  std::size_t m_added = 0;
  Recorded m_recorded;
};

}  // namespace winnow::cli
