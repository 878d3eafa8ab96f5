// What the store has of pages that were fetched from their own sites.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "model/digest.hpp"
#include "model/provenance.hpp"
#include "model/timestamp.hpp"

namespace winnow {

/// The last such capture of a page, and its body.
struct LiveCapture {
  Timestamp timestamp;
  Provenance provenance;
  Sha256 body_sha256;
  Sha1 body_sha1;
  std::uint64_t body_size = 0;
};

/// The store, open for reading. Throws Error as StoreReader does. For one thread at a time.
class LiveReader {
public:
  explicit LiveReader(const std::filesystem::path& path);
  ~LiveReader();
  LiveReader(const LiveReader&) = delete;
  LiveReader& operator=(const LiveReader&) = delete;

  /// Nothing when the page was never fetched from its site.
  [[nodiscard]] std::optional<LiveCapture> last(std::string_view urlkey);

private:
  class Queries;
  std::unique_ptr<Queries> m_queries;
};

}  // namespace winnow
