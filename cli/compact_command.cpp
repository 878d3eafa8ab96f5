#include <memory>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "cli/command.hpp"
#include "cli/counted.hpp"
#include "cli/interrupt.hpp"
#include "cli/json_text.hpp"
#include "cli/output.hpp"
#include "cli/store_option.hpp"
#include "model/error.hpp"
#include "model/version.hpp"
#include "storage/compactor.hpp"

namespace winnow::cli {
namespace {

struct Options {
  std::string store;
  bool json = false;
};

std::string megabytes(std::uint64_t bytes) {
  constexpr double k_megabyte = 1e6;
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / k_megabyte);
}

std::string line(std::string_view name, const PackedSize& before, const PackedSize& after) {
  const double times =
      after.packed == 0 ? 1 : static_cast<double>(after.bytes) / static_cast<double>(after.packed);
  return fmt::format("{:<7} {:>9}  {:>10}  packed {:>9} -> {:>9}  {:.1f} times smaller\n", name, after.count,
                     megabytes(after.bytes), megabytes(before.packed), megabytes(after.packed), times);
}

nlohmann::ordered_json json(const PackedSize& before, const PackedSize& after) {
  return {{"count", after.count},
          {"bytes", after.bytes},
          {"packed_before", before.packed},
          {"packed", after.packed}};
}

std::string_view words(Compactor::Shrunk shrunk) {
  switch (shrunk) {
    case Compactor::Shrunk::done:
      return "";
    case Compactor::Shrunk::nothing_to_give:
      return "the file has no free pages to hand back";
    case Compactor::Shrunk::others_write:
      return "another run writes: the file's free pages are used by what comes, or handed back by the next "
             "compact";
  }
  return "";
}

ExitCode run(const Options& options) {
  catch_interrupts();
  Compactor compactor(store_path(options.store), k_program);
  const StoreSize before = compactor.size();
  while (!interrupted() && compactor.step()) {
  }
  if (compactor.left() == 0) {
    if (const std::string_view said = words(compactor.shrink()); !said.empty()) spdlog::info("{}", said);
  } else {
    spdlog::info("stopped, {} left: run it again to go on", counted(compactor.left(), "content"));
  }
  const StoreSize after = compactor.size();
  const nlohmann::ordered_json report = {{"bodies", json(before.bodies, after.bodies)},
                                         {"texts", json(before.texts, after.texts)},
                                         {"file_before", before.file},
                                         {"file", after.file},
                                         {"left", compactor.left()},
                                         {"damaged", compactor.damaged()}};
  const bool is_whole = compactor.left() == 0 && compactor.damaged() == 0;
  const ExitCode code = is_whole ? ExitCode::done : ExitCode::error;
  compactor.end(static_cast<int>(code), json_line(report));
  if (options.json) {
    print(json_text(report));
  } else {
    print(line("bodies", before.bodies, after.bodies) + line("texts", before.texts, after.texts) +
          fmt::format("{:<7} {:>9}  {:>10}         {:>9} -> {:>9}\n", "store", "", "", megabytes(before.file),
                      megabytes(after.file)));
  }
  if (compactor.damaged() > 0) {
    spdlog::error("{} can't be read back and stayed as they are: `winnow verify` tells which",
                  counted(compactor.damaged(), "content"));
  }
  return code;
}

}  // namespace

void add_compact_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = app.add_subcommand("compact", "Pack the store's bodies and texts anew, as small as they get");
  add_store_option(*sub, options->store);
  sub->add_flag("--json", options->json, "Print JSON");
  sub->footer(
      "Example:\n  winnow compact\n"
      "May be stopped at any moment and goes on where it was; harvests and readers go on meanwhile.\n"
      "To hand free pages back takes free disk of twice the compact store's size for a while.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
