// What stands above menus.
#pragma once

#include <string_view>

namespace winnow {

/// Whether a heading or a line that introduces links says that these lead away from the text: "Related
/// articles", "Follow us:", "Quick links", "Language". Begins and whole names in the larger European
/// languages.
[[nodiscard]] bool is_menu_label(std::string_view line);

}  // namespace winnow
