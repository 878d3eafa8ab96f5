// Words as names are compared: lower case, without accents, whatever stands between them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// The letters and digits of a text, written together, and where its words are in them. "Política de
/// Privacidad", "politica-de-privacidad" and "PoliticaDePrivacidad" have the same letters.
struct FoldedWords {
  struct Word {
    std::size_t begin, end;  ///< offsets into `letters`; words follow each other without a gap
  };
  std::string letters;  ///< UTF-8
  std::vector<Word> words;

  [[nodiscard]] std::string_view text(Word word) const {
    return std::string_view(letters).substr(word.begin, word.end - word.begin);
  }
};

/// Folds UTF-8; bytes that are none are letters. Latin, Greek, Cyrillic and Armenian letters become small
/// ones, those of Latin and Greek lose their accents, Arabic ones their variants and vowel signs. Combining
/// marks, soft hyphens and joiners vanish. Simpler than Unicode's folding, and meant for both sides of a
/// comparison.
[[nodiscard]] FoldedWords fold_words(std::string_view text);

}  // namespace winnow
