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
#include "model/error.hpp"

namespace winnow::cli {
namespace {

/// Lines of JSON from whatever files there are.
class RecordStream {
public:
  explicit RecordStream(const ExtractOptions& options) : m_options(options) {}

  void add(const std::string& file) {
    if (is_warc_input(file, m_options.content_type)) {
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
      return render(extract_file(file, m_options), OutputFormat::json, HeaderLine::without);
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
        if (file == k_standard_input && !spooled) spooled.emplace();
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

  const ExtractOptions& m_options;
  PageReader m_reader{m_options.section};
  std::atomic<std::size_t> m_failed = 0;
  std::atomic<std::size_t> m_left_out = 0;
  OrderedWork<std::string> m_lines{processors(), [](const std::string& line) { write_stdout(line); }};
};

ExitCode write_records(const ExtractOptions& options) {
  FileNames names(options.files);
  RecordStream records(options);
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
  const bool has_warc = std::any_of(options.files.begin(), options.files.end(), [&](const std::string& file) {
    return is_warc_input(file, options.content_type);
  });
  if (options.format == OutputFormat::json || (has_warc && !options.format)) return write_records(options);
  if (has_warc) throw usage_error("the pages of a WARC file come out as lines of JSON: --format json");
  // Only JSON has a mark where one page ends and the next begins.
  if (is_many(options)) {
    throw usage_error(
        "several files would run into one text: --output-dir DIR writes one for each, --format json a line");
  }
  const HeaderLine header = options.header ? HeaderLine::with : HeaderLine::without;
  write_stdout(render(extract_file(first, options), options.format.value_or(OutputFormat::md), header));
  flush_stdout();
  return ExitCode::done;
}

}  // namespace winnow::cli
