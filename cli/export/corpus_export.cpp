#include <filesystem>
#include <memory>
#include <string>

#include <spdlog/spdlog.h>

#include "cli/counted.hpp"
#include "cli/export/export_formats.hpp"
#include "cli/export/export_options.hpp"
#include "formats/atomic_file.hpp"
#include "formats/corpus_document.hpp"
#include "formats/corpus_layout.hpp"
#include "formats/partial_path.hpp"

namespace winnow::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  ExportOptions common;
  std::string folder;
  bool html = false;
};

ExitCode run(const Options& options) {
  ExportJob job(options.common);
  const fs::path folder = options.folder;
  make_folder(folder);
  CorpusNames names;
  std::size_t texts = 0;
  std::size_t twins = 0;
  job.for_each([&](const ExportedRecord& exported) {
    const VersionRecord& record = exported.record;
    // What is new does not know which names earlier exports have given: each has one that is its own.
    const fs::path path =
        folder / (job.is_continued()
                      ? CorpusNames::own(record.site, record.capture.timestamp, record_id(exported))
                      : names.next(record.site, record.capture.timestamp));
    make_folder(path.parent_path());
    write_atomically(path.string() + ".md", render_version_document(record));
    ++texts;
    if (!options.html || !record.body_sha256) return;
    write_atomically(path.string() + ".html",
                     render_version_source(record, job.reader().body(*record.body_sha256)));
    ++twins;
  });
  spdlog::info("{}{} in {}", counted(texts, "text"),
               options.html ? " and " + counted(twins, "HTML twin") : "", options.folder);
  job.finish();
  return ExitCode::done;
}

}  // namespace

void add_export_corpus(CLI::App& parent, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = parent.add_subcommand("corpus", "One Markdown file a version: DIR/<site>/<timestamp>.md");
  sub->add_option("DIR", options->folder, "Made if it is not there; files of the same name are replaced")
      ->required();
  add_export_options(*sub, options->common, WithCursor::yes);
  sub->add_flag("--html", options->html, "Beside each text the page's source, below its comment header");
  sub->footer(
      "Example:\n  winnow export corpus policies --html\nAfter a cursor, names end in eight digits of the "
      "record's id (docs/records.md), so that no file of an\nearlier export is replaced.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
