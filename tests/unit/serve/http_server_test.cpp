#include "serve/http_server.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include <catch2/catch.hpp>

#include "model/error.hpp"
#include "tests/support/http_exchange.hpp"

using namespace winnow;
using namespace winnow::serve;
using namespace winnow::test;

namespace {

class Running {
public:
  explicit Running(HttpHandler handler)
      : m_server(0, std::move(handler)), m_thread([this] { m_server.run(); }) {}
  ~Running() {
    if (m_thread.joinable()) stop();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  void stop() {
    m_server.stop();
    m_thread.join();
  }
  [[nodiscard]] int port() const { return m_server.port(); }

private:
  HttpServer m_server;
  std::thread m_thread;
};

HttpAnswer echo(const HttpRequest& request) {
  return {200, "text/plain", {}, request.target};
}

}  // namespace

TEST_CASE("the target reaches the handler as it was sent") {
  const Running server(echo);
  for (const std::string target : {"/a%20b?c=%26", "//double//slash", "/two?question?marks?", "/plus+"}) {
    CHECK(fetch(server.port(), target).body == target);
  }
}

TEST_CASE("requests sent at once on one connection are answered in order") {
  const Running server(echo);
  const Connection connection(server.port());
  connection.send(
      "GET /1?? HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n"
      "GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string all = connection.receive_all();
  const auto first = all.find("/1??");
  const auto second = all.find("/2");
  CHECK(first < second);
  CHECK(all.ends_with("/3"));
}

TEST_CASE("bodies of every kind and size arrive whole") {
  std::string big;
  for (int i = 0; big.size() < 5000000; ++i)
    big += std::to_string(i);
  const Running server([&](const HttpRequest& request) {
    if (request.target == "/shared")
      return HttpAnswer{200, "a/b", {}, std::make_shared<const std::string>(big)};
    if (request.target == "/text") return HttpAnswer{200, "text/html", {}, big};
    return HttpAnswer{
        200, "text/plain", {}, BodySource([&big, at = std::size_t{0}](std::string& piece) mutable {
          piece = big.substr(at, 70000);
          at += piece.size();
          return at < big.size();
        })};
  });
  for (const auto* target : {"/shared", "/text", "/source"}) {
    CAPTURE(target);
    const Reply reply = fetch(server.port(), target, "Accept-Encoding: gzip, br\r\nRange: bytes=5-9\r\n");
    CHECK(reply.status == 200);
    CHECK((reply.body == big));
    CHECK_FALSE(reply.headers.has("Content-Encoding"));
  }
  CHECK(fetch(server.port(), "/source", "", "HEAD").body.empty());
}

TEST_CASE("what a handler throws is a 500 with the reason") {
  const Running server(
      [](const HttpRequest&) -> HttpAnswer { throw std::runtime_error("the disk is gone"); });
  const Reply reply = fetch(server.port(), "/");
  CHECK(reply.status == 500);
  CHECK(reply.body == "the disk is gone\n");
}

TEST_CASE("archived header fields can't add lines to the answer") {
  const Running server([](const HttpRequest&) {
    return HttpAnswer{
        200, "text/html\r\nX-Bad: 1", {{"X-Good", "a\r\nX-Bad: 2"}, {"X Bad\r\n", "3"}}, std::string("b")};
  });
  const Reply reply = fetch(server.port(), "/");
  CHECK_FALSE(reply.headers.has("X-Bad"));
  CHECK(reply.headers.first("X-Good") == "a  X-Bad: 2");
  CHECK(reply.body == "b");
}

TEST_CASE("other methods and bad requests end the connection with an answer") {
  const Running server(echo);
  const Reply post = fetch(server.port(), "/", "Content-Length: 4\r\n\r\nbody", "POST");
  CHECK(post.status == 405);
  const Connection nonsense(server.port());
  nonsense.send("nonsense\r\n\r\n");
  CHECK(nonsense.receive_all().starts_with("HTTP/1.1 400"));
  const Connection too_long(server.port());
  too_long.send("GET /" + std::string(20000, 'x') + " HTTP/1.1\r\n\r\n");
  CHECK(too_long.receive_all().starts_with("HTTP/1.1 414"));
}

TEST_CASE("a port in use is refused with a sentence") {
  const Running server(echo);
  CHECK_THROWS_WITH(HttpServer(server.port(), echo), Catch::Contains("Address already in use"));
}

TEST_CASE("idle connections do not hold up the end") {
  Running server(echo);
  const Connection idle(server.port());
  idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto before = std::chrono::steady_clock::now();
  server.stop();
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(5));
}

TEST_CASE("many connections at once are all served") {
  std::atomic<int> served = 0;
  const Running server([&](const HttpRequest& request) {
    ++served;
    return echo(request);
  });
  std::vector<std::thread> clients;
  for (int i = 0; i < 40; ++i) {
    clients.emplace_back([&] {
      for (int n = 0; n < 10; ++n)
        static_cast<void>(fetch(server.port(), "/x"));
    });
  }
  for (auto& client : clients)
    client.join();
  CHECK(served == 400);
}

TEST_CASE("a request without end is left") {
  const Running server(echo);
  const Connection connection(server.port());
  connection.send("GET / HTTP/1.1\r\nHost: x\r\n");
  bool is_left = false;
  try {
    for (int i = 0; i < 10'000 && !is_left; ++i)
      connection.send("X-Header-" + std::to_string(i) + ": " + std::string(1000, 'x') + "\r\n");
  } catch (const std::runtime_error&) {
    is_left = true;
  }
  CHECK(is_left);
  CHECK(fetch(server.port(), "/next").body == "/next");
}
