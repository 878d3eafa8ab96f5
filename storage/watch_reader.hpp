// What a harvest continues, and what was there before it.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/digest.hpp"
#include "model/timestamp.hpp"
#include "storage/discovery.hpp"
#include "storage/ids.hpp"

namespace winnow {

/// A page that holds a series' policy at present, or a page that was looked at and has none so far.
struct WatchedPage {
  std::string site;
  std::string urlkey;
  std::string url;                   ///< one that it was captured under
  std::vector<std::string> earlier;  ///< urlkeys of the pages that had the series before
  /// Until when the archive's index is known, of the live sites when it was last asked for; nothing: never.
  std::optional<Timestamp> last_look;
  std::optional<Timestamp> last_capture;  ///< that the archive's index lists
};

/// A version, whatever its number and series are at present: both change as older captures and takeovers
/// come.
struct VersionKey {
  std::string site;
  Sha256 words;
  Timestamp first_seen;
  SeriesId series{};
  std::uint32_t number = 0;
};

/// The store, open for reading. Throws Error as StoreReader does. For one thread at a time.
class WatchReader {
public:
  explicit WatchReader(const std::filesystem::path& path);
  ~WatchReader();
  WatchReader(const WatchReader&) = delete;
  WatchReader& operator=(const WatchReader&) = delete;

  /// What is to be continued in this archive: pages with captures still to be fetched first, then the longest
  /// not looked at.
  [[nodiscard]] std::vector<WatchedPage> pages(std::string_view archive);
  /// Targets on the archive's ledger that are not to be asked for yet, in order.
  [[nodiscard]] std::vector<std::string> resting_targets(std::string_view archive);
  /// What looking through a site found, when these dates were looked through since then; nothing when they
  /// were not, and have to be.
  [[nodiscard]] std::optional<std::vector<std::string>> discovered_pages(std::string_view archive,
                                                                         const Discovery& wanted,
                                                                         Timestamp noted_since);
  /// URLs of pages that were found not to be their sites' policies.
  [[nodiscard]] std::vector<std::string> refused_pages(std::string_view archive);
  /// Those that the user was told of; without series and number.
  [[nodiscard]] std::vector<VersionKey> told_versions();
  /// All that have arrived (Store::note_arrivals()), by site, series and number.
  [[nodiscard]] std::vector<VersionKey> versions();

private:
  class Queries;
  std::unique_ptr<Queries> m_queries;
};

}  // namespace winnow
