#include <algorithm>
#include <csignal>
#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <spdlog/spdlog.h>

#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/logging.hpp"
#include "model/error.hpp"
#include "model/version.hpp"

namespace {

using winnow::cli::Action;
using winnow::cli::ExitCode;

constexpr const char* k_footer = R"(Example:
  winnow backfill soompi.com          the policy's whole history into ./winnow.db
  winnow log soompi.com               its versions
  winnow show soompi.com#1            the first one's text

The store is --store, else $WINNOW_STORE, else winnow.db.
Exit codes: 0 done, 1 error, 2 usage, 3 some captures failed (see the ledger), 4 refused: resume later.)";

ExitCode run(const Action& action) {
  try {
    return action();
  } catch (const winnow::UsageError& failure) {
    spdlog::error("{}", failure.what());
    return ExitCode::usage;
  } catch (const winnow::Error& failure) {
    spdlog::error("{}", failure.what());
  } catch (const std::bad_alloc&) {
    spdlog::error("out of memory");
  } catch (const std::exception& failure) {
    spdlog::error("unexpected failure: {}; please report it with the command line", failure.what());
  }
  return ExitCode::error;
}

/// The word where a command should stand, when it is none: CLI11 would answer `winnow typo --help` with the
/// help.
const char* unknown_command(const CLI::App& app, int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--log-format") {
      ++i;
    } else if (argv[i][0] != '-') {
      const auto named =
          app.get_subcommands([&](const CLI::App* command) { return command->get_name() == argv[i]; });
      return named.empty() ? argv[i] : nullptr;
    }
  }
  return nullptr;
}

/// In CLI11's order, the last first. It takes `--` only before the last operand that a command must have, so
/// the mark goes where nothing behind it looks like an option.
std::vector<std::string> arguments(int argc, char** argv) {
  std::vector<std::string> all(argv + 1, argv + argc);
  const auto looks_like_option = [](const std::string& argument) { return argument.starts_with('-'); };
  const auto mark = std::find(all.begin(), all.end(), "--");
  if (mark != all.end() && std::none_of(mark + 1, all.end(), looks_like_option)) all.erase(mark);
  std::reverse(all.begin(), all.end());
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  // A limit on file sizes (ulimit -f) is a full disk: an error of the write, told in words, and no sudden
  // death.
  std::signal(SIGXFSZ, SIG_IGN);

  CLI::App app{"winnow: where a site's privacy policy lived, and every version of it, from web archives",
               "winnow"};
  app.set_version_flag("--version", std::string("winnow ") + winnow::k_version);
  app.formatter(std::make_shared<winnow::cli::HelpFormatter>());
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(k_footer);

  winnow::cli::LogOptions log;
  bool quiet = false;
  app.add_flag("-v,--verbose", log.verbosity, "Say more");
  app.add_flag("-q,--quiet", quiet, "Say nothing but errors");
  app.add_option("--log-format", log.format, "json is for log collectors")
      ->type_name("text|json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();

  Action action;
  winnow::cli::add_backfill_command(app, action);
  winnow::cli::add_harvest_command(app, action);
  winnow::cli::add_discover_command(app, action);
  winnow::cli::add_log_command(app, action);
  winnow::cli::add_ledger_command(app, action);
  winnow::cli::add_show_command(app, action);
  winnow::cli::add_diff_command(app, action);
  winnow::cli::add_search_command(app, action);
  winnow::cli::add_similar_command(app, action);
  winnow::cli::add_sites_command(app, action);
  winnow::cli::add_stats_command(app, action);
  winnow::cli::add_extract_command(app, action);
  winnow::cli::add_export_command(app, action);
  winnow::cli::add_import_command(app, action);
  winnow::cli::add_replay_command(app, action);
  winnow::cli::add_serve_command(app, action);
  winnow::cli::add_archives_command(app, action);
  winnow::cli::add_compact_command(app, action);
  winnow::cli::add_reextract_command(app, action);
  winnow::cli::add_verify_command(app, action);
  winnow::cli::add_backup_command(app, action);
  if (const char* word = unknown_command(app, argc, argv)) {
    std::cerr << "winnow: '" << word << "' is no command\nTry 'winnow --help'.\n";
    return static_cast<int>(ExitCode::usage);
  }
  try {
    app.parse(arguments(argc, argv));
  } catch (const CLI::ParseError& failure) {
    if (failure.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(failure);
    const auto chosen = app.get_subcommands();
    const bool lacks_command = chosen.empty() && failure.get_name() == "RequiredError";
    std::cerr << "winnow: " << (lacks_command ? "name a command" : failure.what()) << "\nTry 'winnow "
              << (chosen.empty() ? "" : chosen[0]->get_name() + " ") << "--help'.\n";
    return static_cast<int>(ExitCode::usage);
  }
  if (quiet) log.verbosity = -1;
  winnow::cli::set_up_logging(log);
  return static_cast<int>(run(action));
}
