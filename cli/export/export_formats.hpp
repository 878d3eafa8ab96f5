// The formats of `winnow export`: each adds its own subcommand.
#pragma once

#include "cli/command.hpp"

namespace winnow::cli {

void add_export_corpus(CLI::App& parent, Action& action);
void add_export_csv(CLI::App& parent, Action& action);
void add_export_evidence(CLI::App& parent, Action& action);
void add_export_git(CLI::App& parent, Action& action);
void add_export_jsonl(CLI::App& parent, Action& action);
void add_export_wacz(CLI::App& parent, Action& action);
void add_export_warc(CLI::App& parent, Action& action);

}  // namespace winnow::cli
