#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "cli/analyse_versions.hpp"
#include "cli/command.hpp"
#include "cli/counted.hpp"
#include "cli/import/document_import.hpp"
#include "cli/import/import_batch.hpp"
#include "cli/import/warc_import.hpp"
#include "cli/interrupt.hpp"
#include "cli/reextract.hpp"
#include "cli/store_option.hpp"
#include "formats/mapped_file.hpp"
#include "model/error.hpp"
#include "model/printable.hpp"
#include "model/version.hpp"

namespace winnow::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> files;
  std::string store;
};

/// No document of that corpus is near this.
constexpr std::size_t k_largest_document = std::size_t{64} << 20U;

/// By its first bytes: WARC, or gzip or zstd, which documents never are.
bool is_warc(const std::string& path) {
  const MappedFile file(path);
  const std::string_view start = file.bytes();
  return start.starts_with("WARC/") || start.starts_with("\x1f\x8b") || start.starts_with("\x28\xb5\x2f\xfd");
}

std::string command_line(const Options& options) {
  std::string line = "winnow import";
  // The first few tell which job it was; a corpus may be a million files.
  constexpr std::size_t k_named = 8;
  for (std::size_t i = 0; i < options.files.size() && i < k_named; ++i)
    line += " " + options.files[i];
  if (options.files.size() > k_named) line += fmt::format(" ({} files)", options.files.size());
  return line;
}

/// Returns how many documents were left out.
std::size_t import_documents(Store& store, const std::vector<std::string>& paths, ImportBatch& batch) {
  if (paths.empty()) return 0;
  const ArchiveId archived = store.archive(k_document_archive, "wayback");
  std::size_t left_out = 0;
  for (const std::string& path : paths) {
    if (interrupted()) break;
    const MappedFile file(path);
    if (file.bytes().size() > k_largest_document) {
      spdlog::error("{} not imported: larger than any document", printable(path));
      ++left_out;
      continue;
    }
    auto capture = read_document(fs::path(path).filename().string(), file.bytes(), batch);
    if (capture) {
      const bool live = capture->provenance.archive == k_live_archive;
      const ArchiveId archive = live ? store.archive(k_live_archive, "live") : archived;
      batch.add(archive, Found::import, std::move(*capture));
    } else {
      spdlog::error("{} not imported: it has no provenance header, so nobody knows where and when it was",
                    printable(path));
      ++left_out;
    }
  }
  return left_out;
}

ExitCode run(const Options& options) {
  // All files are looked at before the store is touched: a mistyped name stops the job at its start.
  std::vector<std::string> warcs;
  std::vector<std::string> documents;
  for (const std::string& file : options.files)
    (is_warc(file) ? warcs : documents).push_back(file);

  catch_interrupts();
  const fs::path path = store_path(options.store);
  Store store(path);
  reextract_if_outdated(path);
  store.begin_run(command_line(options), k_program);
  ImportBatch batch(store, path);
  std::size_t left_out = import_documents(store, documents, batch);
  if (!warcs.empty()) left_out += import_warcs(store, warcs, batch);
  batch.flush();
  analyse_versions(store, path);

  ExitCode code = left_out > 0 ? ExitCode::incomplete : ExitCode::done;
  if (interrupted()) {
    code = ExitCode::error;
    spdlog::warn("stopped; what was imported is kept. Run the same command again to go on");
  }
  const nlohmann::ordered_json report = {
      {"captures", batch.added()}, {"imported", batch.held()}, {"left_out", left_out}};
  store.end_run(static_cast<int>(code), report.dump());
  store.note_told();
  spdlog::info("{} imported, {} known already, {} left out", counted(batch.held(), "capture"),
               batch.added() - batch.held(), left_out);
  return code;
}

}  // namespace

void add_import_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub =
      app.add_subcommand("import", "Take over captures from WARC files and Princeton-Leuven documents");
  sub->add_option("FILE", options->files,
                  "WARC files (plain, gzip, zstd), .md and .html documents with their header")
      ->required();
  add_store_option(*sub, options->store);
  sub->footer(
      "Example:\n  winnow import crawl.warc.gz\n  winnow import soompi.com.md soompi.com.html\n"
      "Exits with 3 when some were left out: a document without a header, a damaged record, a revisit whose\n"
      "response is in none of the files. Importing again changes nothing.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
