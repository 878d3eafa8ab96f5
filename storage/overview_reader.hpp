// Looking at the store as a whole: its size, what is new in it, its ledger by pages, its runs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/text_change.hpp"
#include "model/timestamp.hpp"
#include "storage/ids.hpp"

namespace winnow {

struct StoreTotals {
  std::uint64_t sites = 0;
  std::uint64_t versions = 0;
  std::uint64_t captures = 0;
  std::uint64_t bodies = 0;
  std::uint64_t ledger = 0;  ///< entries
};

/// A version as news.
struct VersionNews {
  std::int64_t cursor = 0;  ///< rises with each version that comes into the store, whatever its date
  SeriesId series{};
  std::string site;
  std::string page;  ///< the URL that shows it
  std::uint32_t number = 0;
  Timestamp first_seen;
  std::optional<Timestamp> changed_after;  ///< as VersionSummary has it
  std::string title;
  std::uint32_t word_count = 0;
  std::optional<TextChange> change;
  std::optional<std::uint32_t> returns_to;
  std::string kind;  ///< as VersionSummary has it
  Timestamp learnt;  ///< when its first capture was fetched or imported; first_seen when that is not known
};

struct RunRecord {
  RunId id{};
  std::string command;
  std::string program;
  Timestamp started;
  std::optional<Timestamp> ended;
  std::optional<int> exit_code;
  std::string report;  ///< JSON; empty while it runs
};

struct LedgerQuery {
  std::string site;    ///< empty: all
  std::string reason;  ///< by name; empty: all
  std::uint64_t offset = 0;
  std::uint64_t limit = 100;
};

struct LedgerRow {
  std::string archive;
  std::string site;                    ///< empty for what was asked for as a whole: a site, a prefix
  std::optional<Timestamp> timestamp;  ///< likewise
  std::string target;                  ///< the capture's original, or what was asked for
  std::string reason;
  std::optional<int> status;
  std::string detail;
  std::uint64_t attempts = 0;
  Timestamp noted;
  std::string retry;
  std::optional<Timestamp> retry_at;
};

/// The store, open for reading. Throws Error as StoreReader does. For one thread at a time.
class OverviewReader {
public:
  explicit OverviewReader(const std::filesystem::path& path);
  ~OverviewReader();
  OverviewReader(const OverviewReader&) = delete;
  OverviewReader& operator=(const OverviewReader&) = delete;

  [[nodiscard]] StoreTotals totals();
  /// Those versions that began last; first versions are none.
  [[nodiscard]] std::vector<VersionNews> latest_changes(std::uint64_t limit);
  /// Those that came into the store last, of all sites or of one, the last one first; first versions are
  /// none. Of all sites, only the last 20,000 versions that came are looked at.
  [[nodiscard]] std::vector<VersionNews> last_arrived_changes(std::string_view site, std::uint64_t limit);
  /// Versions that came into the store after the cursor, in that order. First versions are among them.
  [[nodiscard]] std::vector<VersionNews> arrivals(std::int64_t after, std::string_view site,
                                                  std::uint64_t limit);
  /// The site that a series is of; nothing when there is no such series.
  [[nodiscard]] std::optional<std::string> site_of(SeriesId series);

  [[nodiscard]] std::vector<LedgerRow> ledger(const LedgerQuery& query);
  /// How many entries the query has on all pages, by reason.
  [[nodiscard]] std::vector<std::pair<std::string, std::uint64_t>> ledger_reasons(std::string_view site);

  [[nodiscard]] std::vector<RunRecord> runs(std::uint64_t offset, std::uint64_t limit);  ///< latest first

  /// Another number whenever another process has written to the store since the last call.
  [[nodiscard]] std::int64_t data_version();

private:
  class Queries;
  std::unique_ptr<Queries> m_queries;
};

}  // namespace winnow
