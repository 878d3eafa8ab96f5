// A Markdown text as a reader compares it: words, and what stands between them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace winnow {

struct WordToken {
  /// word: letters, digits and what joins them (`data-driven`, `don't`, `a@b.example`); one character in
  /// scripts written without spaces (Han, kana). sign: punctuation and Markdown's signs. target: of a
  /// Markdown link.
  enum class Kind : std::uint8_t { word, sign, target };
  Kind kind = Kind::word;
  std::uint32_t begin = 0;  ///< bytes in the text
  std::uint32_t end = 0;
  std::uint32_t line = 0;  ///< from 0
};

/// All of a text but its white space (Unicode's White_Space), in order. Bytes that are not UTF-8 are letters.
/// \pre text is smaller than 4 GiB
[[nodiscard]] std::vector<WordToken> tokens(std::string_view text);

/// How many bytes of white space the text begins or ends with.
[[nodiscard]] std::size_t leading_space(std::string_view text);
[[nodiscard]] std::size_t trailing_space(std::string_view text);

}  // namespace winnow
