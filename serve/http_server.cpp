#include "serve/http_server.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <httplib.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <unistd.h>

#include "model/ascii.hpp"
#include "model/error.hpp"
#include "serve/http_connection.hpp"

namespace winnow::serve {
namespace {

constexpr std::size_t k_connections = 128;  // each has a thread, idle or not; more wait for one to end
constexpr int k_backlog = 128;
constexpr std::time_t k_io_seconds = 60;

std::string header_value(std::string value) {
  for (char& c : value) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return value;
}

/// RFC 9110 §5.6.2. An archived response's field may have had any name.
bool is_token(std::string_view name) {
  constexpr std::string_view k_others = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
    return is_letter_or_digit(c) || k_others.find(c) != std::string_view::npos;
  });
}

struct FillBody {
  httplib::Response& response;
  std::string content_type;

  void operator()(std::string& text) const {
    response.body = std::move(text);
    if (!response.body.empty()) response.set_header("Content-Type", content_type);
  }
  void operator()(std::shared_ptr<const std::string>& bytes) const {
    if (bytes == nullptr || bytes->empty()) {
      response.set_header("Content-Type", content_type);
      return;
    }
    response.set_content_provider(bytes->size(), content_type,
                                  [bytes](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                                    return sink.write(bytes->data() + offset, length);
                                  });
  }
  void operator()(BodySource& source) const {
    response.set_chunked_content_provider(
        content_type, [source = std::move(source)](std::size_t /*offset*/, httplib::DataSink& sink) {
          std::string piece;
          const bool more = source(piece);
          if (!piece.empty() && !sink.write(piece.data(), piece.size())) return false;
          if (!more) sink.done();
          return true;
        });
  }
};

}  // namespace

class HttpServer::Server : public httplib::Server {
public:
  explicit Server(HttpHandler handler) : m_handler(std::move(handler)) {
    // Only so much: httplib's own also lets a second server share the port, silently.
    set_socket_options([](socket_t socket) {
      const int yes = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    set_tcp_nodelay(true);
    set_read_timeout(k_io_seconds);
    set_write_timeout(k_io_seconds);
    new_task_queue = [] { return new httplib::ThreadPool(k_connections); };  // httplib takes it over
    // Before routing: that would match regular expressions against the decoded path.
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      answer(request, response);
      return HandlerResponse::Handled;
    });
    set_post_routing_handler([](const httplib::Request&, httplib::Response& response) {
      // httplib adds what is not so here: its own time-out, ranges, and text/plain for a body without a type.
      response.headers.erase("Keep-Alive");
      response.headers.erase("Accept-Ranges");
      if (response.get_header_value("Content-Type").empty()) response.headers.erase("Content-Type");
    });
  }

  /// The port, or nothing with errno set.
  std::optional<int> listen_on(const ListenAddress& address) {
    errno = 0;
    const int bound = address.port == 0                          ? bind_to_any_port(address.host)
                      : bind_to_port(address.host, address.port) ? address.port
                                                                 : -1;
    if (bound < 0 || ::listen(svr_sock_, k_backlog) != 0) return std::nullopt;
    return bound;
  }

  ~Server() override { end(); }

  /// httplib's stop() does nothing before its loop has begun, which would then never end.
  void end() {
    const socket_t listening = svr_sock_.exchange(INVALID_SOCKET);
    if (listening == INVALID_SOCKET) return;
    ::shutdown(listening, SHUT_RDWR);
    ::close(listening);
  }

private:
  bool process_and_close_socket(socket_t socket) override {
    try {
      HttpConnection connection(socket);
      while (connection.wait_for_request(svr_sock_) && serve_one(connection)) {
      }
    } catch (const std::exception& failure) {  // while a body was being made: its head is sent already
      spdlog::error("an answer was broken off: {}", failure.what());
    }
    ::shutdown(socket, SHUT_RDWR);
    ::close(socket);
    return true;
  }

  /// Whether the connection can be used again.
  bool serve_one(HttpConnection& connection) {
    bool understood = false;
    bool closes = false;
    const bool answered = process_request(connection, false, closes, [&](httplib::Request& request) {
      request.target = connection.target();
      request.ranges.clear();
      // httplib would compress what it sends (with brotli at its slowest), archived bytes too.
      request.headers.erase("Accept-Encoding");
      // A body that nobody reads would be taken for the next request.
      understood = (request.method == "GET" || request.method == "HEAD") &&
                   !request.has_header("Content-Length") && !request.has_header("Transfer-Encoding");
      if (!understood) request.headers.emplace("Connection", "close");
    });
    return connection.flush() && answered && understood && !closes;
  }

  void answer(const httplib::Request& request, httplib::Response& response) {
    if (request.method != "GET" && request.method != "HEAD") {
      response.status = 405;
      response.set_header("Allow", "GET, HEAD");
      return;
    }
    HttpAnswer answer;
    try {
      HttpRequest asked{.method = request.method,
                        .target = request.target,
                        .host = request.get_header_value("Host"),
                        .accept = request.get_header_value("Accept"),
                        .accept_datetime = {},
                        .if_none_match = request.get_header_value("If-None-Match"),
                        .if_modified_since = request.get_header_value("If-Modified-Since"),
                        .authorization = request.get_header_value("Authorization")};
      if (request.has_header("Accept-Datetime"))
        asked.accept_datetime = request.get_header_value("Accept-Datetime");
      answer = m_handler(asked);
    } catch (const std::exception& failure) {
      spdlog::error("{} {}: {}", request.method, request.target, failure.what());
      answer = {500, "text/plain", {}, std::string(failure.what()) + "\n"};
    }
    spdlog::debug("{} {} {}", request.method, request.target, answer.status);
    response.status = answer.status;
    for (auto& [name, value] : answer.headers) {
      if (is_token(name)) response.headers.emplace(name, header_value(std::move(value)));
    }
    std::visit(FillBody{response, header_value(answer.content_type)}, answer.body);
  }

  HttpHandler m_handler;
};

std::string_view header_of(const HttpAnswer& answer, std::string_view name) {
  const auto found = std::find_if(answer.headers.begin(), answer.headers.end(),
                                  [name](const auto& field) { return field.first == name; });
  return found == answer.headers.end() ? std::string_view() : std::string_view(found->second);
}

std::string url_of_host(const HttpRequest& request) {
  return "http://" + (request.host.empty() ? "127.0.0.1" : request.host);
}

HttpServer::HttpServer(ListenAddress address, HttpHandler handler)
    : m_server(std::make_unique<Server>(std::move(handler))), m_address(std::move(address)) {
  const auto bound = m_server->listen_on(m_address);
  if (!bound) {
    throw error("cannot listen on {}: {}; choose another port", m_address.str(),
                errno == 0 ? "the address can't be had" : std::strerror(errno));
  }
  m_address.port = *bound;
}

HttpServer::HttpServer(int port, HttpHandler handler)
    : HttpServer(ListenAddress{.port = port}, std::move(handler)) {}

HttpServer::~HttpServer() = default;

std::string HttpServer::base_url() const {
  return "http://" + m_address.str();
}
void HttpServer::run() {
  m_server->listen_after_bind();
}
void HttpServer::stop() {
  m_server->end();
}

}  // namespace winnow::serve
