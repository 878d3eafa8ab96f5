#include "serve/replay_source.hpp"

#include <utility>

namespace winnow::serve {
namespace {

constexpr CaptureIndex::Row k_most_rows = 500'000;  // some 100 MB

/// A capture of the store as a row: its place is its number.
void add(CaptureIndex& index, const PlayableCapture& found) {
  const WarcCapture row{.capture = found.capture,
                        .statuscode = found.capture.statuscode,
                        .headers = {},
                        .body = {},
                        .refers_to = {}};
  index.add(row, 0, {.offset = static_cast<std::uint64_t>(found.id)});
}

}  // namespace

WarcSource::WarcSource(const WarcArchive& archive, std::size_t cache_bytes)
    : m_archive(archive), m_index(std::shared_ptr<void>(), &archive.index()), m_cache(cache_bytes) {}

std::shared_ptr<const CaptureIndex> WarcSource::of_page(const std::string& /*urlkey*/) {
  return m_index;
}

std::shared_ptr<const CaptureIndex> WarcSource::of_query(const CdxQuery& /*query*/) {
  return m_index;
}

std::shared_ptr<const Played> WarcSource::load(const CaptureIndex& /*index*/, CaptureIndex::Row row) {
  if (auto held = m_cache.find(row)) return *held;
  auto loaded = m_archive.load(row);
  if (!loaded) return nullptr;
  auto played = std::make_shared<const Played>(
      Played{.response = std::move(*loaded), .is_decoded = false, .source = m_archive.file_name(row)});
  constexpr std::size_t k_head = 2048;  // headers and bookkeeping, roughly
  m_cache.keep(row, played, played->response.body->size() + k_head);
  return played;
}

std::shared_ptr<const CaptureIndex> StoreSource::of_page(const std::string& urlkey) {
  auto index = std::make_shared<CaptureIndex>();
  m_pool.lease()->captures.for_each_of_page(urlkey,
                                            [&](const PlayableCapture& found) { add(*index, found); });
  index->seal();
  return index;
}

std::shared_ptr<const CaptureIndex> StoreSource::of_query(const CdxQuery& query) {
  if (query.urlkey) return of_page(*query.urlkey);
  auto index = std::make_shared<CaptureIndex>();
  const auto lease = m_pool.lease();
  for (const std::string& prefix : query.prefixes) {
    lease->captures.for_each_with_prefix(prefix, [&](const PlayableCapture& found) {
      add(*index, found);
      return index->size() <= k_most_rows;
    });
  }
  if (index->size() > k_most_rows) return nullptr;
  index->seal();
  return index;
}

std::shared_ptr<const Played> StoreSource::load(const CaptureIndex& index, CaptureIndex::Row row) {
  auto played =
      m_pool.lease()->captures.play(CaptureId{static_cast<std::int64_t>(index.position(row).offset)});
  if (!played) return nullptr;
  Played found{.response = {.statuscode = index.statuscode(row), .headers = {}, .body = {}},
               .is_decoded = true,
               .source = {}};
  if (played->provenance) {
    found.response.headers = played->provenance->original_headers;
    found.source = played->provenance->source_warc;
  }
  if (!found.response.headers.has("Content-Type") && index.mimetype(row).find('/') != std::string_view::npos)
    found.response.headers.add("Content-Type", std::string(index.mimetype(row)));
  found.response.body = std::make_shared<const std::string>(std::move(played->body));
  return std::make_shared<const Played>(std::move(found));
}

}  // namespace winnow::serve
