#include <algorithm>
#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include <spdlog/spdlog.h>

#include "cli/extract/extract_run.hpp"
#include "cli/extract/extracted_page.hpp"
#include "cli/extract/file_names.hpp"
#include "cli/extract/ordered_work.hpp"
#include "cli/extract/page_reader.hpp"
#include "cli/extract/spooled_input.hpp"
#include "cli/extract/warc_pages.hpp"
#include "cli/output.hpp"
#include "cli/read_input.hpp"
#include "model/error.hpp"

namespace winnow::cli {
namespace {

/// What is to be extracted, known as WARC or as a page.
class Inputs {
public:
  /// Reads standard input where it is named, and its type is not given, as far as a page is read.
  explicit Inputs(const ExtractOptions& options) : m_options(options) {
    const auto& files = options.files;
    const bool is_named = std::find(files.begin(), files.end(), k_standard_input) != files.end();
    if (is_named && !is_warc_input(std::string(k_standard_input), options.content_type))
      m_standard_input = read_input(std::string(k_standard_input));
  }

  [[nodiscard]] bool is_warc(const std::string& file) const {
    return is_warc_input(file, m_options.content_type) ||
           (file == k_standard_input && begins_like_warc(m_standard_input));
  }

  [[nodiscard]] ExtractedPage extract(const std::string& file) const {
    return file == k_standard_input ? extract_bytes(file, m_standard_input, m_options)
                                    : extract_file(file, m_options);
  }

  /// As far as it was read.
  [[nodiscard]] const std::string& standard_input() const { return m_standard_input; }

private:
  const ExtractOptions& m_options;
  std::string m_standard_input;
};

/// Lines of JSON from whatever files there are.
class RecordStream {
public:
  RecordStream(const ExtractOptions& options, const Inputs& inputs)
      : m_inputs(inputs), m_reader(options.section) {}

  void add(const std::string& file) {
    if (m_inputs.is_warc(file)) {
      add_warc(file);
    } else {
      m_lines.add([this, file] { return read_file(file); });
    }
  }

  [[nodiscard]] ExitCode finish() {
    m_lines.finish();
    if (m_failed > 0) return ExitCode::error;
    return m_left_out > 0 ? ExitCode::incomplete : ExitCode::done;
  }

private:
  void fail(const Error& problem) {
    ++m_failed;
    spdlog::error("{}", problem.what());
  }

  std::string read_file(const std::string& file) {
    try {
      return render(m_inputs.extract(file), OutputFormat::json, HeaderLine::without);
    } catch (const Error& problem) {
      fail(problem);
      return {};
    }
  }

  std::string read_page(const std::string& file, WarcPage page) {
    try {
      if (auto line = m_reader.read(file, std::move(page))) return std::move(*line);
      ++m_left_out;
    } catch (const Error& problem) {
      fail(problem);
    }
    return {};
  }

  void add_warc(const std::string& file) {
    std::optional<SpooledInput> spooled;
    std::optional<WarcPages> pages;
    const auto next = [&]() -> std::optional<WarcPage> {
      try {
        if (file == k_standard_input && !spooled) spooled.emplace(m_inputs.standard_input());
        if (!pages) pages.emplace(spooled ? spooled->path() : file, shown_name(file));
        return pages->next();
      } catch (const Error& problem) {
        fail(problem);
        return std::nullopt;
      }
    };
    while (auto page = next()) {
      m_lines.add(
          [this, file, held = std::move(*page)]() mutable { return read_page(file, std::move(held)); });
    }
    if (pages) m_left_out += pages->left_out();
  }

  const Inputs& m_inputs;
  PageReader m_reader;
  std::atomic<std::size_t> m_failed = 0;
  std::atomic<std::size_t> m_left_out = 0;
  OrderedWork<std::string> m_lines{processors(), [](const std::string& line) { write_stdout(line); }};
};

ExitCode write_records(const ExtractOptions& options, const Inputs& inputs, FileNames names) {
  RecordStream records(options, inputs);
  while (const auto name = names.next())
    records.add(*name);
  const ExitCode code = records.finish();
  flush_stdout();
  return code;
}

bool is_many(const ExtractOptions& options) {
  return options.files.size() > 1 || options.files.front().starts_with('@');
}

}  // namespace

ExitCode extract_to_stdout(const ExtractOptions& options) {
  const std::string& first = options.files.front();
  FileNames names(options.files);
  const Inputs inputs(options);
  const bool has_warc = std::any_of(options.files.begin(), options.files.end(),
                                    [&](const std::string& file) { return inputs.is_warc(file); });
  if (options.format == OutputFormat::json || (has_warc && !options.format))
    return write_records(options, inputs, std::move(names));
  if (has_warc) throw usage_error("the pages of a WARC file come out as lines of JSON: --format json");
  // Only JSON has a mark where one page ends and the next begins.
  if (is_many(options)) {
    throw usage_error(
        "several files would run into one text: --output-dir DIR writes one for each, --format json a line");
  }
  const HeaderLine header = options.header ? HeaderLine::with : HeaderLine::without;
  write_stdout(render(inputs.extract(first), options.format.value_or(OutputFormat::md), header));
  flush_stdout();
  return ExitCode::done;
}

}  // namespace winnow::cli
