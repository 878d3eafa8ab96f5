// The language that a text is written in.
#pragma once

#include <string>
#include <string_view>

namespace winnow {

struct Language {
  std::string code;  ///< BCP 47: "en", "zh-Hant", "sr"; empty when unknown
  double share = 0;  ///< of the text's letters that are in it, 0 to 1; the rest is in other languages or none
};

/// Detects a text's main language with CLD2. `text` is plain words, not Markdown (URLs and emphasis look like
/// English). Unknown, with share 0, for texts that are too short to tell (below some 20 words most guesses
/// are wrong) and when CLD2 itself calls its answer unreliable. Of long texts four
/// pieces of 2 KiB are read, up to the first byte that is no UTF-8. Deterministic; no state is kept.
[[nodiscard]] Language detect_language(std::string_view text);

}  // namespace winnow
