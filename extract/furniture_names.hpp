// What the ids and classes of web pages mean: the names that sites, frameworks and vendors share.
#pragma once

#include <string_view>

namespace winnow {

enum class NameMeaning {
  none,
  navigation,  ///< menus, breadcrumbs, language choosers
  margin,      ///< header, footer, side bar, related articles
  feedback,    ///< "Was this article helpful?" of the help desks that are sold
  notice,      ///< "cookie-notice", "report-dialog": a window over the page, or a chapter of the text
  dialog,      ///< a window over the page: modal, popup, toast
  consent,     ///< a consent dialog, by a vendor's name or one like "cookie-popup"
  filler,      ///< for screen readers
  button,      ///< what is drawn as a button
  accordion,   ///< what opens a panel
};

/// Of one id or class name. The names are clues, not verdicts: whole policies stand in a `class="footer"`.
[[nodiscard]] NameMeaning meaning_of_name(std::string_view name);

/// A phrase that is there for screen readers only: "Skip to main content", "(opens in a new window)".
/// Compared without case, brackets, arrows and full stop. English, German, French, Spanish, Italian,
/// Portuguese, Dutch, Polish, Swedish, Danish, Norwegian.
[[nodiscard]] bool is_filler_phrase(std::string_view text);

}  // namespace winnow
