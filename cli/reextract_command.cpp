#include <memory>
#include <string>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/analyse_versions.hpp"
#include "cli/command.hpp"
#include "cli/counted.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/reextract.hpp"
#include "cli/store_option.hpp"

namespace winnow::cli {
namespace {

struct Options {
  std::string store;
};

ExitCode run(const Options& options) {
  catch_interrupts();
  const auto path = store_path(options.store);
  const auto [outcome, left] = reextract(path);
  if (left > 0) {
    spdlog::warn("stopped, {} left, and nothing has changed yet: run it again to go on",
                 counted(left, "page"));
    return ExitCode::error;
  }
  Store store(path);
  analyse_versions(store, path);
  store.note_arrivals();
  print(fmt::format("{} read; {} otherwise than before; {:+} versions\n", counted(outcome.readings, "page"),
                    counted(outcome.captures, "capture reads", "captures read"), outcome.versions));
  return ExitCode::done;
}

}  // namespace

void add_reextract_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = app.add_subcommand("reextract", "Read all stored bodies anew, and make the versions from that");
  add_store_option(*sub, options->store);
  sub->footer(
      "Example:\n  winnow reextract\n"
      "For what a newer winnow reads better, or once pdftotext is installed. Asks no archive. May be stopped "
      "at\n"
      "any moment and goes on where it was; what is new is seen at once, at its end. A harvest by a winnow\n"
      "that reads otherwise does it by itself first. Nothing else writes meanwhile.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
