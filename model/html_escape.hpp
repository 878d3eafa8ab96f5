// Text for an HTML page.
#pragma once

#include <string>
#include <string_view>

namespace winnow {

/// For text and for attributes in double quotes: `&`, `<`, `>` and `"` become entities.
void append_escaped(std::string& out, std::string_view text);
[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace winnow
