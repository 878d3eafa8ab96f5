// Bullets and numbers at the beginning of a PDF's lines.
#pragma once

#include <cstddef>
#include <string_view>

namespace winnow {

enum class LabelKind {
  none,
  bullet,
  number,  ///< "1.", "2.3", "4)"
  letter   ///< "a)", "(iv)", "B."
};

struct LineLabel {
  LabelKind kind = LabelKind::none;
  std::size_t size = 0;   ///< bytes, with the space behind it
  std::size_t depth = 0;  ///< of a number: 1 for "2.", 2 for "2.3"
};

/// Of a line that begins with one and has text behind it, or is nothing else.
[[nodiscard]] LineLabel label_of(std::string_view line);

}  // namespace winnow
