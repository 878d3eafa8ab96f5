// What titles say: the same one, and the name of which legal document.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace winnow {

/// A title as it is compared: words in lower case, without accents and punctuation, one space between.
[[nodiscard]] std::string folded_title(std::string_view title);

/// How well a heading answers to a title that was asked for, worst first.
enum class TitleMatch : std::uint8_t {
  none,
  contains,  ///< its words stand somewhere in the heading: "privacy" in "Your privacy and you"
  begins,    ///< or at its beginning, a chapter's number not counted: "2. Privacy Policy (EU)"
  equal,     ///< the same words, a chapter's number not counted
};
/// Of two folded titles. Whole words only; an empty title matches none.
[[nodiscard]] TitleMatch match_titles(std::string_view heading, std::string_view wanted);

/// Whether a folded title begins with a number as chapters have it: "3", "2a", "iv", "article 5".
[[nodiscard]] bool is_numbered(std::string_view folded);

/// The documents that a title names, as a bit each.
enum class Document : std::uint8_t {
  privacy = 1,
  cookies = 2,
  terms = 4,
  imprint = 8,
  other = 16,  ///< any further "... policy", "... guidelines", "... agreement"
};
using Documents = std::uint8_t;

/// The four that sites have: two of them are two documents, while a "Refund Policy" or "Disclaimer" is as
/// often a chapter of terms.
inline constexpr Documents k_core_documents = 15;

/// Of a folded title that names a document and says nothing else: the name stands at its beginning or end,
/// with a few words beside it ("Example's Privacy Policy", "Terms of Use for Sellers"). None for a chapter
/// that is *about* a document ("Changes to this Privacy Policy", "Our use of cookies") or of a number.
/// Policies of some 40 languages (extract/gate/families.hpp), the others in the larger European ones.
[[nodiscard]] Documents documents_named(std::string_view folded);

}  // namespace winnow
