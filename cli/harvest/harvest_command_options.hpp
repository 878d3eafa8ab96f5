// The options of the commands that fill a store from archives, backfill and harvest.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/archive_options.hpp"
#include "cli/harvest/several_archives.hpp"
#include "cli/store_option.hpp"

namespace winnow::cli {

struct HarvestCommandOptions {
  std::vector<std::string> targets;
  std::string store;
  ArchiveOptions archive;
  bool json = false;
};

struct HarvestCommandWords {
  std::string targets;  ///< name of the positional argument
  std::string about_targets;
  std::string about_json;
};

/// The command's own options come behind; `targets` are optional.
inline CLI::Option* add_harvest_command_options(CLI::App& sub, HarvestCommandOptions& options,
                                                const HarvestCommandWords& words) {
  auto* targets = sub.add_option(words.targets, options.targets, words.about_targets);
  add_store_option(sub, options.store);
  add_archive_options(sub, options.archive);
  sub.add_flag("--json", options.json, words.about_json);
  return targets;
}

/// For each archive; `harvest` is what the command's own options say.
[[nodiscard]] inline std::vector<HarvestOptions> of_each_archive(const HarvestCommandOptions& options,
                                                                 HarvestOptions harvest) {
  harvest.store = store_path(options.store);
  return of_each(all_client_options(options.archive), harvest);
}

/// `winnow backfill soompi.com`, as the store notes its runs.
[[nodiscard]] inline std::string command_line(std::string line, const HarvestCommandOptions& options) {
  for (const auto& target : options.targets)
    line += " " + target;
  return line;
}

}  // namespace winnow::cli
