#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/command.hpp"
#include "cli/diff/compared.hpp"
#include "cli/diff/diff_view.hpp"
#include "cli/output.hpp"
#include "cli/store_option.hpp"
#include "cli/terminal.hpp"
#include "model/error.hpp"
#include "model/printable.hpp"
#include "model/unified_diff.hpp"
#include "model/word_diff.hpp"

namespace winnow::cli {
namespace {

struct Options {
  std::vector<std::string> words;
  std::string store;
  bool unified = false;
  bool html = false;
  bool json = false;
};

/// As diff -u labels a file: a name, and the time behind a tab.
std::string label(const ComparedVersion& version) {
  std::string time = version.record.capture.timestamp.iso();
  time.replace(time.find('T'), 1, " ");
  time.replace(time.find('Z'), 1, " +0000");
  return fmt::format("{}#{}\t{}", printable_line(version.page), version.record.version.number, time);
}

/// For patch, which needs the bytes as they are; a terminal does not.
std::string unified(const Compared& compared) {
  // With the last line's end, as every text is that winnow hands out.
  const std::string diff =
      unified_diff(compared.older.record.text.markdown + "\n", compared.newer.record.text.markdown + "\n",
                   label(compared.older), label(compared.newer));
  if (!stdout_is_terminal()) return diff;
  std::string safe;
  for (std::string_view rest = diff; !rest.empty();) {
    const std::size_t end = rest.find('\n');  // every line has one
    safe += printable_line(rest.substr(0, end)) + "\n";
    rest.remove_prefix(end + 1);
  }
  return safe;
}

std::string rendered(const Compared& compared, const Options& options) {
  if (options.unified) return unified(compared);
  const WordDiff diff = word_diff(compared.older.record.text.markdown, compared.newer.record.text.markdown);
  if (options.html) return render_html(compared, diff);
  if (options.json) return render_json(compared, diff);
  return render_text(compared, diff, stdout_wants_colours() ? Marks::colours : Marks::signs);
}

ExitCode run(const Options& options) {
  if (options.words.size() > 3)
    throw usage_error("name a page and two versions, no more: winnow diff soompi.com 2 3");
  StoreReader store(store_path(options.store));
  const Compared compared = read_compared(store, options.words);
  if (compared.older.record.version.text_sha256 == compared.newer.record.version.text_sha256)
    spdlog::info("both have the same text");
  print(rendered(compared, options));
  return ExitCode::done;
}

}  // namespace

void add_diff_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = app.add_subcommand("diff", "Show what has changed between two versions, word by word");
  sub->add_option(
         "TARGET", options->words,
         "A page and two versions, by number or date; two targets; or one: against the version before it")
      ->required();
  add_store_option(*sub, options->store);
  auto* unified =
      sub->add_flag("--unified", options->unified, "Print the Markdown's lines as a diff that patch takes");
  auto* html = sub->add_flag("--html", options->html, "Print a page for the browser")->excludes(unified);
  sub->add_flag("--json", options->json, "Print all pieces and the summary as JSON")
      ->excludes(unified)
      ->excludes(html);
  sub->footer(
      "Example:\n"
      "  winnow diff soompi.com 2 3                          also: soompi.com 2011 2015-06\n"
      "  winnow diff soompi.com#2 #3                         also: soompi.com@2011 @2015\n"
      "  winnow diff soompi.com#3 --html >changes.html       what version 3 has changed\n"
      "Removed words are [-so-], added ones {+so+}, on a terminal in colours unless NO_COLOR is set. The "
      "exit\n"
      "code is 0 whether the versions differ or not.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
