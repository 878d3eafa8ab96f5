// How surely some words name a privacy policy: those of a link, a path segment, a host's label.
#pragma once

#include <string_view>

namespace winnow {

/// What a text speaks of, by the words of crawler/policy_terms.hpp. A text that names a policy may speak of
/// cookies and terms as well.
struct PolicyWords {
  double policy = 0;      ///< 0 to 1: how surely it names a privacy policy; what else it says lowers it
  bool document = false;  ///< "policy", "statement": more than the mere word privacy
  bool cookies = false;   ///< "Cookie policy"
  bool terms = false;     ///< "Terms of use", "Impressum"
  bool control = false;   ///< "Privacy settings", "Do not sell my personal information"
  bool aside = false;     ///< "Privacy notice for applicants"
};
[[nodiscard]] PolicyWords read_policy_words(std::string_view text);

/// The same of one path segment, host label or query value, as one number: half of `policy` where it is for
/// settings or aside. Escapes do not matter.
[[nodiscard]] double rate_policy_words(std::string_view segment);

}  // namespace winnow
