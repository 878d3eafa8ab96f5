// The words by which URLs name privacy policies.
#pragma once

#include <string_view>

namespace winnow {

/// How surely the words of one path segment, host label or query value name a privacy policy in English,
/// German, French, Spanish, Italian, Portuguese, Dutch or Polish: 0 to 1. Separators, escapes and accents do
/// not matter; what else the segment speaks of lowers it ("privacy-settings", "how-we-changed-privacy").
[[nodiscard]] double rate_policy_words(std::string_view segment);

}  // namespace winnow
