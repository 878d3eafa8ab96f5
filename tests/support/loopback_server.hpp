// An HTTP server on 127.0.0.1 that does what a script says, wire faults included: raw sockets, so that a body
// can be cut, reset, stalled or sent drop by drop.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace winnow::testing {

struct SeenRequest {
  std::string target;  ///< /cdx/search/cdx?url=...
  std::string head;    ///< request line and fields as received
  std::chrono::steady_clock::time_point at;
};

/// Bytes to send, and what becomes of the connection then.
struct Reply {
  enum class Then {
    keep_open,
    close,
    reset,  ///< RST: the peer sees ECONNRESET
    stall,  ///< nothing more, and no end
    drip,   ///< the bytes after the head, one every 20 ms
  };
  std::string bytes;
  Then then = Then::keep_open;
};

/// A whole response with a right Content-Length. `fields` are lines without their ends.
inline Reply respond(std::string_view status, const std::vector<std::string>& fields, std::string_view body) {
  std::string bytes = "HTTP/1.1 " + std::string(status) + "\r\n";
  for (const auto& field : fields)
    bytes += field + "\r\n";
  bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  bytes += body;
  return {bytes, Reply::Then::keep_open};
}

class LoopbackServer {
public:
  /// Called in the connection's thread with the request and its number, from 0.
  using Script = std::function<Reply(const SeenRequest&, std::size_t number)>;

  explicit LoopbackServer(Script script, int port = 0) : m_script(std::move(script)) {
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    // Another server may follow on this port at once.
    const int yes = 1;
    ::setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (m_listener < 0 || ::bind(m_listener, generic, size) != 0 || ::listen(m_listener, 64) != 0 ||
        ::getsockname(m_listener, generic, &size) != 0) {
      throw std::runtime_error("cannot listen on 127.0.0.1");
    }
    m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { accept_connections(); });
  }

  ~LoopbackServer() {
    refuse();
    m_stopping = true;
    for (auto& thread : m_connections)
      thread.join();
  }

  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  [[nodiscard]] int port() const { return m_port; }
  [[nodiscard]] std::string base_url() const { return "http://127.0.0.1:" + std::to_string(m_port); }

  /// From now on connections are refused. Not from within the script.
  void refuse() {
    m_refusing = true;
    if (m_acceptor.joinable()) m_acceptor.join();
    if (m_listener >= 0) ::close(std::exchange(m_listener, -1));
  }

  [[nodiscard]] std::vector<SeenRequest> seen() const {
    const std::lock_guard lock(m_mutex);
    return m_seen;
  }

  /// The most connections that were open at the same time.
  [[nodiscard]] int most_connections() const { return m_most; }

private:
  static constexpr int k_tick = 20;  // milliseconds

  static bool readable(int fd) {
    pollfd wait{fd, POLLIN, 0};
    return ::poll(&wait, 1, k_tick) > 0;
  }

  void accept_connections() {
    while (!m_refusing) {
      if (!readable(m_listener)) continue;
      const int fd = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
      if (fd < 0) continue;
      const int open = ++m_open;
      if (open > m_most) m_most = open;
      m_connections.emplace_back([this, fd] {
        serve(fd);
        ::close(fd);
        --m_open;
      });
    }
  }

  void serve(int fd) {
    std::string input;
    while (!m_stopping) {
      const auto end = input.find("\r\n\r\n");
      if (end == std::string::npos) {
        if (!readable(fd)) continue;
        char buffer[4096];
        const auto got = ::recv(fd, buffer, sizeof buffer, 0);
        if (got <= 0) return;
        input.append(buffer, static_cast<std::size_t>(got));
        continue;
      }
      const std::string head = input.substr(0, end);
      input.erase(0, end + 4);
      if (!answer(fd, head)) return;
    }
  }

  bool answer(int fd, const std::string& head) {
    const auto begin = head.find(' ') + 1;
    SeenRequest request{head.substr(begin, head.find(' ', begin) - begin), head,
                        std::chrono::steady_clock::now()};
    std::size_t number = 0;
    {
      const std::lock_guard lock(m_mutex);
      number = m_seen.size();
      m_seen.push_back(request);
    }
    const Reply reply = m_script(request, number);
    std::string_view bytes = reply.bytes;
    if (reply.then == Reply::Then::drip) {
      const auto body = std::min(bytes.size(), bytes.find("\r\n\r\n") + 4);
      if (!send(fd, bytes.substr(0, body))) return false;
      for (const char c : bytes.substr(body)) {
        std::this_thread::sleep_for(std::chrono::milliseconds(k_tick));
        if (m_stopping || !send(fd, {&c, 1})) return false;
      }
      return true;
    }
    if (!send(fd, bytes)) return false;
    if (reply.then == Reply::Then::reset) {
      const linger at_once{1, 0};
      ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    if (reply.then == Reply::Then::stall) {
      while (!m_stopping && !readable(fd)) {
      }
    }
    return reply.then == Reply::Then::keep_open;
  }

  static bool send(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  Script m_script;
  int m_listener = -1;
  int m_port = 0;
  std::atomic<bool> m_refusing = false;
  std::atomic<bool> m_stopping = false;
  std::atomic<int> m_open = 0;
  std::atomic<int> m_most = 0;
  mutable std::mutex m_mutex;
  std::vector<SeenRequest> m_seen;
  std::vector<std::thread> m_connections;  // touched by the acceptor, then by the destructor
  std::thread m_acceptor;
};

}  // namespace winnow::testing
