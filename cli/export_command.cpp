#include "cli/command.hpp"
#include "cli/export/export_formats.hpp"

namespace winnow::cli {

void add_export_command(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("export", "Hand the store's versions on as files");
  sub->require_subcommand(1);
  add_export_corpus(*sub, action);
  add_export_jsonl(*sub, action);
  add_export_csv(*sub, action);
  add_export_git(*sub, action);
  add_export_warc(*sub, action);
  add_export_wacz(*sub, action);
  add_export_evidence(*sub, action);
  sub->footer(
      "Example:\n  winnow export corpus policies --html\nThe same store gives the same bytes. A file has its "
      "name only when it is complete.");
}

}  // namespace winnow::cli
