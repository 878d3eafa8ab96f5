// Bags of evidence, as `winnow export evidence` writes them: all in them is made of the captures in one WARC
// file.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace winnow::cli {

/// The captures of a folder that is such a bag; empty when it is none.
[[nodiscard]] std::filesystem::path captures_of_evidence(const std::filesystem::path& folder);

/// The same of a tar or zip that holds a bag and nothing else: the file's name in it. A container of
/// something else is read only up to the first file that no bag has.
[[nodiscard]] std::optional<std::string> captures_in_bag(const std::string& container);

}  // namespace winnow::cli
