// How hard an English text is to read.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace winnow {

struct WordCounts {
  std::uint32_t words = 0;  ///< runs between white space that hold a letter or digit
  std::uint32_t sentences =
      0;  ///< by UAX #29; a line ends one, a URL's question mark none; only those with a word
};

/// Of plain text, one block a line. Any bytes will do.
[[nodiscard]] WordCounts count_words(std::string_view blocks);

/// Syllables of an English word, estimated: groups of vowels, less silent e. At least 1 for a word with
/// letters.
[[nodiscard]] unsigned syllables(std::string_view word);

/// Flesch-Kincaid grade; nothing for fewer than 100 words. Words without a Latin letter are left out of the
/// syllables.
[[nodiscard]] std::optional<double> reading_grade(std::string_view blocks, const WordCounts& counts);

}  // namespace winnow
