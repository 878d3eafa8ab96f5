// A page on disk or on standard input.
#pragma once

#include <string>

namespace winnow::cli {

/// The bytes of a file, or of standard input for `-`; no more than k_largest_body and one. Throws Error,
/// which names the file, when it can't be read.
[[nodiscard]] std::string read_input(const std::string& file);

}  // namespace winnow::cli
