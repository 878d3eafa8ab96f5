#include "storage/similar_reader.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <tuple>

#include <SQLiteCpp/Transaction.h>

#include "storage/database.hpp"
#include "storage/statement.hpp"

namespace winnow {

using storage::guarded;
using storage::Statement;

// The bands are spelled as their indexes are (texts_simhash_0 to _3).
const char* const storage::k_texts_with_band = R"sql(
  SELECT id, simhash, words_sha256, word_count, title FROM texts WHERE simhash & 65535 = ?1
  UNION ALL
  SELECT id, simhash, words_sha256, word_count, title FROM texts WHERE simhash >> 16 & 65535 = ?2
  UNION ALL
  SELECT id, simhash, words_sha256, word_count, title FROM texts WHERE simhash >> 32 & 65535 = ?3
  UNION ALL
  SELECT id, simhash, words_sha256, word_count, title FROM texts WHERE simhash >> 48 & 65535 = ?4)sql";

namespace {

std::int64_t band(std::uint64_t simhash, unsigned number) {
  return static_cast<std::int64_t>(simhash >> (16 * number) & 0xffff);
}

struct Candidate {
  std::int64_t text = 0;
  int distance = 0;
  bool has_same_words = false;
  std::uint32_t word_count = 0;
  std::string title;
};

}  // namespace

class SimilarReader::Queries {
public:
  explicit Queries(const std::filesystem::path& path)
      : database(path, storage::Access::read),
        candidates(database, storage::k_texts_with_band),
        versions(
            database,
            "SELECT v.series_id, s.name, c.original, v.number, v.first_seen, v.last_seen FROM captures c "
            "CROSS JOIN versions v ON v.first_capture_id = c.id JOIN series e ON e.id = v.series_id "
            "JOIN sites s ON s.id = e.site_id WHERE c.text_id = ? AND s.name <> ?") {}

  std::vector<Candidate> near(std::uint64_t simhash, const Sha256& words, int most_distance) {
    std::vector<Candidate> near;
    Statement& row = candidates.bind(band(simhash, 0), band(simhash, 1), band(simhash, 2), band(simhash, 3));
    while (row.step()) {
      const int distance = std::popcount(static_cast<std::uint64_t>(row.integer(1)) ^ simhash);
      const auto word_count = static_cast<std::uint32_t>(row.integer(3));
      if (distance > most_distance || word_count < k_least_compared_words) continue;
      near.push_back({row.integer(0), distance, row.digest<32>(2) == words, word_count, row.text(4)});
    }
    // One with several bands in common came several times.
    std::sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.text < b.text; });
    near.erase(
        std::unique(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.text == b.text; }),
        near.end());
    return near;
  }

  storage::Database database;
  Statement candidates, versions;
};

SimilarReader::SimilarReader(const std::filesystem::path& path)
    : m_queries(guarded(path.string(), [&] { return std::make_unique<Queries>(path); })) {}

SimilarReader::~SimilarReader() = default;

std::vector<SimilarVersion> SimilarReader::similar(std::uint64_t simhash, const Sha256& words_sha256,
                                                   std::string_view site, int most_distance) {
  assert(most_distance <= k_most_simhash_distance);
  return guarded(m_queries->database.path(), [&] {
    const SQLite::Transaction one_moment(m_queries->database.handle());
    std::vector<SimilarVersion> found;
    for (Candidate& text : m_queries->near(simhash, words_sha256, most_distance)) {
      Statement& row = m_queries->versions.bind(text.text, site);
      while (row.step()) {
        found.push_back({.series = row.id<SeriesId>(0),
                         .site = row.text(1),
                         .url = row.text(2),
                         .number = static_cast<std::uint32_t>(row.integer(3)),
                         .first_seen = row.timestamp(4),
                         .last_seen = row.timestamp(5),
                         .distance = text.distance,
                         .has_same_words = text.has_same_words,
                         .word_count = text.word_count,
                         .title = text.title});
      }
    }
    const auto order = [](const SimilarVersion& version) {
      return std::tie(version.distance, version.first_seen, version.site, version.series, version.number);
    };
    std::sort(found.begin(), found.end(), [&](const SimilarVersion& a, const SimilarVersion& b) {
      return a.has_same_words != b.has_same_words ? a.has_same_words : order(a) < order(b);
    });
    return found;
  });
}

}  // namespace winnow
