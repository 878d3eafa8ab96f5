// winnow replay: WARC files as a Wayback-compatible archive, to rehearse a harvest offline.
#include <memory>
#include <string>
#include <vector>

#include <spdlog/spdlog.h>

#include "cli/command.hpp"
#include "cli/counted.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/run_server.hpp"
#include "formats/warc_archive.hpp"
#include "serve/http_server.hpp"
#include "serve/wayback_service.hpp"

namespace winnow::cli {
namespace {

constexpr std::size_t k_cache_bytes = 256U << 20U;

struct Options {
  std::vector<std::string> files;
  int port = 8080;
};

void report(const WarcArchive& archive, std::size_t files) {
  for (const auto& [path, damage] : archive.damage()) {
    spdlog::warn("{}: at byte {}: {}; left out", path, damage.offset, damage.what);
  }
  if (archive.index().size() == 0) spdlog::warn("no captures were found");
  spdlog::info("{} in {}", counted(archive.index().size(), "capture"), counted(files, "file"));
}

ExitCode run(const Options& options) {
  catch_interrupts();
  const WarcArchive archive(options.files);
  report(archive, options.files.size());
  if (interrupted()) return ExitCode::done;

  serve::WarcSource source(archive, k_cache_bytes);
  serve::WaybackService service(source);
  serve::HttpServer server(options.port, [&service](const serve::HttpRequest& request) {
    return service.answer(request, serve::url_of_host(request));
  });
  write_stdout(server.base_url() + "\n");
  flush_stdout();
  run_server(server);
  return ExitCode::done;
}

}  // namespace

void add_replay_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = app.add_subcommand("replay", "Serve WARC files as a Wayback-compatible archive on 127.0.0.1");
  sub->add_option("WARC", options->files, "WARC files: plain, .gz or .zst")->required();
  sub->add_option("--port", options->port,
                  "TCP port; 0 picks a free one. The base URL is stdout's first line")
      ->type_name("PORT")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  sub->footer(
      "Example:\n"
      "  winnow replay crawl.warc.gz --port 8080\n"
      "  winnow backfill soompi.com --from http://127.0.0.1:8080 --cdx-rate 0 --replay-rate 0");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
