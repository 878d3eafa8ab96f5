// A difference of two texts as part of a page.
#pragma once

#include <string>

#include "model/word_diff.hpp"

namespace winnow::serve {

enum class DiffLayout { inlined, side_by_side };

/// Lines of reading_text() with what was removed and added marked; those far from every change are folded.
/// Runs of changed lines have ids: `c1`, `c2`... but for those in which only signs changed: they are marked,
/// and no change of the words.
struct DiffHtml {
  std::string html;
  std::size_t changes = 0;  ///< how many such runs
};

[[nodiscard]] DiffHtml diff_html(const WordDiff& diff, DiffLayout layout);

}  // namespace winnow::serve
