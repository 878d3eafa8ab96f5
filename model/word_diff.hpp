// What has changed between two texts, word by word.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace winnow {

struct Piece {
  enum class Kind : std::uint8_t { same, removed, added };
  Kind kind = Kind::same;
  std::string_view text;  ///< into the old text when removed, else into the new one; never empty
  bool operator==(const Piece&) const = default;
};

struct WordDiff {
  /// In order. `same` and `removed` together are the old text, `same` and `added` the new one, byte for byte.
  /// Pieces of white space alone are another layout, no other words. What is removed stands before what is
  /// added in its place.
  std::vector<Piece> pieces;
  std::uint64_t words_removed = 0;
  std::uint64_t words_added = 0;
  std::uint64_t old_words = 0;  ///< in the whole text
  std::uint64_t new_words = 0;

  /// The words removed or added among those of both texts: 0 (the same words) to 1 (none in common).
  [[nodiscard]] double share() const;
};

/// Compares Markdown by lines, and between the lines that are the same by tokens (model/word_tokens.hpp).
/// Words are counted; punctuation, Markdown's signs and link targets are compared as well, and are no words.
/// A paragraph that has moved is removed and added.
///
/// Within a line, up to three words that happen to be the same between larger changes are taken for changed
/// with them: nobody reads a sentence rewritten around `of the` as three changes. They are counted as such.
///
/// Takes linear memory and a bounded time (model/alignment.hpp): texts that are all different, or endlessly
/// the same few words in another order, are removed and added whole. \pre both texts are smaller than 4 GiB
[[nodiscard]] WordDiff word_diff(std::string_view old_text, std::string_view new_text);

}  // namespace winnow
