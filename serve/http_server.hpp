// An HTTP/1.1 server: what cpp-httplib does, with what an archive needs beside it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "serve/listen_address.hpp"

namespace winnow::serve {

struct HttpRequest {
  std::string method;  ///< GET or HEAD: others are answered before the handler
  std::string target;  ///< of the request line, as it was sent
  std::string host;    ///< the Host header
  std::string accept = {};
  std::optional<std::string> accept_datetime = {};
  std::string if_none_match = {};  ///< empty when it was not sent; likewise below
  std::string if_modified_since = {};
  std::string authorization = {};
};

/// `http://` and the name by which the server was asked.
[[nodiscard]] std::string url_of_host(const HttpRequest& request);

/// A body made while it is sent: appends a piece, returns whether more will come.
using BodySource = std::function<bool(std::string& piece)>;

struct HttpAnswer {
  int status = 200;  ///< 200 to 599
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers;  ///< control characters in them are blanked
  std::variant<std::string, std::shared_ptr<const std::string>, BodySource> body;
};

/// The value of the answer's first header of that name, spelled as it was set; empty when there is none.
[[nodiscard]] std::string_view header_of(const HttpAnswer& answer, std::string_view name);

/// May be called by many threads at once. What it throws is answered with 500 and logged.
using HttpHandler = std::function<HttpAnswer(const HttpRequest&)>;

/// Answers 128 connections at once; others wait. A request has 20 seconds and 64 KiB to arrive, its line and
/// each header 8 KiB; a body it may not have.
class HttpServer {
public:
  /// Throws Error when the address can't be had.
  HttpServer(ListenAddress address, HttpHandler handler);
  /// On 127.0.0.1.
  HttpServer(int port, HttpHandler handler);
  HttpServer(HttpServer&&) = delete;
  ~HttpServer();

  [[nodiscard]] int port() const { return m_address.port; }
  [[nodiscard]] std::string base_url() const;

  /// Answers until stop() is called, from any thread; requests under way are finished.
  void run();
  void stop();

private:
  class Server;
  std::unique_ptr<Server> m_server;
  ListenAddress m_address;
};

}  // namespace winnow::serve
