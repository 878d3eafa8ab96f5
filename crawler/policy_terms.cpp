#include "crawler/policy_terms.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>

namespace winnow {

namespace {

constexpr bool k_word = true;

struct Row {
  constexpr Row(Meaning what, std::string_view names, bool whole = false)
      : terms(names), meaning(what), whole_word(whole) {}
  std::string_view terms;
  Meaning meaning;
  bool whole_word;
};

constexpr Row k_rows[] = {
#include "crawler/policy_terms.inc"
};

struct Term {
  std::string letters;
  Meaning meaning;
  bool whole_word;
};

/// The first three bytes: every term has as many, and one character of a script without spaces takes as many.
std::uint32_t key_of(std::string_view letters) {
  const auto byte = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(letters[at]));
  };
  return byte(0) << 16U | byte(1) << 8U | byte(2);
}

using TermIndex = std::unordered_map<std::uint32_t, std::vector<Term>>;

TermIndex make_index() {
  TermIndex index;
  for (const Row& row : k_rows) {
    std::string_view rest = row.terms;
    while (!rest.empty()) {
      const auto comma = std::min(rest.find(','), rest.size());
      std::string letters = fold_words(rest.substr(0, comma)).letters;
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      assert(letters.size() >= 3);
      auto& terms = index[key_of(letters)];
      terms.push_back({std::move(letters), row.meaning, row.whole_word});
    }
  }
  return index;
}

}  // namespace

std::vector<TermHit> find_terms(const FoldedWords& text) {
  static const TermIndex k_index = make_index();
  std::vector<TermHit> hits;
  const std::string_view letters = text.letters;
  std::size_t word = 0;  // the one that holds the position
  for (std::size_t at = 0; at + 3 <= letters.size(); ++at) {
    while (text.words[word].end <= at)
      ++word;
    const auto found = k_index.find(key_of(letters.substr(at)));
    if (found == k_index.end()) continue;
    for (const Term& term : found->second) {
      if (!letters.substr(at).starts_with(term.letters)) continue;
      const std::size_t end = at + term.letters.size();
      if (term.whole_word && (at != text.words[word].begin || end != text.words[word].end)) continue;
      hits.push_back({term.meaning, term.whole_word, at, end});
    }
  }
  return hits;
}

}  // namespace winnow
