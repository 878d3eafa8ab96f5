// Where a user's files lie: the XDG Base Directory Specification, version 0.8.
#pragma once

#include <cstdlib>
#include <filesystem>

#include "model/error.hpp"

namespace winnow::cli {

/// `$VARIABLE/winnow`, else `$HOME/FALLBACK/winnow`. A relative path is none, as the specification has it.
[[nodiscard]] inline std::filesystem::path user_folder(const char* variable, const char* fallback) {
  const char* value = std::getenv(variable);
  if (value != nullptr && *value == '/') return std::filesystem::path(value) / "winnow";
  const char* home = std::getenv("HOME");
  if (home != nullptr && *home == '/') return std::filesystem::path(home) / fallback / "winnow";
  throw error("neither {} nor HOME names a folder: set {} to one", variable, variable);
}

/// Where the archives' request budgets are kept.
[[nodiscard]] inline std::filesystem::path budgets_folder() {
  return user_folder("XDG_STATE_HOME", ".local/state") / "budgets";
}

[[nodiscard]] inline std::filesystem::path config_file() {
  return user_folder("XDG_CONFIG_HOME", ".config") / "config.toml";
}

}  // namespace winnow::cli
