// A difference of two versions, written for people.
#pragma once

#include <string>
#include <string_view>

#include "cli/diff/compared.hpp"
#include "model/word_diff.hpp"

namespace winnow::cli {

/// "2 words removed, 3 added: 0.4 % of the text changed"
[[nodiscard]] std::string summary(const WordDiff& diff);

/// How the words that changed are marked in plain text.
enum class Marks {
  signs,   ///< [-removed-] {+added+}, as git diff --word-diff
  colours  ///< ECMA-48: red and crossed out, green
};

/// Header, lines with the unchanged ones folded, summary.
[[nodiscard]] std::string render_text(const Compared& compared, const WordDiff& diff, Marks marks);

/// A page of its own: no script, nothing to load; what is folded opens with a click.
[[nodiscard]] std::string render_html(const Compared& compared, const WordDiff& diff);

/// One JSON document: both versions, the summary and all pieces (model/word_diff.hpp).
[[nodiscard]] std::string render_json(const Compared& compared, const WordDiff& diff);

}  // namespace winnow::cli
