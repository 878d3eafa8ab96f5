// Titles that are none by their tag: buttons that open a panel, pictures of words.
#pragma once

#include <vector>

#include "extract/page_tree.hpp"
#include "extract/text_weights.hpp"

namespace winnow {

/// Makes headings of the buttons that open the panels of an accordion, and lines in bold type (`<dt>`) of a
/// row of tabs. Such a button says that it opens something (aria-expanded, aria-controls, data-bs-toggle,
/// data-toggle, a class "accordion...") and prose follows it, in the next block or beside the box that it
/// stands in; without a word of that, one of two or more beside each other, each with a panel of prose right
/// behind it. Their rank is one below that of the heading before the first of them. Whether there are any.
[[nodiscard]] bool mark_panel_titles(PageTree& tree, const std::vector<TextWeight>& weights);

/// Makes text of what describes the picture in a heading without text: the titles of pages of 1998 to 2010.
/// Not of a link, which tells it by itself, and not in an `<h1>`, where it is the site's logo.
void write_image_titles(PageTree& tree);

}  // namespace winnow
