#include "extract/facts/reading_grade.hpp"

#include <algorithm>
#include <memory>

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/utext.h>

#include "extract/gate/word_folder.hpp"
#include "model/handle.hpp"

namespace winnow {
namespace {

constexpr std::uint32_t k_least_words = 100;

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool has_word(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || folding::fold_ascii(byte) != folding::k_separator;
  });
}

template <class Visit>
void for_each_word(std::string_view text, Visit&& visit) {
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && is_space(text[at]))
      ++at;
    const std::size_t begin = at;
    while (at < text.size() && !is_space(text[at]))
      ++at;
    if (begin != at) visit(text.substr(begin, at - begin));
  }
}

/// UAX #29 ends a sentence behind the question mark of "/search?q=x" as well.
bool is_within_url(std::string_view text, std::size_t at) {
  return at > 0 && at < text.size() && (text[at - 1] == '?' || text[at - 1] == '!') && text[at] > ' ' &&
         text[at] < 0x7F;
}

using UTextHandle = std::unique_ptr<UText, FreeWith<utext_close>>;

bool is_vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

}  // namespace

WordCounts count_words(std::string_view blocks) {
  WordCounts counts;
  for_each_word(blocks, [&](std::string_view word) { counts.words += has_word(word) ? 1 : 0; });
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> sentences(
      icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status));
  const UTextHandle text(
      utext_openUTF8(nullptr, blocks.data(), static_cast<std::int64_t>(blocks.size()), &status));
  if (U_FAILURE(status)) return counts;
  sentences->setText(text.get(), status);
  std::int32_t begin = sentences->first();
  for (std::int32_t end = sentences->next(); end != icu::BreakIterator::DONE; end = sentences->next()) {
    if (is_within_url(blocks, static_cast<std::size_t>(end))) continue;
    if (has_word(blocks.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin))))
      ++counts.sentences;
    begin = end;
  }
  return counts;
}

unsigned syllables(std::string_view word) {
  std::string letters;
  for (const char c : word) {
    const unsigned char folded = folding::fold_ascii(static_cast<unsigned char>(c));
    if (folded >= 'a' && folded <= 'z') letters += static_cast<char>(folded);
  }
  if (letters.empty()) return 0;
  unsigned groups = 0;
  bool in_group = false;
  for (const char c : letters) {
    groups += is_vowel(c) && !in_group ? 1 : 0;
    in_group = is_vowel(c);
  }
  const std::size_t size = letters.size();
  const auto consonant_at = [&](std::size_t from_end) {
    return size >= from_end && !is_vowel(letters[size - from_end]);
  };
  const auto one_of = [&](std::size_t from_end, std::string_view set) {
    return size >= from_end && set.find(letters[size - from_end]) != std::string_view::npos;
  };
  // use, site, not table, acre; used, shared, not provided; uses, cookies, not services
  if (letters.ends_with('e') && consonant_at(2) && !(letters.ends_with("le") && consonant_at(3)))
    --groups;
  else if (letters.ends_with("ed") && consonant_at(3) && !one_of(3, "td"))
    --groups;
  else if (letters.ends_with("es") && consonant_at(3) && !one_of(3, "scgxz") &&
           !(letters.ends_with("shes") || letters.ends_with("ches")) && !(one_of(3, "l") && consonant_at(4)))
    --groups;
  return std::max(groups, 1U);
}

std::optional<double> reading_grade(std::string_view blocks, const WordCounts& counts) {
  if (counts.words < k_least_words || counts.sentences == 0) return std::nullopt;
  std::uint32_t words = 0;
  std::uint32_t total = 0;
  for_each_word(blocks, [&](std::string_view word) {
    const unsigned here = syllables(word);
    words += here > 0 ? 1 : 0;
    total += here;
  });
  if (words == 0) return std::nullopt;
  return 0.39 * counts.words / counts.sentences + 11.8 * total / words - 15.59;
}

}  // namespace winnow
