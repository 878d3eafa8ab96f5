// The files of serve/pages/, which are part of the program.
#pragma once

#include <string_view>

namespace winnow::serve {

/// Empty when there is no such file.
[[nodiscard]] std::string_view page_file(std::string_view name);

}  // namespace winnow::serve
