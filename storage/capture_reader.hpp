// The captures of the store: along a series, as an index lists them, and one of them with its bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/capture.hpp"
#include "model/provenance.hpp"
#include "storage/ids.hpp"

namespace winnow {

/// A capture as a mark on a time line.
struct SeriesCapture {
  Timestamp timestamp;
  std::string state;              ///< by name: `held`, `inferred`, `missing`, `listed`, `pending`
  std::optional<int> statuscode;  ///< replayed, else the index's
  bool has_text = false;
  std::string original;
};

/// A capture whose body the store holds.
struct PlayableCapture {
  CaptureId id{};
  /// With the status that was replayed, the digest of the body as the store holds it, decoded, and no length.
  /// Of a revisit the mimetype is that of a capture with the same body.
  Capture capture;
};

struct PlayedCapture {
  std::string archive;  ///< base URL, or `warc:`
  /// Its own when it was fetched, else of the capture of the page that was and has the same body.
  std::optional<Provenance> provenance;
  std::string body;  ///< decoded
};

/// The store, open for reading. Throws Error as StoreReader does. For one thread at a time.
class CaptureReader {
public:
  explicit CaptureReader(const std::filesystem::path& path);
  ~CaptureReader();
  CaptureReader(const CaptureReader&) = delete;
  CaptureReader& operator=(const CaptureReader&) = delete;

  /// Those within the tenures of its pages, in time order; of a redirect's promise (Found::redirect) none.
  [[nodiscard]] std::vector<SeriesCapture> series_captures(SeriesId series, std::uint64_t offset,
                                                           std::uint64_t limit);

  /// Those with a body whose urlkey is `urlkey`.
  void for_each_of_page(std::string_view urlkey, const std::function<void(const PlayableCapture&)>& visit);
  /// Those with a body whose urlkey begins with `prefix`, until `visit` returns false.
  void for_each_with_prefix(std::string_view prefix,
                            const std::function<bool(const PlayableCapture&)>& visit);

  /// Nothing when there is no such capture, or no body of it.
  [[nodiscard]] std::optional<PlayedCapture> play(CaptureId capture);

private:
  class Queries;
  std::unique_ptr<Queries> m_queries;
};

}  // namespace winnow
