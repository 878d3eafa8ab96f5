// The phrase families that the gate's features are made of.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace winnow {

/// What a phrase speaks of, in whatever language.
enum class Family : std::uint8_t {
  // what privacy policies are made of
  policy_name,
  privacy,
  personal_data,
  collection,
  use,
  sharing,
  retention,
  legal_basis,
  rights,
  authority,
  children,
  security,
  log_data,
  opt_out,
  changes,
  // cookie policies
  cookies,
  cookie_policy,
  cookie_kinds,
  // other legal documents
  terms_name,
  liability,
  disputes,
  commerce,
  licence,
  conduct,
  processor,
  imprint,
  other_document,
  // other pages
  news,
  blog,
  navigation,
  error_page,
  captcha,
  login,
  script_needed,
  parked,
};
inline constexpr std::size_t k_families = 35;

/// As reasons name it: "personal data".
[[nodiscard]] std::string_view name(Family family);

/// One family in one language.
struct PhraseRow {
  Family family;
  std::string_view language;  ///< ISO 639
  std::string_view phrases;   ///< divided by `|`, spelled as phrase_matcher.hpp says
};

/// Every row. From knowledge of such documents, not from the data that weights are learnt from; no phrase
/// names a company or a site.
[[nodiscard]] std::span<const PhraseRow> all_phrases();

/// Whether policies in a language (ISO 639, or a longer BCP 47 tag) have phrases here. What the gate says
/// against a text in another language is worth nothing.
[[nodiscard]] bool has_phrases(std::string_view language);

}  // namespace winnow
