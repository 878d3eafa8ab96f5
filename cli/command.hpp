// How a verb of the command line plugs in: one file a command, one function that declares it.
#pragma once

#include <functional>

#include <CLI/CLI.hpp>

namespace winnow::cli {

/// The process's exit code (product promise; also in `winnow --help`).
enum class ExitCode {
  done = 0,
  error = 1,
  usage = 2,
  incomplete = 3,  ///< done, but some captures failed and are on the ledger
  refused = 4,     ///< the archive refuses us: stopped, resume later
};

/// What the parsed command line asks for. Commands only parse in CLI11's callbacks and leave their work here;
/// main() runs it once parsing has succeeded.
using Action = std::function<ExitCode()>;

void add_archives_command(CLI::App& app, Action& action);
void add_backfill_command(CLI::App& app, Action& action);
void add_backup_command(CLI::App& app, Action& action);
void add_compact_command(CLI::App& app, Action& action);
void add_diff_command(CLI::App& app, Action& action);
void add_discover_command(CLI::App& app, Action& action);
void add_export_command(CLI::App& app, Action& action);
void add_extract_command(CLI::App& app, Action& action);
void add_harvest_command(CLI::App& app, Action& action);
void add_import_command(CLI::App& app, Action& action);
void add_ledger_command(CLI::App& app, Action& action);
void add_log_command(CLI::App& app, Action& action);
void add_replay_command(CLI::App& app, Action& action);
void add_serve_command(CLI::App& app, Action& action);
void add_search_command(CLI::App& app, Action& action);
void add_show_command(CLI::App& app, Action& action);
void add_similar_command(CLI::App& app, Action& action);
void add_sites_command(CLI::App& app, Action& action);
void add_stats_command(CLI::App& app, Action& action);
void add_reextract_command(CLI::App& app, Action& action);
void add_verify_command(CLI::App& app, Action& action);

}  // namespace winnow::cli
