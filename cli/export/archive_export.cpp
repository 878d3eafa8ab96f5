#include <memory>
#include <string>

#include <spdlog/spdlog.h>

#include "cli/counted.hpp"
#include "cli/export/export_formats.hpp"
#include "cli/export/export_options.hpp"
#include "cli/export/export_output.hpp"
#include "formats/wacz_writer.hpp"
#include "formats/warc_export.hpp"
#include "model/error.hpp"
#include "model/version.hpp"

namespace winnow::cli {
namespace {

struct Options {
  ExportOptions common;
  std::string file;
};

/// Puts all that is selected into `out`. What shows no version belongs to an archive as well.
void write_captures(ExportJob& job, bool captures, WarcExport& out,
                    const std::function<void(const ExportedRecord&)>& added) {
  std::size_t written = 0;
  std::size_t left_out = 0;
  job.reader().for_each(job.selection(), captures ? ExportUnit::all_captures : ExportUnit::versions,
                        ExportOrder::by_series, [&](const ExportedRecord& exported) {
                          const bool has_body = out.add(exported);
                          ++(has_body ? written : left_out);
                          if (has_body) added(exported);
                        });
  out.finish(job.reader().takeovers(job.selection()));
  spdlog::info("{} written", counted(written, captures ? "capture" : "version"));
  if (left_out > 0) {
    spdlog::warn("{} left out: imported as Markdown, there is no body of {}", counted(left_out, "text"),
                 left_out == 1 ? "it" : "them");
  }
}

ExitCode export_warc(const Options& options) {
  ExportJob job(options.common, options.file);
  ExportOutput output(options.file);
  WarcExport out([&output](std::string_view bytes) { output.write(bytes); },
                 [&job](const Sha256& sha256) { return job.reader().body(sha256); },
                 [](const WarcExport::Written&) {}, k_program, job.reader().last_written());
  write_captures(job, options.common.captures, out, [](const ExportedRecord&) {});
  output.commit();
  job.finish();
  return ExitCode::done;
}

ExitCode export_wacz(const Options& options) {
  // Readers look for a zip's index at its end: none takes a stream.
  if (options.file == "-") throw usage_error("a WACZ package goes into a file, not to standard output");
  ExportJob job(options.common, options.file);
  WaczWriter package(options.file);
  WarcExport out([&package](std::string_view bytes) { package.write_warc(bytes); },
                 [&job](const Sha256& sha256) { return job.reader().body(sha256); },
                 [&package](const WarcExport::Written& written) { package.add_to_index(written); }, k_program,
                 job.reader().last_written());
  write_captures(job, options.common.captures, out, [&package](const ExportedRecord& exported) {
    if (exported.shows_version()) package.add_page(exported);
  });
  package.commit("Privacy policies and their versions", k_program, job.reader().last_written());
  job.finish();
  return ExitCode::done;
}

}  // namespace

void add_export_warc(CLI::App& parent, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub =
      parent.add_subcommand("warc", "A WARC 1.1 file, gzip by record, as other archives' tools read it");
  sub->add_option("FILE", options->file, "Replaced when the export is complete; - is standard output")
      ->required();
  add_export_options(*sub, options->common, WithCursor::yes);
  sub->footer(
      "Example:\n  winnow export warc policies.warc.gz --captures\nThe first capture of each version, with "
      "--captures all of them: also redirects, errors and pages without\na text. Bodies that repeat are "
      "revisits. `winnow import` takes the file back.");
  sub->callback([options, &action] { action = [options] { return export_warc(*options); }; });
}

void add_export_wacz(CLI::App& parent, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub =
      parent.add_subcommand("wacz", "A WACZ 1.1.1 package: the WARC file with index and list of pages");
  sub->add_option("FILE", options->file, "Replaced when the export is complete")->required();
  add_export_options(*sub, options->common, WithCursor::yes);
  sub->footer("Example:\n  winnow export wacz policies.wacz --site soompi.com --captures");
  sub->callback([options, &action] { action = [options] { return export_wacz(*options); }; });
}

}  // namespace winnow::cli
