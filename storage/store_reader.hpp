// Looking into the store: series, versions, texts, provenance, bodies.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/digest.hpp"
#include "model/timestamp.hpp"
#include "model/version_record.hpp"
#include "storage/ids.hpp"

namespace winnow {

/// A page's time in a series.
struct PageTenure {
  std::string urlkey;
  std::string url;                 ///< one that it was captured under
  std::optional<Timestamp> since;  ///< nothing: from whenever on
  std::optional<Timestamp> until;  ///< exclusive; nothing: to this day
};

/// Pages that held one policy one after another; most often it is one page.
struct SeriesSummary {
  SeriesId id{};
  std::string site;
  /// The first page's urlkey; with ` (aside)` for what a page showed while another one had the policy.
  std::string name;
  std::vector<PageTenure> pages;  ///< in time order, at least one; one that comes back has several
  double score = 0;               ///< rank among the site's series
  std::uint64_t captures = 0;     ///< of every state, within the tenures
  std::uint32_t versions = 0;
};

struct DatedStatus {
  Timestamp timestamp;
  std::optional<int> statuscode;  ///< replayed, else the index's
};

/// The store, open for reading; several processes may read while one writes. Throws Error when there is no
/// store at the path, or when it is none. For one thread at a time.
class StoreReader {
public:
  explicit StoreReader(const std::filesystem::path& path);
  ~StoreReader();
  StoreReader(const StoreReader&) = delete;
  StoreReader& operator=(const StoreReader&) = delete;

  /// The series of a site, or those that the page of a URL or urlkey is part of; those with versions first,
  /// then by discovery's score, by the gate's band of the last version, by number of captures, and by name.
  /// Empty when the store knows none.
  [[nodiscard]] std::vector<SeriesSummary> find_series(std::string_view target);
  /// Those of the whole store that have versions, by site.
  [[nodiscard]] std::vector<SeriesSummary> series_with_versions();

  [[nodiscard]] std::vector<VersionSummary> versions(SeriesId series);  ///< oldest first
  /// Nothing when the series has no version of that number.
  [[nodiscard]] std::optional<VersionRecord> version(SeriesId series, std::uint32_t number);

  /// The series' last capture at or before the moment, of any state; of several in one second one with status
  /// 200.
  [[nodiscard]] std::optional<DatedStatus> last_capture(SeriesId series, Timestamp until);

  /// The bytes of a body; nothing when the store does not hold it.
  [[nodiscard]] std::optional<std::string> body(const Sha256& sha256);

private:
  class Queries;
  std::unique_ptr<Queries> m_queries;
};

}  // namespace winnow
