#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "cli/analyse_versions.hpp"
#include "cli/command.hpp"
#include "cli/counted.hpp"
#include "cli/import/import_batch.hpp"
#include "cli/import/importer.hpp"
#include "cli/interrupt.hpp"
#include "cli/reextract.hpp"
#include "cli/store_option.hpp"
#include "formats/container.hpp"
#include "model/error.hpp"
#include "model/version.hpp"

namespace winnow::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> files;
  std::string store;
};

std::string command_line(const Options& options) {
  std::string line = "winnow import";
  // The first few tell which job it was; a corpus may be a million files.
  constexpr std::size_t k_named = 8;
  for (std::size_t i = 0; i < options.files.size() && i < k_named; ++i)
    line += " " + options.files[i];
  if (options.files.size() > k_named) line += fmt::format(" ({} files)", options.files.size());
  return line;
}

/// When this machine fails the import midway (no room for a container's files, say).
void keep_what_came(Store& store, ImportBatch& batch) {
  try {
    batch.flush();
    store.end_run(static_cast<int>(ExitCode::error), nlohmann::json{{"captures", batch.added()}}.dump());
  } catch (const Error&) {
    // The store itself has failed, which is what the user is told.
  }
}

ExitCode run(const Options& options) {
  // All are looked at before the store is touched: a mistyped name stops the job at its start.
  for (const std::string& file : options.files)
    if (!fs::is_directory(file)) static_cast<void>(kind_of_file(file));

  catch_interrupts();
  const fs::path path = store_path(options.store);
  Store store(path);
  reextract_if_outdated(path);
  store.begin_run(command_line(options), k_program);
  ImportBatch batch(store, path);
  Importer importer(store, batch);
  try {
    for (const std::string& file : options.files)
      if (!interrupted()) importer.take(file);
    importer.finish();
  } catch (const Error&) {
    keep_what_came(store, batch);
    throw;
  }
  const std::size_t left_out = importer.left_out();
  analyse_versions(store, path);
  const auto last_arrival = store.note_arrivals();

  ExitCode code = left_out > 0 ? ExitCode::incomplete : ExitCode::done;
  if (interrupted()) {
    code = ExitCode::error;
    spdlog::warn("stopped; what was imported is kept. Run the same command again to go on");
  }
  const nlohmann::ordered_json report = {
      {"captures", batch.added()}, {"imported", batch.imported()}, {"left_out", left_out}};
  store.end_run(static_cast<int>(code), report.dump());
  store.note_told(last_arrival);
  spdlog::info("{} imported, {} known already, {} left out", counted(batch.imported(), "capture"),
               batch.added() - batch.imported(), left_out);
  if (importer.passed_over() > 0)
    spdlog::info("{} passed over", counted(importer.passed_over(), "other file"));
  return code;
}

}  // namespace

void add_import_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = app.add_subcommand(
      "import", "Take over captures from WARC and WACZ files, Princeton-Leuven documents, exports");
  sub->add_option(
         "FILE", options->files,
         "WARC files (plain, gzip, zstd), WACZ packages, .md and .html documents with their header, JSON "
         "lines of an export; folders and tar files of them")
      ->required();
  add_store_option(*sub, options->store);
  sub->footer(
      "Example:\n  winnow import crawl.warc.gz\n  winnow import soompi.com.md soompi.com.html\n  winnow "
      "import princeton-leuven.tar.zst\n"
      "Exits with 3 when some were left out: a document without a header, a damaged record, a revisit whose\n"
      "response is in none of the files. Importing again changes nothing.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
