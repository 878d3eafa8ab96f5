// Which elements are the page's furniture by what they are called, and which are not shown at all.
#pragma once

#include "extract/page_tree.hpp"

namespace winnow {

/// What an element's tag, role, id and classes say it is. The names are clues, not verdicts: sites write
/// whole policies into a `<header>` or a `class="footer"`; how much text it holds decides
/// (extract/main_content.hpp).
enum class Furniture {
  none,
  margin,      ///< header, footer, aside and what is named so
  navigation,  ///< nav, role=navigation or search; ids and classes of menus, breadcrumbs, language choosers
  feedback,    ///< "Was this article helpful?", "Related articles"
  form,        ///< a form to write into
  notice,      ///< named like a dialog, but could be a chapter of the text as well
  dialog,      ///< role=dialog, aria-modal, or named modal, popup...
  consent,     ///< named as a consent dialog
  filler,      ///< for screen readers: "skip to main content", "opens in a new window"
};
[[nodiscard]] Furniture furniture_by_name(const PageTree& tree, NodeIndex index);

/// Elements that are never part of the text: head, form controls, media.
[[nodiscard]] bool is_never_text(GumboTag tag);

/// Not shown as the page is first seen: `hidden`, `display: none`, `visibility: hidden`.
[[nodiscard]] bool is_hidden(const PageTree& tree, NodeIndex index);

}  // namespace winnow
