#include <filesystem>
#include <memory>
#include <string>

#include <spdlog/spdlog.h>

#include "cli/command.hpp"
#include "cli/counted.hpp"
#include "cli/output.hpp"
#include "cli/store_option.hpp"
#include "formats/atomic_file.hpp"
#include "formats/corpus_document.hpp"
#include "formats/corpus_layout.hpp"
#include "formats/jsonl_record.hpp"
#include "model/error.hpp"
#include "storage/store_reader.hpp"

namespace winnow::cli {
namespace {

namespace fs = std::filesystem;

struct CorpusOptions {
  std::string store;
  std::string folder;
  bool html = false;
};

struct JsonlOptions {
  std::string store;
  std::string file = "-";
};

void make_folder(const fs::path& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem) throw error("can't make the folder {}: {}", folder.string(), problem.message());
}

ExitCode export_corpus(const CorpusOptions& options) {
  StoreReader store(store_path(options.store));
  const fs::path folder = options.folder;
  make_folder(folder);
  CorpusNames names;
  std::size_t texts = 0;
  std::size_t twins = 0;
  store.for_each_version([&](const VersionRecord& record) {
    const fs::path path = folder / names.next(record.site, record.capture.timestamp);
    make_folder(path.parent_path());
    write_atomically(path.string() + ".md", render_version_document(record));
    ++texts;
    if (!options.html || !record.body_sha256) return;
    const auto body = store.body(*record.body_sha256);
    if (!body) throw error("the store lacks the body {}", record.body_sha256->hex());
    write_atomically(path.string() + ".html", render_version_source(record, *body));
    ++twins;
  });
  spdlog::info("{}{} in {}", counted(texts, "text"),
               options.html ? " and " + counted(twins, "HTML twin") : "", options.folder);
  return ExitCode::done;
}

ExitCode export_jsonl(const JsonlOptions& options) {
  StoreReader store(store_path(options.store));
  if (options.file == "-") {
    store.for_each_version([](const VersionRecord& record) { write_stdout(jsonl_record(record) + "\n"); });
    flush_stdout();
    return ExitCode::done;
  }
  AtomicFile file(options.file);
  std::size_t versions = 0;
  store.for_each_version([&](const VersionRecord& record) {
    file.write(jsonl_record(record));
    file.write("\n");
    ++versions;
  });
  file.commit();
  spdlog::info("{} in {}", counted(versions, "version"), options.file);
  return ExitCode::done;
}

void add_corpus(CLI::App& parent, Action& action) {
  auto options = std::make_shared<CorpusOptions>();
  auto* sub = parent.add_subcommand("corpus", "One Markdown file a version: DIR/<site>/<timestamp>.md");
  sub->add_option("DIR", options->folder, "Made if it is not there; files of the same name are replaced")
      ->required();
  add_store_option(*sub, options->store);
  sub->add_flag("--html", options->html, "Beside each text the page's source, below its comment header");
  sub->footer("Example:\n  winnow export corpus policies --html");
  sub->callback([options, &action] { action = [options] { return export_corpus(*options); }; });
}

void add_jsonl(CLI::App& parent, Action& action) {
  auto options = std::make_shared<JsonlOptions>();
  auto* sub = parent.add_subcommand("jsonl", "One version a line, with all provenance");
  sub->add_option("FILE", options->file, "Replaced when the export is complete; - is standard output")
      ->capture_default_str();
  add_store_option(*sub, options->store);
  sub->footer(
      "Example:\n  winnow export jsonl versions.jsonl\n  winnow export jsonl - | jq -r '[.site, .first_seen, "
      ".words] | @tsv'");
  sub->callback([options, &action] { action = [options] { return export_jsonl(*options); }; });
}

}  // namespace

void add_export_command(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("export", "Hand the store's versions on as files");
  sub->require_subcommand(1);
  add_corpus(*sub, action);
  add_jsonl(*sub, action);
  sub->footer("Example:\n  winnow export corpus policies --html\nThe same store gives the same bytes.");
}

}  // namespace winnow::cli
