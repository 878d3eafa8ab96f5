// What of a page is its text.
#pragma once

#include "extract/page_tree.hpp"

namespace winnow {

enum class ContentExtent {
  main_content,
  whole_page,  ///< the content was not found: all that is visible is kept
};

/// Marks as dropped what is not the page's text. Recall decides: a lost sentence of a policy is worse than a
/// menu kept.
///
/// Prose is what stands in blocks with 60 visible characters or more outside of links. In order:
/// 1. What is never seen goes, and phrases for screen readers; so does what is hidden, unless it is long
/// prose
///    or a panel below the title that opens it (an accordion, a tab); and what labels a list to choose from.
/// 2. Dialogs go (extract/dialogs.hpp). What is left is what the other steps are measured against: on short
///    pages the dialogs are most of the prose.
/// 3. Furniture by name goes when it is small beside the page's prose: menus when they are mostly links to
///    elsewhere, headers and footers outside the main content when short (but not one that says when
///    the text was last changed), forms that ask for a password,
///    and those for a message, if nothing but labels stands in them. When
///    less than half of the prose is left, this is undone, and the whole page is kept.
/// 4. From `<body>` down, a child is taken for the content when its siblings are nothing but links without
///    headings: the lowest element that holds all prose.
/// 5. Menus and copyright lines before the first and behind the last prose go (extract/edges.hpp).
/// 6. The page's first `<h1>` stays with the content if it stood just outside.
[[nodiscard]] ContentExtent select_content(PageTree& tree);

}  // namespace winnow
