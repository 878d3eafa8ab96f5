// What the words of a link or a URL mean: the one table of such words, in more than forty languages.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "crawler/folded_words.hpp"

namespace winnow {

enum class Meaning {
  policy,   ///< privacy, or the name of a policy on it
  related,  ///< personal data and the laws on it
  cookies,
  terms,     ///< terms of use, imprint
  control,   ///< settings, choices, objections, consent
  aside,     ///< near a policy and not it: for applicants, of children, a seal, an officer
  document,  ///< "policy", "statement"
  neutral,   ///< "page", "our": says nothing more
};

/// Some letters of a folded text, and what they mean.
struct TermHit {
  Meaning meaning = Meaning::neutral;
  bool whole_word = false;  ///< is of the terms that mean nothing inside others: "rodo", "agb"
  std::size_t begin = 0, end = 0;
};

/// All terms of crawler/policy_terms.inc in the text; they may overlap. Linear in the text's length.
[[nodiscard]] std::vector<TermHit> find_terms(const FoldedWords& text);

}  // namespace winnow
