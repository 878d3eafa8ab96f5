// The store in numbers: what it has of each year, and what its texts are like.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace winnow {

/// By the year of the captures' timestamps. A series counts in each year from its first version to its last
/// one in which a version of it was there.
struct YearStats {
  std::uint64_t held = 0;      ///< captures
  std::uint64_t inferred = 0;  ///< captures, from a held one with the same digest
  std::uint64_t missing = 0;   ///< captures on the ledger
  std::uint64_t listed = 0;    ///< captures that an index lists and nobody has asked for, or not yet
  std::uint64_t versions = 0;  ///< that began
  std::uint64_t sites = 0;     ///< with a version
  std::uint64_t series = 0;    ///< likewise
  /// Of each series' last version of the year.
  std::uint32_t median_words = 0;
  std::optional<double> mean_grade;  ///< reading grade; nothing when none has one
};

struct StoreStats {
  std::uint64_t sites = 0;   ///< with a version
  std::uint64_t series = 0;  ///< likewise
  std::uint64_t versions = 0;
  std::uint32_t median_versions = 0;  ///< of a series
  std::uint32_t most_versions = 0;
  std::map<int, YearStats> years;
  /// Series by what is said of their last version (TextAnalysis); the empty name is unknown.
  std::map<std::string, std::uint64_t> languages;
  std::map<std::string, std::uint64_t> kinds;
};

/// The store, open for reading. Throws Error as StoreReader does. For one thread at a time.
class StatsReader {
public:
  explicit StatsReader(const std::filesystem::path& path);
  ~StatsReader();
  StatsReader(const StatsReader&) = delete;
  StatsReader& operator=(const StatsReader&) = delete;

  /// Of a site, or of all when it is empty. Memory: four bytes for each series and year.
  [[nodiscard]] StoreStats stats(std::string_view site);

private:
  class Queries;
  std::unique_ptr<Queries> m_queries;
};

}  // namespace winnow
