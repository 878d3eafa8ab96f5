#include "storage/snippets.hpp"

#include <algorithm>
#include <map>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "model/ascii.hpp"
#include "storage/database.hpp"
#include "storage/search_words.hpp"

namespace winnow {

namespace {

constexpr std::size_t k_words = 30;   // of a snippet
constexpr std::size_t k_before = 10;  // of these before the hit
constexpr char k_begin = '\x01';      // no folded word holds it
constexpr char k_end = '\x02';

/// The indexes of words, first and last, that a hit has.
struct Hit {
  std::size_t first;
  std::size_t last;
};

/// `marked` is `words` with a mark before and behind each hit.
std::vector<Hit> hits(std::string_view marked, const std::vector<SearchWord>& places) {
  std::vector<Hit> hits;
  std::size_t at = 0;  // without marks
  std::size_t begin = 0;
  const auto word_at = [&](std::size_t offset) {
    const auto next = std::upper_bound(places.begin(), places.end(), offset,
                                       [](std::size_t a, const SearchWord& word) { return a < word.at; });
    return static_cast<std::size_t>(next - places.begin()) - 1;
  };
  for (const char c : marked) {
    if (c == k_begin) {
      begin = at;
    } else if (c == k_end) {
      hits.push_back({word_at(begin), word_at(at - 1)});
    } else {
      ++at;
    }
  }
  return hits;
}

/// Where the most different hits are within a snippet's words; the first such place.
std::size_t best(const std::vector<Hit>& hits, const LocatedWords& located) {
  std::string words = located.words;
  std::transform(words.begin(), words.end(), words.begin(), to_lower);
  const auto name = [&](const Hit& hit) {
    const std::size_t end =
        hit.last + 1 < located.places.size() ? located.places[hit.last + 1].at : words.size();
    const std::size_t begin = located.places[hit.first].at;
    return std::string_view(words).substr(begin, end - begin);
  };
  std::map<std::string_view, std::size_t> within;
  std::size_t chosen = 0;
  std::size_t most = 0;
  std::size_t end = 0;
  for (std::size_t begin = 0; begin < hits.size(); ++begin) {
    while (end < hits.size() && hits[end].last < hits[begin].first + k_words - k_before)
      ++within[name(hits[end++])];
    if (within.size() > most) {
      most = within.size();
      chosen = begin;
    }
    if (end <= begin) {
      end = begin + 1;  // a hit that is longer than a snippet
    } else if (--within[name(hits[begin])] == 0) {
      within.erase(name(hits[begin]));
    }
  }
  return chosen;
}

Snippet cut(std::string_view text, const std::vector<SearchWord>& places, const std::vector<Hit>& hits,
            std::size_t chosen) {
  const std::size_t first = hits[chosen].first - std::min(hits[chosen].first, k_before);
  const std::size_t last = std::min(std::max(first + k_words - 1, hits[chosen].last), places.size() - 1);
  Snippet snippet;
  snippet.is_start = first == 0;
  snippet.is_end = last + 1 == places.size();
  std::size_t at = places[first].begin;
  const auto add = [&](std::size_t end, bool is_hit) {
    if (end > at) snippet.pieces.push_back({std::string(text.substr(at, end - at)), is_hit});
    at = std::max(at, end);
  };
  for (const Hit& hit : hits) {
    if (hit.last < first) continue;
    if (hit.first > last) break;
    add(places[std::max(hit.first, first)].begin, false);
    add(places[std::min(hit.last, last)].end, true);
  }
  add(places[last].end, false);
  return snippet;
}

}  // namespace

class Snippets::Index {
public:
  Index()
      : m_database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE),
        m_insert(with_table(m_database), "INSERT INTO text(rowid, words) VALUES(1, ?)"),
        m_mark(m_database, "SELECT highlight(text, 0, char(1), char(2)) FROM text WHERE text MATCH ?"),
        m_clear(m_database, "DELETE FROM text") {}

  /// The words with marks; empty when the text does not have them.
  std::string mark(const std::string& words, const std::string& match) {
    m_clear.exec();
    m_clear.reset();
    m_insert.bindNoCopy(1, words);
    m_insert.exec();
    m_insert.reset();
    m_mark.bindNoCopy(1, match);
    std::string marked;
    if (m_mark.executeStep()) marked = m_mark.getColumn(0).getString();
    m_mark.reset();
    return marked;
  }

private:
  static SQLite::Database& with_table(SQLite::Database& database) {
    database.exec("CREATE VIRTUAL TABLE text USING fts5(words, tokenize=\"unicode61 remove_diacritics 2\")");
    return database;
  }

  SQLite::Database m_database;
  SQLite::Statement m_insert, m_mark, m_clear;
};

Snippets::Snippets() : m_index(storage::guarded(":memory:", [] { return std::make_unique<Index>(); })) {}

Snippets::~Snippets() = default;

Snippet Snippets::snippet(std::string_view title, std::string_view text, const std::string& marked) {
  return storage::guarded(":memory:", [&] {
    for (const std::string_view part : {text, title}) {
      const LocatedWords located = locate_search_words(part);
      const auto found = hits(m_index->mark(located.words, marked), located.places);
      if (!found.empty()) return cut(part, located.places, found, best(found, located));
    }
    return Snippet{};
  });
}

}  // namespace winnow
