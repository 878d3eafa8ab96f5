// What an archive plays from: WARC files, or the store.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "formats/capture_index.hpp"
#include "formats/warc_archive.hpp"
#include "model/lru_cache.hpp"
#include "serve/cdx_query.hpp"
#include "serve/reader_pool.hpp"

namespace winnow::serve {

struct Played {
  ArchivedResponse response;
  bool is_decoded = false;  ///< the body's content coding is undone, whatever the headers say
  std::string source;       ///< of X-Archive-Src; empty when it is not known
};

/// Thread-safe.
class ReplaySource {
public:
  ReplaySource() = default;
  ReplaySource(const ReplaySource&) = delete;
  ReplaySource& operator=(const ReplaySource&) = delete;
  virtual ~ReplaySource() = default;

  /// An index that has the captures of the page; of others maybe as well.
  [[nodiscard]] virtual std::shared_ptr<const CaptureIndex> of_page(const std::string& urlkey) = 0;
  /// One that has all captures that the query's key or prefixes name. Nothing when they are too many to be
  /// held in memory.
  [[nodiscard]] virtual std::shared_ptr<const CaptureIndex> of_query(const CdxQuery& query) = 0;
  /// Nothing when it can't be played. `index` is one of those above.
  [[nodiscard]] virtual std::shared_ptr<const Played> load(const CaptureIndex& index,
                                                           CaptureIndex::Row row) = 0;
};

class WarcSource : public ReplaySource {
public:
  /// `archive` must outlive it. Up to `cache_bytes` of bodies are kept unpacked.
  WarcSource(const WarcArchive& archive, std::size_t cache_bytes);

  [[nodiscard]] std::shared_ptr<const CaptureIndex> of_page(const std::string& urlkey) override;
  [[nodiscard]] std::shared_ptr<const CaptureIndex> of_query(const CdxQuery& query) override;
  [[nodiscard]] std::shared_ptr<const Played> load(const CaptureIndex& index, CaptureIndex::Row row) override;

private:
  const WarcArchive& m_archive;
  std::shared_ptr<const CaptureIndex> m_index;
  LruCache<CaptureIndex::Row, std::shared_ptr<const Played>> m_cache;
};

/// The captures whose body the store holds. Each answer is of one moment of the store.
class StoreSource : public ReplaySource {
public:
  /// `pool` must outlive it.
  explicit StoreSource(ReaderPool& pool) : m_pool(pool) {}

  [[nodiscard]] std::shared_ptr<const CaptureIndex> of_page(const std::string& urlkey) override;
  [[nodiscard]] std::shared_ptr<const CaptureIndex> of_query(const CdxQuery& query) override;
  [[nodiscard]] std::shared_ptr<const Played> load(const CaptureIndex& index, CaptureIndex::Row row) override;

private:
  ReaderPool& m_pool;
};

}  // namespace winnow::serve
