#include <functional>
#include <memory>
#include <string>

#include <spdlog/spdlog.h>

#include "cli/counted.hpp"
#include "cli/export/export_formats.hpp"
#include "cli/export/export_options.hpp"
#include "cli/export/export_output.hpp"
#include "formats/csv_record.hpp"
#include "formats/jsonl_record.hpp"

namespace winnow::cli {
namespace {

struct Options {
  ExportOptions common;
  std::string file = "-";
  bool text = false;
};

using Render = std::function<std::string(const ExportedRecord&)>;

ExitCode write_records(const Options& options, const std::string& header, const Render& render) {
  ExportJob job(options.common, options.file);
  ExportOutput output(options.file);
  output.write(header);
  std::size_t records = 0;
  job.for_each([&](const ExportedRecord& exported) {
    output.write(render(exported));
    ++records;
  });
  output.commit();
  if (options.file != "-") {
    spdlog::info("{} in {}", counted(records, options.common.captures ? "capture" : "version"), options.file);
  }
  job.finish();
  return ExitCode::done;
}

ExitCode export_jsonl(const Options& options) {
  return write_records(options, {},
                       [](const ExportedRecord& exported) { return jsonl_record(exported) + "\n"; });
}

ExitCode export_csv(const Options& options) {
  const WithText with_text = options.text ? WithText::yes : WithText::no;
  return write_records(options, csv_header(with_text), [with_text](const ExportedRecord& exported) {
    return csv_record(exported, with_text);
  });
}

void add_file_argument(CLI::App& sub, Options& options) {
  sub.add_option("FILE", options.file, "Replaced when the export is complete; - is standard output")
      ->capture_default_str();
  add_export_options(sub, options.common, WithCursor::yes);
}

}  // namespace

void add_export_jsonl(CLI::App& parent, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = parent.add_subcommand("jsonl", "One version a line, with all provenance");
  add_file_argument(*sub, *options);
  sub->footer(
      "Example:\n  winnow export jsonl versions.jsonl\n  winnow export jsonl - | jq -r '[.site, .first_seen, "
      ".words] | @tsv'\n  winnow export jsonl new-$(date +%F).jsonl --cursor-file analyzer.cursor   # from "
      "cron\n"
      "docs/records.md has the keys, docs/records.schema.json the JSON Schema.");
  sub->callback([options, &action] { action = [options] { return export_jsonl(*options); }; });
}

void add_export_csv(CLI::App& parent, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = parent.add_subcommand("csv", "One version a record, below a line with the columns' names");
  add_file_argument(*sub, *options);
  sub->add_flag("--text", options->text, "With a column of the texts themselves");
  sub->footer("Example:\n  winnow export csv versions.csv\n  winnow export csv - --site soompi.com --text");
  sub->callback([options, &action] { action = [options] { return export_csv(*options); }; });
}

}  // namespace winnow::cli
