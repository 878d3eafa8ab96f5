// What stands before the first and behind the last prose of a page.
#pragma once

#include "extract/page_tree.hpp"

namespace winnow {

/// Marks as dropped, before the first and behind the last long paragraph: blocks of links to elsewhere, menus
/// with titles of their own, a heading left without what it headed, and the copyright line. Contents whose links lead to places of the page stay, and so do addresses.
void drop_edges(PageTree& tree);

}  // namespace winnow
