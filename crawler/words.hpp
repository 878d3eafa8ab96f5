// Lists of words that URLs are looked through for. For crawler/*.cpp only.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

namespace winnow {

using Words = std::vector<std::string_view>;

[[nodiscard]] inline bool contains(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Whether a word of the list stands anywhere in the text, also inside another word.
[[nodiscard]] inline bool has_any(std::string_view text, const Words& words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return text.find(word) != text.npos; });
}

}  // namespace winnow
