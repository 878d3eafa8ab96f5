// Texts that are nearly the same, wherever they stand.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/digest.hpp"
#include "model/timestamp.hpp"
#include "storage/ids.hpp"

namespace winnow {

/// SimHashes that differ in no more bits than this are found by an index; of four bands of 16 bits one at
/// least is the same then.
inline constexpr int k_most_simhash_distance = 3;

/// SimHashes of shorter texts say little: a few words more make all the difference, or none.
inline constexpr std::uint32_t k_least_compared_words = 20;

namespace storage {

/// The texts that have one of four bands of a SimHash in common: id, simhash, words_sha256, word_count,
/// title.
extern const char* const k_texts_with_band;

}  // namespace storage

struct SimilarVersion {
  SeriesId series{};
  std::string site;
  std::string url;           ///< of the version's first capture
  std::uint32_t number = 0;  ///< of the version
  Timestamp first_seen;
  Timestamp last_seen;
  int distance = 0;  ///< bits in which the SimHashes differ
  bool has_same_words = false;
  std::uint32_t word_count = 0;
  std::string title;
};

/// The store, open for reading. Throws Error as StoreReader does. For one thread at a time.
class SimilarReader {
public:
  explicit SimilarReader(const std::filesystem::path& path);
  ~SimilarReader();
  SimilarReader(const SimilarReader&) = delete;
  SimilarReader& operator=(const SimilarReader&) = delete;

  /// Versions of other sites than `site` whose texts have a SimHash within `most_distance` bits, nearest
  /// first, then by first_seen. `words_sha256` tells those that are the same. Looks at texts that have a band
  /// in common only: no scan.
  /// \pre most_distance <= k_most_simhash_distance
  [[nodiscard]] std::vector<SimilarVersion> similar(std::uint64_t simhash, const Sha256& words_sha256,
                                                    std::string_view site, int most_distance);

private:
  class Queries;
  std::unique_ptr<Queries> m_queries;
};

}  // namespace winnow
