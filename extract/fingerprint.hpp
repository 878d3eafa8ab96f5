// The visible words of a text, and what they are recognised by.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/digest.hpp"

namespace winnow {

/// The words that a reader of the Markdown sees, one space between. Stored digests are made of them: what is
/// written here is a promise, and a change to it raises k_extractor.
///
/// 1. Markdown's syntax is undone. Not words: `#` of headings, `>` of quotes, bullets, numbers of lists,
/// rules,
///    fences, table bars and their line of dashes, link targets, images, emphasis signs, comments, the
///    backslash of an escape. `<br>` is white space; the brackets of `<http://...>` go. So changed link
///    targets, a list that becomes paragraphs, bold type that comes or goes make no other words.
/// 2. Unicode normalisation form C.
/// 3. Soft hyphens (U+00AD), zero-width and directional characters (U+200B to U+200F, U+202A to U+202E,
/// U+2060 to
///    U+2064, U+2066 to U+2069, U+FEFF) are dropped.
/// 4. What Unicode's White_Space property divides is a word.
[[nodiscard]] std::string visible_words(std::string_view markdown);

struct Fingerprint {
  std::uint32_t word_count = 0;
  Sha256 words_sha256;        ///< of visible_words() in UTF-8
  std::uint64_t simhash = 0;  ///< 0 for no words
};

/// Of a Markdown text, extracted here or imported.
///
/// SimHash (Charikar 2002) over shingles: visible_words() in full case folding (Unicode's default, not
/// Turkic); each run of four neighbouring words, one space between, is hashed by XXH64 with seed 0 (a text of
/// fewer words is one shingle); for each of the 64 bits the shingles that have it are counted against those
/// that have not, as often as they occur; the bit is set when more have it. Texts of which a tenth differs
/// are some 10 bits apart.
[[nodiscard]] Fingerprint fingerprint(std::string_view markdown);

}  // namespace winnow
