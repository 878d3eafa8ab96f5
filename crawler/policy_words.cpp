#include "crawler/policy_words.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "crawler/folded_words.hpp"
#include "crawler/policy_terms.hpp"
#include "model/ascii.hpp"
#include "model/url.hpp"

namespace winnow {

namespace {

/// A character of Asia's scripts says as much as two letters.
std::size_t weight(std::string_view letters) {
  std::size_t sum = 0;
  for (const char c : letters) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continues = (byte & 0xC0U) == 0x80;
    sum += continues ? 0 : byte >= 0xE0 ? 2 : 1;
  }
  return sum;
}

/// How much the text says besides its terms. Numbers and words of two letters say nothing.
std::size_t other_letters(const FoldedWords& text, const std::vector<TermHit>& hits) {
  std::vector<bool> known(text.letters.size());
  for (const TermHit& hit : hits) {
    if (hit.meaning != Meaning::control && hit.meaning != Meaning::aside)
      std::fill(known.begin() + static_cast<std::ptrdiff_t>(hit.begin),
                known.begin() + static_cast<std::ptrdiff_t>(hit.end), true);
  }
  std::size_t others = 0;
  for (const auto word : text.words) {
    std::string rest;
    for (std::size_t i = word.begin; i < word.end; ++i) {
      if (!known[i]) rest += text.letters[i];
    }
    const std::size_t letters = weight(rest);
    if (letters > 2 && !all_digits(rest)) others += letters;
  }
  return others;
}

double value(const TermHit& hit) {
  if (hit.meaning == Meaning::policy) return 1;
  if (hit.meaning == Meaning::related) return hit.whole_word ? 0.5 : 0.6;
  return 0;
}

}  // namespace

PolicyWords read_policy_words(std::string_view text) {
  const FoldedWords folded = fold_words(text);
  const std::vector<TermHit> hits = find_terms(folded);
  PolicyWords words;
  for (const TermHit& hit : hits) {
    words.policy = std::max(words.policy, value(hit));
    words.document |= hit.meaning == Meaning::document;
    words.cookies |= hit.meaning == Meaning::cookies;
    words.terms |= hit.meaning == Meaning::terms;
    words.control |= hit.meaning == Meaning::control;
    words.aside |= hit.meaning == Meaning::aside;
  }
  if (words.policy == 0) return words;
  const std::size_t others = other_letters(folded, hits);
  words.policy *= others <= 4 ? 1.0 : others <= 10 ? 0.85 : others <= 20 ? 0.65 : 0.4;
  return words;
}

double rate_policy_words(std::string_view segment) {
  const PolicyWords words = read_policy_words(unquote(segment));
  return words.control || words.aside ? words.policy / 2 : words.policy;
}

}  // namespace winnow
