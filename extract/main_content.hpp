// What of a page is its text.
#pragma once

#include "extract/page_tree.hpp"

namespace winnow {

enum class Selection {
  main_content,
  whole_page,  ///< the content was not found: all that is visible is kept
};

/// Marks as dropped what is not the page's text. Recall decides: a lost sentence of a policy is worse than a
/// menu kept.
///
/// Prose is what stands in blocks with 60 visible characters or more outside of links. In order:
/// 1. What is never seen goes; so does what is hidden, unless it is long prose (a closed accordion, a tab).
/// 2. Furniture by name goes when it is small beside the page's prose: consent dialogs below a third of it,
/// menus when
///    they are mostly links to elsewhere, headers and footers outside the main content when short.
/// 3. From `<body>` down, a child is taken for the content when its siblings are nothing but links without
///    headings; and of what is then left, link-dense blocks before the first and after the last prose go.
/// 4. The page's first `<h1>` stays with the content if it stood just outside.
/// 5. When less than half of the visible prose is left, all but step 1 is undone.
[[nodiscard]] Selection select_content(PageTree& tree);

}  // namespace winnow
