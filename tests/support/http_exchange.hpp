// Bytes sent to a server on 127.0.0.1 and what comes back, with nothing between that could mend either.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "model/content_encoding.hpp"
#include "model/headers.hpp"

namespace winnow::test {

class Connection {
public:
  explicit Connection(int port) : m_socket(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{20, 0};
    setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      close(m_socket);
      throw std::runtime_error("no connection");
    }
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { close(m_socket); }

  void send(std::string_view bytes) const {
    if (::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size())) {
      throw std::runtime_error("not sent");
    }
  }

  /// Until the server closes, or 20 seconds pass.
  [[nodiscard]] std::string receive_all() const {
    std::string all;
    char buffer[4096];
    for (ssize_t size = 0; (size = recv(m_socket, buffer, sizeof buffer, 0)) > 0;) {
      all.append(buffer, static_cast<std::size_t>(size));
    }
    return all;
  }

private:
  int m_socket;
};

struct Reply {
  int status = 0;
  Headers headers;
  std::string body;  ///< without chunks
};

inline Reply parse_reply(const std::string& bytes) {
  Reply reply;
  const std::size_t head = bytes.find("\r\n\r\n");
  if (head == std::string::npos || !bytes.starts_with("HTTP/1.1 "))
    throw std::runtime_error("no reply: " + bytes);
  reply.status = std::stoi(bytes.substr(9, 3));
  for (std::size_t at = bytes.find("\r\n") + 2; at < head + 2;) {
    const std::size_t end = bytes.find("\r\n", at);
    reply.headers.add_line(bytes.substr(at, end - at));
    at = end + 2;
  }
  reply.body = bytes.substr(head + 4);
  if (reply.headers.first("Transfer-Encoding") == "chunked") {
    Decoded decoded = decode_chunked(std::move(reply.body), 1U << 30U);
    if (decoded.status != DecodeStatus::ok) throw std::runtime_error("cut reply");
    reply.body = std::move(decoded.body);
  }
  return reply;
}

/// One request on a connection of its own.
inline Reply fetch(int port, const std::string& target, const std::string& headers = "",
                   const std::string& method = "GET") {
  const Connection connection(port);
  connection.send(method + " " + target + " HTTP/1.1\r\nHost: archive.example:1\r\nConnection: close\r\n" +
                  headers + "\r\n");
  return parse_reply(connection.receive_all());
}

}  // namespace winnow::test
