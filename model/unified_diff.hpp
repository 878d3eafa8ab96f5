// The lines that differ between two texts, as patch(1) takes them.
#pragma once

#include <string>
#include <string_view>

namespace winnow {

/// A unified diff (POSIX diff -u) with three lines of context: `patch` makes the new text of the old one. The
/// labels follow `--- ` and `+++ `. Empty when the texts are equal.
///
/// Takes a bounded time (model/alignment.hpp): of texts without a line in common, all lines change.
/// \pre the labels have no line end; both texts are smaller than 4 GiB
[[nodiscard]] std::string unified_diff(std::string_view old_text, std::string_view new_text,
                                       std::string_view old_label, std::string_view new_label);

}  // namespace winnow
