// Where a server listens.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace winnow::serve {

struct ListenAddress {
  std::string host = "127.0.0.1";  ///< a name or an address, IPv6 without brackets
  int port = 0;                    ///< 0 is any free one

  [[nodiscard]] bool is_loopback() const;  ///< localhost, 127.0.0.0/8, ::1
  [[nodiscard]] std::string str() const;   ///< `127.0.0.1:8088`, `[::1]:8088`
};

/// `127.0.0.1:8088`, `[::1]:8088`, `:8088` and `8088` (both 127.0.0.1), `localhost` (any free port).
[[nodiscard]] std::optional<ListenAddress> parse_listen_address(std::string_view text);

/// A Host header (RFC 9110 §7.2) without its port, in lower case, IPv6 without brackets; empty when it is
/// none.
[[nodiscard]] std::string host_name(std::string_view host_header);

/// Whether it is an IPv4 or IPv6 address. No name that an attacker lets point here (DNS rebinding) is one.
[[nodiscard]] bool is_address(const std::string& host);

}  // namespace winnow::serve
