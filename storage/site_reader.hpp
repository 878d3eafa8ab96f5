// The sites of the store.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "model/timestamp.hpp"

namespace winnow {

struct SiteSummary {
  std::string name;
  std::uint64_t series = 0;  ///< that have versions
  std::uint64_t versions = 0;
  std::uint64_t captures = 0;           ///< of every page and state
  std::optional<Timestamp> first_seen;  ///< of the first version
  std::optional<Timestamp> last_seen;   ///< of the last one
  /// Until when an archive's index was read for one of its pages; nothing: never.
  std::optional<Timestamp> last_look;
  std::uint64_t waiting = 0;  ///< captures on the ledger that will be asked for again
};

/// The store, open for reading. Throws Error as StoreReader does. For one thread at a time.
class SiteReader {
public:
  explicit SiteReader(const std::filesystem::path& path);
  ~SiteReader();
  SiteReader(const SiteReader&) = delete;
  SiteReader& operator=(const SiteReader&) = delete;

  /// By name, one at a time: memory does not grow with the store. All of one moment.
  void for_each_site(const std::function<void(const SiteSummary&)>& visit);

private:
  class Queries;
  std::unique_ptr<Queries> m_queries;
};

}  // namespace winnow
