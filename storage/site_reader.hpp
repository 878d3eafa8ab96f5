// The sites of the store.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/timestamp.hpp"

namespace winnow {

struct SiteSummary {
  std::string name;
  std::uint64_t series = 0;  ///< that have versions
  std::uint64_t versions = 0;
  std::uint64_t captures = 0;           ///< of every page and state
  std::optional<Timestamp> first_seen;  ///< of the first version
  std::optional<Timestamp> last_seen;   ///< of the last one
  std::optional<Timestamp> changed;     ///< when the latest version began
  /// Until when an archive's index was read for one of its pages; nothing: never.
  std::optional<Timestamp> last_look;
  std::uint64_t ledger = 0;   ///< entries: captures that could not be had, and the site as a whole
  std::uint64_t waiting = 0;  ///< of them, those that will be asked for again
};

enum class SiteOrder : int { name = 0, versions = 1, changed = 2 };

struct SiteQuery {
  std::string containing;  ///< a part of its name, in lower case; empty: all
  SiteOrder order = SiteOrder::name;
  std::uint64_t offset = 0;
  std::uint64_t limit = 50;
};

/// How many captures there are of a month, 12 * year + month - 1.
using MonthlyCaptures = std::vector<std::pair<std::uint32_t, std::uint64_t>>;

struct SiteOverview {
  SiteSummary site;
  MonthlyCaptures months;          ///< in time order
  std::vector<Timestamp> changes;  ///< first_seen of every version, in time order
};

struct SiteList {
  std::uint64_t total = 0;  ///< sites that answer the query, on all pages
  std::vector<SiteOverview> sites;
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

  /// All of one moment. By latest change sites come without a look at those behind them; of sites that
  /// changed in one second the order is the same as long as the store is.
  [[nodiscard]] SiteList sites(const SiteQuery& query);

private:
  class Queries;
  std::unique_ptr<Queries> m_queries;
};

}  // namespace winnow
