#include <csignal>
#include <map>
#include <memory>
#include <string>

#include "cli/command.hpp"
#include "cli/extract/extract_options.hpp"
#include "cli/extract/extract_run.hpp"
#include "model/error.hpp"

namespace winnow::cli {
namespace {

const std::map<std::string, OutputFormat> k_formats = {{"md", OutputFormat::md},
                                                       {"text", OutputFormat::text},
                                                       {"json", OutputFormat::json},
                                                       {"html", OutputFormat::html}};

ExitCode run(ExtractOptions options, const std::string& format) {
  // Whoever reads may stop reading, as `head` does: that is no error of ours. Parents (Python, nohup, Java)
  // leave the signal ignored.
  std::signal(SIGPIPE, SIG_DFL);
  if (!format.empty()) options.format = k_formats.at(format);
  if (options.header && options.format.value_or(OutputFormat::md) != OutputFormat::md)
    throw usage_error("--header is a line of Markdown: leave out --format");
  if (!options.output_dir.empty()) {
    if (options.files.empty()) throw usage_error("--output-dir needs the names of the files to extract");
    return extract_to_folder(options);
  }
  if (options.files.empty()) options.files.emplace_back(k_standard_input);
  return extract_to_stdout(options);
}

}  // namespace

void add_extract_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<ExtractOptions>();
  auto format = std::make_shared<std::string>();
  auto* command =
      app.add_subcommand("extract", "HTML, PDF or WARC in; Markdown, text, JSON or clean HTML out");
  command->add_option("FILE", options->files,
                      "Pages, WARC files, @LIST for a list of them, - for standard input (the default)");
  command
      ->add_option("--format", *format, "What comes out: Markdown, a paragraph a line, a record, a page [md]")
      ->type_name("md|text|json|html")
      ->check(CLI::IsMember({"md", "text", "json", "html"}));
  command
      ->add_option("--url", options->url,
                   "The page's URL: links are resolved against it, and its #fragment selects one of "
                   "several documents on the page")
      ->type_name("URL");
  command
      ->add_option(
          "--section", options->section,
          "Only the part of this heading (case and accents do not matter); the whole, with a warning, "
          "where there is none")
      ->type_name("TITLE");
  command
      ->add_option("--content-type", options->content_type,
                   "The Content-Type that the page was sent with; text/markdown for a text that is extracted "
                   "already, application/warc for a WARC file")
      ->type_name("TYPE");
  command->add_flag("--header", options->header,
                    "Print the provenance line first: from a replay URL (--url), or a corpus page's comment");
  command
      ->add_option("--output-dir", options->output_dir,
                   "Write DIR/NAME.md (.txt, .json, .html) for each file NAME.*, stdin.md for -")
      ->type_name("DIR");
  command->footer(
      "Examples:\n"
      "  curl -s https://example.org/privacy | winnow extract --url https://example.org/privacy\n"
      "  winnow extract --output-dir texts pages/*.html\n"
      "  winnow extract --section 'privacy policy' legal.html\n"
      "  winnow extract --format json crawl.warc.gz >records.jsonl     a line for each page, in order\n"
      "  find pages -name '*.html' | winnow extract --format json @-   the same of many files\n"
      "  winnow extract --format json --content-type text/markdown policy.md\n"
      "JSON has the text and what is said of it: language, whether it is a privacy policy, dates, outline,\n"
      "addresses (docs/records.md). Exits with 1 when a file could not be read, with 3 when records of a "
      "WARC\n"
      "file were left out; the others are written. A page without text is a warning.");
  command->callback(
      [options, format, &action] { action = [options, format] { return run(*options, *format); }; });
}

}  // namespace winnow::cli
