// winnow serve: the store in the browser, and as an archive.
#include <fstream>
#include <memory>
#include <string>

#include <spdlog/spdlog.h>

#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/run_server.hpp"
#include "cli/store_option.hpp"
#include "model/error.hpp"
#include "model/url.hpp"
#include "serve/http_server.hpp"
#include "serve/store_service.hpp"

namespace winnow::cli {
namespace {

struct Options {
  std::string store;
  std::string listen = "127.0.0.1:8088";
  std::string public_url;
  std::string token_file;
};

/// The file's first line.
std::string read_token(const std::string& path) {
  if (path.empty()) return {};
  std::ifstream file(path);
  std::string token;
  if (!std::getline(file, token) || token.empty())
    throw error("{} holds no token: write one into its first line", path);
  if (token.size() < 16)
    throw error("the token in {} is shorter than 16 characters and could be guessed", path);
  return token;
}

serve::ServiceOptions service_options(const Options& options, const serve::ListenAddress& address) {
  serve::ServiceOptions service{
      .public_url = options.public_url, .hosts = {}, .token = read_token(options.token_file)};
  while (service.public_url.ends_with('/'))
    service.public_url.pop_back();
  if (!service.public_url.empty()) {
    const auto url = Url::parse(service.public_url);
    if (!url || !url->is_http() || url->host.empty())
      throw usage_error("--public-url {}: write the address that readers use, https://policies.example",
                        options.public_url);
    service.hosts.push_back(url->host);
  }
  service.hosts.push_back(address.host);
  return service;
}

ExitCode run(const Options& options) {
  const auto address = serve::parse_listen_address(options.listen);
  if (!address) throw usage_error("--listen {}: write an address and a port, 127.0.0.1:8088", options.listen);
  serve::StoreService service(store_path(options.store), service_options(options, *address));
  catch_interrupts();
  serve::HttpServer server(*address,
                           [&service](const serve::HttpRequest& request) { return service.answer(request); });
  if (!address->is_loopback() && options.token_file.empty())
    spdlog::warn("everybody who reaches {} can read the store; --token-file asks for a password",
                 address->str());
  write_stdout(server.base_url() + "\n");
  flush_stdout();
  run_server(server);
  return ExitCode::done;
}

}  // namespace

void add_serve_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = app.add_subcommand("serve", "The store in the browser, and as an archive for other programs");
  add_store_option(*sub, options->store);
  sub->add_option("--listen", options->listen, "Address and port; port 0 picks a free one")
      ->type_name("ADDRESS:PORT")
      ->capture_default_str();
  sub->add_option("--public-url", options->public_url,
                  "The address that readers use, when it is behind a proxy")
      ->type_name("URL");
  sub->add_option("--token-file", options->token_file, "Ask for the token in the first line of this file")
      ->type_name("FILE");
  sub->footer(
      "Read-only, also while a harvest writes to the store. The base URL is stdout's first line.\n"
      "Example:\n"
      "  winnow serve --store policies.db\n"
      "  winnow backfill soompi.com --from http://127.0.0.1:8088 --dialect wayback --store copy.db");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
