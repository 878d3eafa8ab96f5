#include "storage/snippets.hpp"

#include <algorithm>
#include <map>
#include <string>

#include <SQLiteCpp/Database.h>

#include "storage/database.hpp"
#include "storage/search_fts5.hpp"
#include "storage/search_words.hpp"

namespace winnow {

using storage::IndexTokenizer;
using storage::IndexWord;

namespace {

constexpr std::size_t k_words = 30;         // of a snippet
constexpr std::size_t k_before = 10;        // of these before the hit
constexpr std::size_t k_most_terms = 100;   // to be marked; who looks for more sees the others unmarked
constexpr std::size_t k_first_look = 4096;  // bytes of a text: most hits are soon met

/// A word or phrase to be marked, as the index has it; the last word may be a beginning.
struct Term {
  std::vector<std::string> words;
  bool is_prefix = false;
  bool operator==(const Term&) const = default;
};

/// Where a term stands: the indexes of its first and last word.
struct Hit {
  std::size_t first;
  std::size_t last;
  std::size_t term;
};

/// Of mark_expression(): `"some words " OR "a beginn" *`.
std::vector<Term> terms_of(std::string_view marked, IndexTokenizer& tokenizer) {
  std::vector<Term> terms;
  while (terms.size() < k_most_terms) {
    const std::size_t begin = marked.find('"');
    const std::size_t end = marked.find('"', begin + 1);
    if (begin == std::string_view::npos || end == std::string_view::npos) break;
    Term term;
    for (IndexWord& word : tokenizer.words(marked.substr(begin + 1, end - begin - 1)))
      term.words.push_back(std::move(word.word));
    marked.remove_prefix(end + 1);
    term.is_prefix = marked.starts_with(" *");
    if (!term.words.empty() && std::find(terms.begin(), terms.end(), term) == terms.end())
      terms.push_back(std::move(term));
  }
  return terms;
}

bool stands_at(const Term& term, const IndexWord* word, const IndexWord* end) {
  if (static_cast<std::size_t>(end - word) < term.words.size()) return false;
  for (const std::string& wanted : term.words) {
    const bool is_beginning = term.is_prefix && &wanted == &term.words.back();
    if (is_beginning ? !word->word.starts_with(wanted) : word->word != wanted) return false;
    ++word;
  }
  return true;
}

std::vector<Hit> hits(const std::vector<Term>& terms, const LocatedWords& located,
                      IndexTokenizer& tokenizer) {
  const std::vector<IndexWord> words = tokenizer.words(located.words);
  const auto place_of = [&](std::size_t offset) {
    const auto next = std::upper_bound(located.places.begin(), located.places.end(), offset,
                                       [](std::size_t a, const SearchWord& word) { return a < word.at; });
    return static_cast<std::size_t>(next - located.places.begin()) - 1;
  };
  std::vector<Hit> hits;
  const IndexWord* const end = words.data() + words.size();
  for (const IndexWord* word = words.data(); word != end; ++word) {
    for (std::size_t i = 0; i < terms.size(); ++i) {
      if (stands_at(terms[i], word, end))
        hits.push_back({place_of(word->begin), place_of((word + terms[i].words.size() - 1)->end - 1), i});
    }
  }
  return hits;
}

/// Where the most different terms are within a snippet's words; the first such place.
struct BestPlace {
  std::size_t hit = 0;
  std::size_t terms = 0;
};

BestPlace best(const std::vector<Hit>& hits) {
  std::map<std::size_t, std::size_t> within;
  BestPlace best;
  std::size_t end = 0;
  for (std::size_t begin = 0; begin < hits.size(); ++begin) {
    while (end < hits.size() && hits[end].last < hits[begin].first + k_words - k_before)
      ++within[hits[end++].term];
    if (within.size() > best.terms) best = {begin, within.size()};
    if (end <= begin) {
      end = begin + 1;  // a hit that is longer than a snippet
    } else if (--within[hits[begin].term] == 0) {
      within.erase(hits[begin].term);
    }
  }
  return best;
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
    const std::size_t begin = places[std::max(hit.first, first)].begin;
    const std::size_t end = places[std::min(hit.last, last)].end;
    if (begin < at && end > at) {
      snippet.pieces.back().text += text.substr(at, end - at);  // it overlaps the hit before
      at = end;
    } else {
      add(begin, false);
      add(end, true);
    }
  }
  add(places[last].end, false);
  return snippet;
}

/// Some lines, of at least so many bytes when there are.
std::string_view beginning(std::string_view text, std::size_t size) {
  const std::size_t end = size < text.size() ? text.find('\n', size) : std::string_view::npos;
  return text.substr(0, end);
}

}  // namespace

class Snippets::Index {
public:
  Index() : m_database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE), m_tokenizer(m_database) {}

  IndexTokenizer& tokenizer() { return m_tokenizer; }

private:
  SQLite::Database m_database;
  IndexTokenizer m_tokenizer;
};

Snippets::Snippets() : m_index(storage::guarded(":memory:", [] { return std::make_unique<Index>(); })) {}

Snippets::~Snippets() = default;

Snippet Snippets::snippet(std::string_view title, std::string_view text, const std::string& marked) {
  return storage::guarded(":memory:", [&] {
    const std::vector<Term> terms = terms_of(marked, m_index->tokenizer());
    for (const std::string_view part : {text, title}) {
      for (std::size_t size = k_first_look;; size *= 4) {
        const std::string_view looked_at = beginning(part, size);
        const bool is_all = looked_at.size() == part.size();
        const LocatedWords located = locate_search_words(looked_at);
        const std::vector<Hit> found = hits(terms, located, m_index->tokenizer());
        const BestPlace place = best(found);
        const bool is_enough = !found.empty() && place.terms == terms.size() &&
                               found[place.hit].last + k_words < located.places.size();
        if (is_enough || (is_all && !found.empty())) return cut(looked_at, located.places, found, place.hit);
        if (is_all) break;
      }
    }
    return Snippet{};
  });
}

}  // namespace winnow
