// A password for the whole site.
#pragma once

#include <string>
#include <string_view>

namespace winnow::serve {

/// Whether an Authorization header has the token: `Bearer TOKEN`, or Basic (RFC 7617) with the user `winnow`
/// and the token as the password. Takes the same time for every wrong one of the same length.
[[nodiscard]] bool is_authorized(std::string_view authorization, const std::string& token);

}  // namespace winnow::serve
