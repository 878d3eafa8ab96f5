// Which texts have the words of a query. For storage/*.cpp only.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "storage/search_reader.hpp"
#include "storage/statement.hpp"

namespace winnow::storage {

/// What the last find() has found.
class SearchTexts {
public:
  explicit SearchTexts(Database& database);

  /// Of words that more than SearchReader::k_most_ranked texts have.
  enum class Common {
    some,  ///< that many are enough
    all,
  };
  /// Ranked are texts for SearchOrder::best, when no more than k_most_ranked have the words.
  /// \pre match is a MATCH expression of match_expression()
  void find(const std::string& match, SearchOrder order, Common common);

  /// By rank, else as they came into the store.
  [[nodiscard]] const std::vector<std::int64_t>& ids() const { return m_ids; }
  [[nodiscard]] bool are_ranked() const { return m_are_ranked; }
  [[nodiscard]] bool has_words(std::int64_t text);
  /// 0 is the best one, and what all have that are not ranked. \pre has_words(text)
  [[nodiscard]] std::size_t rank(std::int64_t text) const { return m_are_ranked ? m_ranks.at(text) : 0; }

private:
  bool find_ranked();

  Statement m_ids_of, m_phrase, m_ranked, m_has;
  std::string m_match;
  std::vector<std::int64_t> m_ids;
  std::unordered_map<std::int64_t, std::size_t> m_ranks;
  bool m_are_ranked = false;
  bool m_are_all = false;  ///< m_ids are all that have the words
};

}  // namespace winnow::storage
