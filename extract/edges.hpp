// What stands before the first and behind the last prose of a page.
#pragma once

#include "extract/page_tree.hpp"

namespace winnow {

/// Marks as dropped, before the first and behind the last long paragraph: blocks of links to elsewhere, menus
/// with titles of their own, a heading left without what it headed, pictures that are links, a link to a
/// first page in a place of its own, and the copyright line. Contents whose links lead to places of the page
/// stay, and so do addresses, pictures that name a document, and all other links in a place of their own: on
/// legal pages these lead to older versions, to a PDF, to the notice for one state.
void drop_edges(PageTree& tree);

}  // namespace winnow
