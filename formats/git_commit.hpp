// A version as a commit in the stream that `git fast-import` reads (git-fast-import(1)).
#pragma once

#include <string>
#include <string_view>

#include "model/exported_record.hpp"

namespace winnow {

inline constexpr std::string_view k_git_branch = "refs/heads/main";

/// Where a series' texts lie, whatever its site and name are made of: `soompi.com/legal/privacy.md`. Names
/// come from others' URLs: all but letters, digits, `.`, `-` and `_` of ASCII is %XX, and so is what would
/// make a folder of a file's name, hide it, or name git's own; a host that is not the site comes as a folder
/// `@<host>`, the home page is `@home`, and what a page showed aside `<name>@aside`. No two series of a site
/// share one. Names too long for file systems are cut, with a digest.
[[nodiscard]] std::string git_path(std::string_view site, std::string_view series);

/// What says, in the order of an export, that a commit is still the one that would be written: its trailers
/// Version-Id, Series and Text-SHA256, with a tab between.
[[nodiscard]] std::string git_identity(const ExportedRecord& exported);

/// Subject and trailers: what changed and how to check it.
[[nodiscard]] std::string git_message(const ExportedRecord& exported);

/// The commit, dated and signed by the capture's time alone. `parent` is a commit's name, or empty to follow
/// what the stream has committed before.
[[nodiscard]] std::string git_commit(const ExportedRecord& exported, std::string_view parent);

}  // namespace winnow
