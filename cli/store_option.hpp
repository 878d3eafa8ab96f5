// --store, as every command that looks into a store has it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include <CLI/CLI.hpp>

namespace winnow::cli {

inline void add_store_option(CLI::App& command, std::string& value) {
  command.add_option("--store", value, "The store's file [$WINNOW_STORE, else winnow.db]")->type_name("FILE");
}

/// --store, else $WINNOW_STORE, else winnow.db.
[[nodiscard]] inline std::filesystem::path store_path(const std::string& option) {
  if (!option.empty()) return option;
  const char* environment = std::getenv("WINNOW_STORE");
  return environment != nullptr && *environment != '\0' ? environment : "winnow.db";
}

}  // namespace winnow::cli
