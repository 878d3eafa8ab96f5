// Windows over the page: consent dialogs, sign-up boxes, error messages that wait for their turn.
#pragma once

#include <vector>

#include "extract/page_tree.hpp"
#include "extract/text_weights.hpp"

namespace winnow {

/// Marks dialogs as dropped: those of consent vendors by their names, windows by role=dialog, aria-modal or
/// their names, and those made in the house by the smallest block outside the content with text and both a
/// button to accept and one to refuse. A block with more than a third of the page's text is never taken for
/// one, except a vendor's, as long as it is not all there is. `in_content`: inside of `<main>` or
/// `<article>`.
///
/// Asked before anything else is dropped, since dialogs are most of the prose of short pages.
/// `weights` are those of the tree as it is. Whether any went.
[[nodiscard]] bool drop_dialogs(PageTree& tree, const std::vector<TextWeight>& weights,
                                const std::vector<bool>& in_content);

}  // namespace winnow
