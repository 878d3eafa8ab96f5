// A difference by lines, as people read it.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "model/word_diff.hpp"

namespace winnow {

/// Lines with what has changed in them. A piece that runs over several lines is in each of them; no span
/// holds a line end. White space at the ends of a change stands outside of it, and white space that was
/// removed is left out: the layout is the new text's.
struct DiffLine {
  std::vector<Piece> spans;
  bool changed = false;
};

[[nodiscard]] std::vector<DiffLine> diff_lines(const std::vector<Piece>& pieces);

/// Lines begin to end; a folded stretch has none with a change, and at least two.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool folded = false;
};

/// All lines, those further than three from every change folded.
[[nodiscard]] std::vector<Stretch> stretches(const std::vector<DiffLine>& lines);

}  // namespace winnow
