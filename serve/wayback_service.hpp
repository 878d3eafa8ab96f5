// WARC files served as web.archive.org serves its own: CDX, playback of the bytes as archived, Memento (RFC
// 7089).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "formats/warc_archive.hpp"
#include "model/lru_cache.hpp"
#include "serve/http_server.hpp"
#include "serve/replay_target.hpp"

namespace winnow::serve {

/// The archive's answers, without a network.
///
///   /cdx/search/cdx?url=...           rows, as text or JSON
///   /web/<timestamp>id_/<url>         the capture, or a redirect to the nearest one
///   /web/timemap/link/<url>           all mementos of a URL
///   /web/<url>                        timegate: a redirect by Accept-Datetime
class WaybackService {
public:
  /// `archive` must outlive it. Up to `cache_bytes` of bodies are kept unpacked.
  WaybackService(const WarcArchive& archive, std::size_t cache_bytes);

  /// Thread-safe.
  [[nodiscard]] HttpAnswer answer(const HttpRequest& request);

private:
  using Row = CaptureIndex::Row;
  using Range = CaptureIndex::Range;
  using Response = std::shared_ptr<const ArchivedResponse>;

  [[nodiscard]] HttpAnswer cdx(std::string_view query_string) const;
  [[nodiscard]] HttpAnswer play(const PlayTarget& target, const std::string& base);
  [[nodiscard]] HttpAnswer memento(Row row, const std::string& modifier, const std::string& base);
  [[nodiscard]] HttpAnswer timegate(const TimegateTarget& target, const HttpRequest& request,
                                    const std::string& base);
  [[nodiscard]] HttpAnswer timemap(const TimemapTarget& target, const std::string& base) const;

  [[nodiscard]] Range captures_of(const std::string& url) const;
  [[nodiscard]] std::vector<Row> captures_at(Range page, Timestamp timestamp, const std::string& url) const;
  [[nodiscard]] Row nearest(Range page, Timestamp timestamp) const;
  [[nodiscard]] Response load(Row row);
  [[nodiscard]] std::string link(Row row, const std::string& modifier, const std::string& base) const;

  const WarcArchive& m_archive;
  const CaptureIndex& m_index;
  LruCache<Row, Response> m_cache;
};

}  // namespace winnow::serve
