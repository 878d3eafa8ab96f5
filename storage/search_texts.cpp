#include "storage/search_texts.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "storage/search_fts5.hpp"

namespace winnow::storage {

namespace {

constexpr auto k_enough = static_cast<std::int64_t>(SearchReader::k_most_ranked) + 1;

Database& with_phrase_rank(Database& database) {
  add_phrase_rank(database.handle());
  return database;
}

/// The only words of a MATCH expression that it has no quotes around are AND, OR and NOT.
bool is_one_phrase(const std::string& match) {
  return std::count(match.begin(), match.end(), '"') == 2;
}

}  // namespace

SearchTexts::SearchTexts(Database& database)
    : m_ids_of(database, "SELECT rowid, 0 FROM text_words WHERE text_words MATCH ? LIMIT ?"),
      m_phrase(with_phrase_rank(database),
               "SELECT rowid, phrase_rank(text_words) FROM text_words WHERE text_words MATCH ? LIMIT ?"),
      m_ranked(database, "SELECT rowid, bm25(text_words) FROM text_words WHERE text_words MATCH ? LIMIT ?"),
      m_has(database, "SELECT 1 FROM text_words WHERE text_words MATCH ? AND rowid = ?") {}

void SearchTexts::find(const std::string& match, SearchOrder order, Common common) {
  m_match = match;
  m_ids.clear();
  m_ranks.clear();
  m_are_ranked = order == SearchOrder::best && find_ranked();
  if (m_are_ranked) return;
  const auto most = common == Common::all ? std::numeric_limits<std::int64_t>::max() : k_enough;
  if (static_cast<std::int64_t>(m_ids.size()) < most) {
    m_ids.clear();
    Statement& rows = m_ids_of.bind(m_match, most);
    while (rows.step())
      m_ids.push_back(rows.integer(0));
  }
  m_are_all = static_cast<std::int64_t>(m_ids.size()) < most;
}

/// False when they are too many; m_ids are some of them then, ascending.
bool SearchTexts::find_ranked() {
  std::vector<std::pair<double, std::int64_t>> found;
  const auto read = [&](Statement& statement) {
    found.clear();
    Statement& rows = statement.bind(m_match, k_enough);
    while (rows.step())
      found.emplace_back(rows.real(1), rows.integer(0));
  };
  // bm25() goes through all that have a phrase before it ranks one: done where there are several to be
  // weighed, and no more texts than are ranked.
  const bool is_phrase = is_one_phrase(m_match);
  read(is_phrase ? m_phrase : m_ids_of);
  const bool are_few = static_cast<std::int64_t>(found.size()) < k_enough;
  if (are_few && !is_phrase) read(m_ranked);
  if (are_few) std::sort(found.begin(), found.end());
  for (const auto& [rank, id] : found) {
    if (are_few) m_ranks.emplace(id, m_ids.size());
    m_ids.push_back(id);
  }
  return are_few;
}

bool SearchTexts::has_words(std::int64_t text) {
  if (m_are_ranked) return m_ranks.contains(text);
  if (m_are_all) return std::binary_search(m_ids.begin(), m_ids.end(), text);
  const bool found = m_has.bind(m_match, text).step();
  m_has.done();
  return found;
}

}  // namespace winnow::storage
