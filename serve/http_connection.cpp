#include "serve/http_connection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace winnow::serve {
namespace {

constexpr std::size_t k_receive = 16U * 1024U;
constexpr std::size_t k_gather = 64U * 1024U;
constexpr int k_idle_seconds = 120;
// A client that dribbles must not hold a thread for as long as it likes.
constexpr std::chrono::seconds k_request_time{20};
constexpr std::size_t k_request_bytes = 64U * 1024U;
constexpr int k_polls_a_second = 5;  // how soon idle connections notice that the server ends

}  // namespace

bool HttpConnection::wait_for_request(const std::atomic<socket_t>& listening) {
  m_in_request_line = true;
  m_has_query = false;
  m_request_line.clear();
  m_request_began = std::chrono::steady_clock::now();
  m_request_bytes = 0;
  if (m_taken < m_received.size()) return true;
  for (int polls = 0; polls < k_idle_seconds * k_polls_a_second && listening != INVALID_SOCKET; ++polls) {
    pollfd waiting{m_socket, POLLIN, 0};
    const int ready = poll(&waiting, 1, 1000 / k_polls_a_second);
    if (ready > 0) {
      m_request_began = std::chrono::steady_clock::now();
      return true;
    }
    if (ready < 0 && errno != EINTR) return false;
  }
  return false;
}

std::string HttpConnection::target() const {
  const std::size_t begin = std::min(m_request_line.find(' '), m_request_line.size() - 1) + 1;
  return m_request_line.substr(begin, m_request_line.find(' ', begin) - begin);
}

bool HttpConnection::receive() {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(m_request_began + k_request_time -
                                                                          std::chrono::steady_clock::now());
  pollfd waiting{m_socket, POLLIN, 0};
  if (m_request_bytes > k_request_bytes || left.count() <= 0 ||
      poll(&waiting, 1, static_cast<int>(left.count())) <= 0)
    return false;
  m_received.resize(k_receive);
  ssize_t size = 0;
  do {
    size = recv(m_socket, m_received.data(), m_received.size(), 0);
  } while (size < 0 && errno == EINTR);
  m_received.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  m_taken = 0;
  m_request_bytes += m_received.size();
  return size > 0;
}

/// httplib 0.11 refuses request lines with two question marks (parse_request_line counts the parts), which a
/// URL within a URL may well have: it is given the second one escaped, and target() keeps what was sent.
char HttpConnection::next_of_request_line() {
  if (!m_substituted.empty()) {
    const char next = m_substituted.back();
    m_substituted.pop_back();
    return next;
  }
  const char next = m_received[m_taken++];
  m_request_line += next;
  if (next == '\n') m_in_request_line = false;
  if (next != '?') return next;
  if (!std::exchange(m_has_query, true)) return next;
  m_substituted = "F3";
  return '%';
}

ssize_t HttpConnection::read(char* into, std::size_t size) {
  if (size == 0) return 0;
  if (m_substituted.empty() && m_taken == m_received.size() && !receive()) return 0;
  if (m_in_request_line) {
    *into = next_of_request_line();
    return 1;
  }
  const std::size_t taken = std::min(size, m_received.size() - m_taken);
  std::memcpy(into, m_received.data() + m_taken, taken);
  m_taken += taken;
  return static_cast<ssize_t>(taken);
}

ssize_t HttpConnection::write(const char* bytes, std::size_t size) {
  if (m_unsent.size() + size <= k_gather) {
    m_unsent.append(bytes, size);
    return static_cast<ssize_t>(size);
  }
  return send(bytes, size) ? static_cast<ssize_t>(size) : -1;
}

bool HttpConnection::flush() {
  return m_unsent.empty() ? !m_failed : send(nullptr, 0);
}

/// Sends what was gathered, then `bytes`. The socket's time-out (httplib sets it) bounds a client that
/// stalls.
bool HttpConnection::send(const char* bytes, std::size_t size) {
  std::size_t sent = 0;
  const std::size_t total = m_unsent.size() + size;
  while (sent < total && !m_failed) {
    const std::size_t gathered = std::min(sent, m_unsent.size());
    const std::size_t direct = sent - gathered;
    std::array<iovec, 2> parts{iovec{m_unsent.data() + gathered, m_unsent.size() - gathered},
                               iovec{const_cast<char*>(bytes) + direct, size - direct}};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    const ssize_t written = sendmsg(m_socket, &message, MSG_NOSIGNAL);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) m_failed = true;
    sent += static_cast<std::size_t>(std::max<ssize_t>(written, 0));
  }
  m_unsent.clear();
  return !m_failed;
}

// Nobody looks: httplib asks for both with every request.
void HttpConnection::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip = "127.0.0.1";
  port = 0;
}

void HttpConnection::get_local_ip_and_port(std::string& ip, int& port) const {
  get_remote_ip_and_port(ip, port);
}

}  // namespace winnow::serve
