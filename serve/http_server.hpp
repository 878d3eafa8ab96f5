// An HTTP/1.1 server on the loopback interface: what cpp-httplib does, with what an archive needs beside it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace winnow::serve {

struct HttpRequest {
  std::string method;  ///< GET or HEAD: others are answered before the handler
  std::string target;  ///< of the request line, as it was sent
  std::string host;    ///< the Host header
  std::optional<std::string> accept_datetime;
};

/// A body made while it is sent: appends a piece, returns whether more will come.
using BodySource = std::function<bool(std::string& piece)>;

struct HttpAnswer {
  int status = 200;  ///< 200 to 599
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers;  ///< control characters in them are blanked
  std::variant<std::string, std::shared_ptr<const std::string>, BodySource> body;
};

/// May be called by many threads at once. What it throws is answered with 500 and logged.
using HttpHandler = std::function<HttpAnswer(const HttpRequest&)>;

class HttpServer {
public:
  /// Listens on 127.0.0.1. Port 0 is any free one. Throws Error when the port can't be had.
  HttpServer(int port, HttpHandler handler);
  HttpServer(HttpServer&&) = delete;
  ~HttpServer();

  [[nodiscard]] int port() const { return m_port; }
  [[nodiscard]] std::string base_url() const;

  /// Answers until stop() is called, from any thread; requests under way are finished.
  void run();
  void stop();

private:
  class Server;
  std::unique_ptr<Server> m_server;
  int m_port = 0;
};

}  // namespace winnow::serve
