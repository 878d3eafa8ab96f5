// Looking for words in the texts of all versions: which series have them, in which versions, since and until
// when.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/timestamp.hpp"
#include "storage/ids.hpp"

namespace winnow {

/// Which of a series' versions is shown, and in which order the series come.
enum class SearchOrder {
  best,   ///< the version and the series that match best (bm25)
  first,  ///< the first version that has the words; those that had them first come first
  last,   ///< the last one; series that have lost the words come first, the latest loss before the others
};

struct SearchQuery {
  std::string match;     ///< match_expression() (storage/search_words.hpp)
  std::string site;      ///< empty: all
  std::string language;  ///< BCP 47, of the version; `zh` has `zh-Hant` in it; empty: all
  /// best: the version was seen within these dates. first, last: it was seen first, or last, within them.
  std::optional<Timestamp> since;  ///< inclusive
  std::optional<Timestamp> until;  ///< inclusive
  SearchOrder order = SearchOrder::best;
  std::size_t limit = 20;  ///< of series
  bool by_year = false;    ///< SearchResult::years are wanted
};

/// Versions one after another that all have the words.
struct VersionRun {
  std::uint32_t first = 0;  ///< number
  std::uint32_t last = 0;
  Timestamp first_seen;
  Timestamp last_seen;
  /// When the series was last seen without the words before; nothing for its first version, and when the
  /// words of the version before are not known yet.
  std::optional<Timestamp> absent_until;
  std::optional<Timestamp> absent_from;  ///< when it was first seen without them after; likewise
  std::uint64_t unread_before = 0;  ///< captures between absent_until and first_seen that nobody has read
  std::uint64_t unread_after = 0;   ///< likewise between last_seen and absent_from
};

struct SearchHit {
  SeriesId series{};
  std::string site;
  std::string name;              ///< of the series
  std::string url;               ///< of the page that has the series at present
  std::uint32_t versions = 0;    ///< of the series, in all
  std::vector<VersionRun> runs;  ///< oldest first, whatever the dates and language asked for; at least one
  std::size_t run = 0;           ///< that of the shown version
  std::uint32_t version = 0;     ///< the shown one's number
  Timestamp first_seen;          ///< its dates
  Timestamp last_seen;
  std::string title;
  std::string language;
  std::string markdown;
};

/// Of the series that have the words at any time.
struct YearCount {
  std::uint32_t year = 0;
  std::uint64_t with_words = 0;  ///< that had them at some time of it
  std::uint64_t known = 0;       ///< that have captures of that year, or of years before and after it
};

struct SearchResult {
  std::vector<SearchHit> hits;
  bool are_more = false;  ///< series than the limit
  /// So many texts have the words that they were not ranked: series come as the store got them, each with the
  /// latest version that has the words.
  bool is_unranked = false;
  /// Of all series that have the words, be they hits or not, within the dates and in the language asked for;
  /// years of which none is known are left out.
  std::vector<YearCount> years;
  /// They were counted in a sample of 2,000 series, since more may have the words.
  bool are_years_estimated = false;
};

/// The store, open for reading. Throws Error as StoreReader does. For one thread at a time.
///
/// Memory: some bytes for each text that has the words and for each series of these, and the texts of the
/// hits. Of words that more than k_most_ranked texts have no more than these are looked at, unless dates, a
/// language, a prefix, an order by dates or the count by year ask for all.
class SearchReader {
public:
  static constexpr std::size_t k_most_ranked = 5000;

  explicit SearchReader(const std::filesystem::path& path);
  ~SearchReader();
  SearchReader(const SearchReader&) = delete;
  SearchReader& operator=(const SearchReader&) = delete;

  /// All of one moment.
  [[nodiscard]] SearchResult search(const SearchQuery& query);

  /// Versions whose words can't be found yet: those of a run that has not ended. Costs nothing when there is
  /// none.
  [[nodiscard]] std::uint64_t unsearched_versions();

private:
  class Queries;
  class Search;
  std::unique_ptr<Queries> m_queries;
};

}  // namespace winnow
