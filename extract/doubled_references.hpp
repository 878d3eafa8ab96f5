// Text that became UTF-8 twice and is written in character references: "&Atilde;&copy;" for "é".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace winnow {

/// The page with the characters in place of those references that stand directly behind each other (or beside
/// characters beyond ASCII) and may be a sequence of UTF-8, for mend_double_encoding() to judge; nothing on
/// almost every page, which has none. PHP's htmlentities() wrote such, which took all text for ISO 8859-1 up
/// to version 5.3. References without a semicolon are left: no program wrote those in rows.
[[nodiscard]] std::optional<std::string> resolve_doubled_references(std::string_view utf8);

}  // namespace winnow
