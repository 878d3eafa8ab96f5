// What an export must not write over.
#pragma once

#include <filesystem>
#include <string>

namespace winnow::cli {

/// Throws UsageError when writing the file would replace the store or what belongs to it (also under another
/// name), a database, or something that is no regular file. `-` is standard output, and always right.
void check_export_file(const std::string& file, const std::filesystem::path& store);

/// True when both names lead to one file, also where there is none yet.
[[nodiscard]] bool is_same_file(const std::filesystem::path& one, const std::filesystem::path& other);

}  // namespace winnow::cli
