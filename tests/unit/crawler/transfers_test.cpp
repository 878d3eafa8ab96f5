#include "crawler/transfers.hpp"

#include <chrono>
#include <cstdlib>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/support/loopback_server.hpp"

using namespace winnow;
using namespace std::chrono_literals;
using testing::LoopbackServer;
using testing::Reply;
using testing::respond;
using testing::SeenRequest;

namespace {

HttpRequest request(const std::string& url, HttpAnswer& answer) {
  HttpRequest http;
  http.url = url;
  http.accept_encoding = "gzip";
  http.max_body = 1'000'000;
  http.stall_timeout = 1s;
  http.total_timeout = 3s;
  http.done = [&answer](HttpAnswer&& a) { answer = std::move(a); };
  return http;
}

void finish(Transfers& transfers) {
  const auto deadline = std::chrono::steady_clock::now() + 20s;
  while (transfers.active() > 0) {
    REQUIRE(std::chrono::steady_clock::now() < deadline);
    transfers.drive(50ms);
  }
}

HttpAnswer get(const std::string& url) {
  Transfers transfers({"winnow-test/1", 2, 2000ms});
  HttpAnswer answer;
  transfers.start(request(url, answer));
  finish(transfers);
  return answer;
}

HttpAnswer get_reply(const Reply& reply) {
  LoopbackServer server([&](const SeenRequest&, std::size_t) { return reply; });
  return get(server.base_url() + "/");
}

}  // namespace

TEST_CASE("status, header fields and body as they were sent") {
  LoopbackServer server([](const SeenRequest&, std::size_t) {
    return respond("200 Document follows", {"Content-Encoding: gzip", "X-A: 1", "X-A: 2"},
                   "not unpacked here");
  });
  const auto answer = get(server.base_url() + "/a?b=c");
  CHECK(answer.end == TransferEnd::complete);
  CHECK(answer.status == 200);
  CHECK(answer.body == "not unpacked here");
  CHECK(answer.received == 17);
  CHECK(answer.headers.all("x-a") == std::vector<std::string_view>{"1", "2"});
  REQUIRE(server.seen().size() == 1);
  CHECK(server.seen()[0].target == "/a?b=c");
  CHECK(server.seen()[0].head.find("User-Agent: winnow-test/1\r\n") != std::string::npos);
  CHECK(server.seen()[0].head.find("\r\nAccept-Encoding: gzip") != std::string::npos);
}

TEST_CASE("fields of an interim head and of trailers are not the answer's") {
  const auto answer =
      get_reply({"HTTP/1.1 103 Early Hints\r\nMemento-Datetime: x\r\n\r\n"
                 "HTTP/1.1 200 OK\r\nX-A: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
                 "3\r\nabc\r\n0\r\nMemento-Datetime: y\r\n\r\n",
                 Reply::Then::keep_open});
  CHECK(answer.end == TransferEnd::complete);
  CHECK(answer.body == "abc");
  CHECK(!answer.headers.has("Memento-Datetime"));
  CHECK(answer.headers.has("X-A"));
}

TEST_CASE("how exchanges fail on the wire") {
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";
  const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  struct Case {
    const char* story;
    Reply reply;
    TransferEnd end;
    int status;
    std::uint64_t received;
  };
  const Case cases[] = {
      {"the body ends before its Content-Length",
       {head + "0123456789", Reply::Then::close},
       TransferEnd::cut,
       200,
       10},
      {"the last chunk is missing",
       {chunked + "5\r\nabcde\r\n", Reply::Then::close},
       TransferEnd::cut,
       200,
       5},
      {"reset before the head", {"", Reply::Then::reset}, TransferEnd::broken, 0, 0},
      {"closed before the head", {"", Reply::Then::close}, TransferEnd::broken, 0, 0},
      {"closed within the head",
       {"HTTP/1.1 200 OK\r\nMemento-Da", Reply::Then::close},
       TransferEnd::cut,
       200,
       0},
      {"stalled before the head", {"", Reply::Then::stall}, TransferEnd::timed_out, 0, 0},
      {"stalled within the body", {head + "0123456789", Reply::Then::stall}, TransferEnd::timed_out, 200, 10},
      {"not HTTP", {"SSH-2.0-OpenSSH_9.2\r\n\r\n", Reply::Then::close}, TransferEnd::broken, 0, 0},
      {"a head without an end",
       {"HTTP/1.1 200 OK\r\n" +
            [] {
              std::string fields;
              for (int i = 0; i < 300; ++i)
                fields += "X-Field: " + std::string(1000, 'x') + "\r\n";
              return fields;
            }(),
        Reply::Then::stall},
       TransferEnd::broken,
       200,
       0},
      {"one field of 200 kB",
       {"HTTP/1.1 200 OK\r\nX: " + std::string(200'000, 'x') + "\r\n\r\n", Reply::Then::close},
       TransferEnd::cut,
       200,
       0},
  };
  for (const auto& c : cases) {
    INFO(c.story);
    const auto started = std::chrono::steady_clock::now();
    const auto answer = get_reply(c.reply);
    CHECK(answer.end == c.end);
    CHECK(answer.status == c.status);
    CHECK(answer.received == c.received);
    CHECK(!answer.detail.empty());
    CHECK(answer.detail.find('\n') == std::string::npos);
    CHECK(std::chrono::steady_clock::now() - started < 5s);
  }
}

TEST_CASE("a slow drip ends with the time for the whole") {
  LoopbackServer server([](const SeenRequest&, std::size_t) {
    return Reply{"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n" + std::string(10'000, 'x'),
                 Reply::Then::drip};
  });
  Transfers transfers({"", 1, 1000ms});
  HttpAnswer answer;
  auto http = request(server.base_url(), answer);
  http.total_timeout = 1s;
  transfers.start(std::move(http));
  finish(transfers);
  CHECK(answer.end == TransferEnd::timed_out);
  CHECK(answer.received > 0);
}

TEST_CASE("a body over the limit is given up, announced or not") {
  const std::string body(1'000'001, 'x');
  const auto announced = get_reply(respond("200 OK", {}, body));
  CHECK(announced.end == TransferEnd::too_large);
  CHECK(announced.detail == "more than 1000000 bytes");
  CHECK(announced.body.empty());
  CHECK(announced.received == 0);
  const auto unannounced = get_reply({"HTTP/1.1 200 OK\r\n\r\n" + body, Reply::Then::close});
  CHECK(unannounced.end == TransferEnd::too_large);
  const auto just_fits = get_reply(respond("200 OK", {}, body.substr(1)));
  CHECK(just_fits.end == TransferEnd::complete);
}

TEST_CASE("nobody there: said clearly, and whether it was refused") {
  int port = 0;
  {
    LoopbackServer server([](const SeenRequest&, std::size_t) { return Reply{}; });
    port = server.port();
  }
  const auto refused = get("http://127.0.0.1:" + std::to_string(port) + "/");
  CHECK(refused.end == TransferEnd::no_connection);
  CHECK(refused.refused);
  CHECK(refused.detail ==
        "cannot connect to 127.0.0.1 port " + std::to_string(port) + ": Connection refused");
  const std::string no_name(70, 'x');  // too long for a label: no name server is asked
  const auto no_host = get("http://" + no_name + "/");
  CHECK(no_host.end == TransferEnd::no_host);
  CHECK(no_host.detail.find(no_name) != std::string::npos);
}

TEST_CASE("only http and https") {
  CHECK(get("file:///etc/passwd").end == TransferEnd::broken);
}

TEST_CASE("connections are used again") {
  LoopbackServer server([](const SeenRequest&, std::size_t) { return respond("200 OK", {}, "x"); });
  Transfers transfers({"", 4, 1000ms});
  std::vector<HttpAnswer> answers(40);
  std::size_t next = 0;
  while (next < answers.size() || transfers.active() > 0) {
    while (next < answers.size() && transfers.active() < 4) {
      transfers.start(request(server.base_url(), answers[next]));
      ++next;
    }
    transfers.drive(50ms);
  }
  for (const auto& answer : answers)
    CHECK(answer.body == "x");
  CHECK(server.seen().size() == 40);
  CHECK(server.most_connections() <= 4);
}

TEST_CASE("a sink gets the body in pieces and may be slow") {
  std::string body(5'000'000, 'x');
  for (std::size_t i = 0; i < body.size(); i += 1000)
    body[i] = static_cast<char>('a' + i / 1000 % 26);
  LoopbackServer server([&](const SeenRequest&, std::size_t) { return respond("200 OK", {"X-A: 1"}, body); });
  Transfers transfers({"", 1, 1000ms});
  HttpAnswer answer;
  std::string got;
  std::size_t largest = 0;
  auto http = request(server.base_url(), answer);
  http.sink = [&](const HttpAnswer& so_far, std::string_view piece) {
    CHECK(so_far.status == 200);
    CHECK(so_far.headers.has("X-A"));
    got.append(piece);
    largest = std::max(largest, piece.size());
    std::this_thread::sleep_for(2ms);
  };
  transfers.start(std::move(http));
  finish(transfers);
  CHECK(answer.end == TransferEnd::complete);
  CHECK(answer.body.empty());
  CHECK(got == body);
  CHECK(largest <= 2 * 1024 * 1024);
}

TEST_CASE("wake() ends a drive from another thread") {
  Transfers transfers({"", 1, 1000ms});
  std::thread waker([&] {
    std::this_thread::sleep_for(50ms);
    transfers.wake();
  });
  const auto started = std::chrono::steady_clock::now();
  transfers.drive(10s);
  CHECK(std::chrono::steady_clock::now() - started < 5s);
  waker.join();
}

TEST_CASE("a proxy of the environment is not asked for this machine") {
  LoopbackServer server([](const SeenRequest&, std::size_t) { return respond("200 OK", {}, "x"); });
  ::setenv("http_proxy", "http://127.0.0.1:9", 1);
  const auto answer = get(server.base_url() + "/");
  ::unsetenv("http_proxy");
  CHECK(answer.end == TransferEnd::complete);
  CHECK(answer.body == "x");
}
