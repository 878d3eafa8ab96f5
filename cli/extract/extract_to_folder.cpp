#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <spdlog/spdlog.h>

#include "cli/extract/extract_run.hpp"
#include "cli/extract/extracted_page.hpp"
#include "cli/extract/file_names.hpp"
#include "cli/extract/ordered_work.hpp"
#include "cli/extract/warc_pages.hpp"
#include "formats/atomic_file.hpp"
#include "model/error.hpp"
#include "model/printable.hpp"

namespace winnow::cli {
namespace {

namespace fs = std::filesystem;

struct Output {
  std::string input;
  fs::path path;
};

std::string_view extension(OutputFormat format) {
  switch (format) {
    case OutputFormat::text:
      return ".txt";
    case OutputFormat::json:
      return ".json";
    case OutputFormat::html:
      return ".html";
    default:
      return ".md";
  }
}

/// Two inputs that would become the same file, or one that would become itself: refused before any work is
/// done.
std::vector<Output> plan(const ExtractOptions& options, OutputFormat format) {
  std::map<fs::path, std::string> taken;
  std::vector<Output> outputs;
  FileNames names(options.files);
  while (auto file = names.next()) {
    if (is_warc_input(*file, options.content_type)) {
      throw usage_error("{}: the pages of a WARC file go to standard output, as lines of JSON",
                        shown_name(*file));
    }
    std::string name = *file == k_standard_input ? "stdin" : fs::path(*file).stem().string();
    const fs::path path = fs::path(options.output_dir) / name.append(extension(format));
    const auto [other, is_new] = taken.emplace(path, *file);
    if (!is_new) {
      throw usage_error("{} and {} would both become {}", printable(other->second), printable(*file),
                        printable(path.string()));
    }
    std::error_code absent;
    if (fs::equivalent(*file, path, absent))
      throw usage_error("{} would be overwritten by its own text: give another --output-dir",
                        printable(*file));
    outputs.push_back({std::move(*file), path});
  }
  return outputs;
}

}  // namespace

ExitCode extract_to_folder(const ExtractOptions& options) {
  const OutputFormat format = options.format.value_or(OutputFormat::md);
  const HeaderLine header = options.header ? HeaderLine::with : HeaderLine::without;
  const std::vector<Output> outputs = plan(options, format);
  std::error_code failure;
  fs::create_directories(options.output_dir, failure);
  if (failure) throw error("{}: cannot be created ({})", printable(options.output_dir), failure.message());

  std::size_t failed = 0;
  OrderedWork<bool> work(processors(), [&failed](bool written) { failed += written ? 0 : 1; });
  for (const Output& output : outputs) {
    work.add([&] {
      try {
        write_atomically(output.path, render(extract_file(output.input, options), format, header));
        return true;
      } catch (const UsageError&) {
        throw;  // of the command line, not of this file
      } catch (const Error& problem) {
        spdlog::error("{}", problem.what());
        return false;
      }
    });
  }
  work.finish();
  return failed == 0 ? ExitCode::done : ExitCode::error;
}

}  // namespace winnow::cli
