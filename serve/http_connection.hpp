// One client's connection, as cpp-httplib reads and writes it.
#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include <httplib.h>

namespace winnow::serve {

/// Keeps what was read beyond a request for the next one, and sends an answer's head and body together
/// (httplib writes them one by one, which costs a packet and a wake-up of the client each).
class HttpConnection : public httplib::Stream {
public:
  explicit HttpConnection(socket_t socket) : m_socket(socket) {}

  /// Waits for the next request's first byte; false when the client is gone or idle, or `listening` has
  /// ended.
  [[nodiscard]] bool wait_for_request(const std::atomic<socket_t>& listening);
  /// The target of the request line being read, as it was sent.
  [[nodiscard]] std::string target() const;
  [[nodiscard]] bool flush();

  [[nodiscard]] bool is_readable() const override { return true; }
  [[nodiscard]] bool is_writable() const override { return !m_failed; }
  ssize_t read(char* into, std::size_t size) override;
  ssize_t write(const char* bytes, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  [[nodiscard]] socket_t socket() const override { return m_socket; }

private:
  [[nodiscard]] bool receive();
  [[nodiscard]] char next_of_request_line();
  [[nodiscard]] bool send(const char* bytes, std::size_t size);

  socket_t m_socket;
  std::string m_received;
  std::size_t m_taken = 0;  ///< of m_received
  std::string m_unsent;
  std::string m_request_line;  ///< as it was sent, as far as it was read
  std::string m_substituted;   ///< what is still to be read instead of a byte, back to front
  bool m_in_request_line = false;
  bool m_has_query = false;
  bool m_failed = false;
  std::chrono::steady_clock::time_point m_request_began = {};
  std::size_t m_request_bytes = 0;  ///< received since then
};

}  // namespace winnow::serve
