// The words of a text as they are searched (table text_words), and what people ask for, folded the same way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// What goes into text_words of a text: the visible words of its title and Markdown, without Markdown's signs
/// and links' targets. SQLite's tokenizer (unicode61) finds words in it, and folds case and accents. Before
/// that:
/// - characters of scripts that are written without spaces (Han, kana, Thai, Lao, Tibetan, Burmese, Khmer),
///   and of Hangul, whose particles stand without one, are words of their own, so that any run of them is
///   found as a phrase;
/// - of Indic scripts and those of South East Asia, whose vowel signs would end a word, code points are moved
///   to U+F0000 and above, which are letters to the tokenizer;
/// - accents that stand alone, the points of Hebrew and Arabic, and invisible characters are left out;
///   full-width letters become ASCII.
/// \pre markdown is smaller than 4 GiB
[[nodiscard]] std::string search_words(std::string_view title, std::string_view markdown);

/// Where words of search_words("", markdown) come from.
struct SearchWord {
  std::uint32_t at = 0;     ///< in `words`
  std::uint32_t begin = 0;  ///< in the Markdown
  std::uint32_t end = 0;
};

struct LocatedWords {
  std::string words;               ///< search_words("", markdown)
  std::vector<SearchWord> places;  ///< in order; each reaches to the next one, and holds no white space
};

/// \pre markdown is smaller than 4 GiB
[[nodiscard]] LocatedWords locate_search_words(std::string_view markdown);

/// What people write, as a MATCH expression of FTS5: `personal data` both words, `"personal data"` the
/// phrase, `-cookies` without the word or phrase, `consent*` what begins so. A word with signs in it
/// (`opt-out`) is a phrase. Everything else is words: no syntax of FTS5 gets through. Nothing when there is
/// no word to look for, or only words that must not be there.
[[nodiscard]] std::optional<std::string> match_expression(std::string_view query);

/// Any of the words and phrases that match_expression() wants: what is to be marked in a text. Empty when
/// there is none.
[[nodiscard]] std::string mark_expression(std::string_view query);

}  // namespace winnow
