// What --help prints, in words for people.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace winnow::cli {

/// CLI11's own formatter shows its types, bounds and rules instead (`--captures TEXT:{unique,all}=unique`,
/// `FILE TEXT ... REQUIRED`, `Excludes: --at`). Here an option's value is the name that type_name() gives it,
/// the default stands behind the description, and what is needed is to be seen in the line of usage.
class HelpFormatter : public CLI::Formatter {
public:
  HelpFormatter() {
    column_width(27);
    label("Positionals", "Arguments");
    label("SUBCOMMAND", "COMMAND");
  }

  std::string make_option_opts(const CLI::Option* option) const override {
    const bool has_value = option->get_type_size() != 0 && !option->get_positional();
    const std::string type = option->get_type_name();
    return has_value ? " " + type.substr(0, type.find(':')) : std::string();  // bounds follow the colon
  }

  std::string make_option_desc(const CLI::Option* option) const override {
    const std::string value = option->get_default_str();
    return option->get_description() + (value.empty() ? "" : " [" + value + "]");
  }

  std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode) const override {
    std::string commands;
    for (const CLI::App* command : app->get_subcommands({}))
      commands += make_subcommand(command);
    return commands.empty() ? commands : "\nCommands:\n" + commands;
  }
};

}  // namespace winnow::cli
