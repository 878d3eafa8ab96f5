#include <memory>
#include <string>

#include <spdlog/spdlog.h>

#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "cli/store_option.hpp"
#include "model/error.hpp"
#include "storage/backup.hpp"

namespace winnow::cli {
namespace {

struct Options {
  std::string store;
  std::string destination;
};

ExitCode run(const Options& options) {
  if (options.destination.empty()) throw usage_error("DEST is empty: name the backup's file");
  catch_interrupts();
  const std::uint64_t size =
      back_up(store_path(options.store), options.destination, [] { return !interrupted(); });
  if (size == 0) {
    spdlog::warn("stopped; there is no backup {}", options.destination);
    return ExitCode::error;
  }
  constexpr double k_megabyte = 1e6;
  spdlog::info("{}: {:.1f} MB, verified", options.destination, static_cast<double>(size) / k_megabyte);
  return ExitCode::done;
}

}  // namespace

void add_backup_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = app.add_subcommand("backup", "Copy the store while it is in use, and verify the copy");
  sub->add_option("DEST", options->destination, "The copy's file; never overwritten when it is there")
      ->required();
  add_store_option(*sub, options->store);
  sub->footer(
      "Example:\n  winnow backup /mnt/backup/winnow-$(date +%F).db\n"
      "A file of that name is always whole: what is unfinished is called DEST.partial.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
