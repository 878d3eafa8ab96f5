#include <algorithm>
#include <atomic>
#include <cerrno>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/command.hpp"
#include "cli/output.hpp"
#include "extract/extract.hpp"
#include "extract/markdown_writer.hpp"
#include "formats/atomic_file.hpp"
#include "formats/corpus_document.hpp"
#include "model/body_limit.hpp"
#include "model/error.hpp"

namespace winnow::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> files;
  std::string url;
  std::string content_type;
  bool header = false;
  std::string output_dir;
};

constexpr const char* k_stdin = "-";

/// No more than extraction looks at: a pipe may have no end.
std::string read_all(std::istream& in) {
  constexpr std::size_t k_most = k_largest_body + 1;
  std::string bytes;
  std::size_t size = 0;
  while (in && size < k_most) {
    bytes.resize(std::min(std::max<std::size_t>(2 * size, std::size_t{1} << 17U), k_most));
    in.read(bytes.data() + size, static_cast<std::streamsize>(bytes.size() - size));
    size += static_cast<std::size_t>(in.gcount());
  }
  bytes.resize(size);
  return bytes;
}

std::string read_input(const std::string& file) {
  if (file == k_stdin) return read_all(std::cin);
  std::error_code failure;
  if (fs::is_directory(file, failure)) throw error("{}: is a directory; name the files in it", file);
  std::ifstream in(file, std::ios::binary);
  if (!in) throw error("{}: cannot be read ({})", file, std::generic_category().message(errno));
  std::string bytes = read_all(in);
  if (in.bad()) throw error("{}: cannot be read ({})", file, std::generic_category().message(errno));
  return bytes;
}

/// The document that `extract` prints for one input.
std::string render(const std::string& file, const Options& options) {
  const std::string bytes = read_input(file);
  std::string_view body = bytes;
  std::optional<CorpusHeader> origin;
  // The comment of a Princeton-Leuven source is not the page's, but it tells where the page is from.
  if (const auto source = parse_corpus_source(bytes)) {
    body = source->text;
    origin = source->header;
  }
  Hints hints{options.url, options.content_type};
  if (hints.url.empty() && origin) hints.url = origin->url;
  if (!options.url.empty()) {
    if (auto replayed = header_of_replay_url(options.url)) origin = std::move(replayed);
  }
  if (options.header && !origin) {
    throw usage_error(
        "{}: --header needs to know the capture: give --url https://web.archive.org/web/TIMESTAMPid_/URL, or "
        "a file "
        "that begins with the Princeton-Leuven comment",
        file == k_stdin ? "standard input" : file);
  }
  const Text text = extract(body, hints);
  for (const Mark mark : text.marks) {
    // Text was lost; the other marks only say how it was read.
    const bool lost = mark == Mark::too_large || mark == Mark::no_text || mark == Mark::not_html;
    spdlog::log(lost ? spdlog::level::warn : spdlog::level::debug, "{}: {}", file, name(mark));
  }
  if (options.header) return render_corpus_document(*origin, text.title, text.markdown) + '\n';
  // A page's title opens the text where no heading of its own does.
  if (text.title.empty() || opens_with_title(text.markdown)) return text.markdown + '\n';
  return fmt::format("# {}\n\n{}\n", text.title, text.markdown);
}

/// Two inputs that would become the same file: refused before any work is done.
std::vector<fs::path> output_paths(const Options& options) {
  std::map<fs::path, std::string> taken;
  std::vector<fs::path> paths;
  for (const std::string& file : options.files) {
    const std::string name = file == k_stdin ? "stdin" : fs::path(file).stem().string();
    const fs::path path = fs::path(options.output_dir) / (name + ".md");
    const auto [other, is_new] = taken.emplace(path, file);
    if (!is_new) throw usage_error("{} and {} would both become {}", other->second, file, path.string());
    paths.push_back(path);
  }
  return paths;
}

/// A file that fails is told of and the others are written; whatever else goes wrong ends the work.
ExitCode write_all(const Options& options) {
  const std::vector<fs::path> paths = output_paths(options);
  std::error_code failure;
  fs::create_directories(options.output_dir, failure);
  if (failure) throw error("{}: cannot be created ({})", options.output_dir, failure.message());
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> failed = 0;
  std::exception_ptr fatal;
  std::once_flag is_fatal;
  const auto stop = [&] {
    next = paths.size();
    std::call_once(is_fatal, [&] { fatal = std::current_exception(); });
  };
  const auto work = [&] {
    for (std::size_t i = next++; i < paths.size(); i = next++) {
      try {
        write_atomically(paths[i], render(options.files[i], options));
      } catch (const UsageError&) {
        stop();
      } catch (const Error& problem) {
        ++failed;
        spdlog::error("{}", problem.what());
      } catch (...) {
        stop();
      }
    }
  };
  {
    const std::size_t most = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::jthread> workers;
    while (workers.size() < std::min(most, paths.size()))
      workers.emplace_back(work);
  }
  if (fatal) std::rethrow_exception(fatal);
  return failed == 0 ? ExitCode::done : ExitCode::error;
}

ExitCode run(const Options& options) {
  if (!options.output_dir.empty()) {
    if (options.files.empty()) throw usage_error("--output-dir needs the names of the files to extract");
    return write_all(options);
  }
  // Markdown has no mark where one page ends and the next begins.
  if (options.files.size() > 1)
    throw usage_error("several files would run into one text: --output-dir DIR writes one for each");
  write_stdout(render(options.files.empty() ? k_stdin : options.files.front(), options));
  flush_stdout();
  return ExitCode::done;
}

}  // namespace

void add_extract_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("extract", "HTML in, Markdown out; needs no store");
  command->add_option("FILE", options->files,
                      "A page, or many with --output-dir; standard input when there is none, or for -");
  command->add_option("--url", options->url, "The page's URL: links are resolved against it")
      ->type_name("URL");
  command->add_option("--content-type", options->content_type, "The Content-Type that the page was sent with")
      ->type_name("TYPE");
  command->add_flag("--header", options->header,
                    "Print the provenance line first: from a replay URL (--url), or a corpus page's comment");
  command
      ->add_option("--output-dir", options->output_dir,
                   "Write DIR/NAME.md for each file NAME.html, stdin.md for -")
      ->type_name("DIR");
  command->footer(
      "Example:\n"
      "  curl -s https://example.org/privacy | winnow extract --url https://example.org/privacy\n"
      "  winnow extract --output-dir texts pages/*.html");
  command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
