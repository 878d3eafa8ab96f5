// What stands before the first and behind the last prose of a page.
#pragma once

#include <vector>

#include "extract/page_tree.hpp"

namespace winnow {

/// Marks as dropped, before the first and behind the last long paragraph: blocks of links to elsewhere, menus
/// with titles of their own, a heading left without what it headed, pictures that are links, a link to a
/// first page in a place of its own, the trail from there ("Home > Legal > Privacy"), and the copyright line.
/// Links that the text introduces stay: below one of its headings, or a line that ends in a colon, unless
/// that says what menus are called; and so do tables of data with a head. Contents whose links lead to places
/// of the page stay, and so do addresses, pictures that name a document, and all other links in a place of
/// their own: on legal pages these lead to older versions, to a PDF, to the notice for one state.
///
/// `in_content`: inside of `<main>` or `<article>`.
void drop_edges(PageTree& tree, const std::vector<bool>& in_content);

}  // namespace winnow
