// Which addresses are the public internet's.
#pragma once

#include <string_view>

#include <sys/socket.h>

namespace winnow {

/// Not so: loopback, private and link-local networks, carriers' shared space, multicast and what is reserved
/// (RFC 6890), also when IPv4 is wrapped in IPv6 (mapped, 6to4, NAT64). Other families are not.
[[nodiscard]] bool is_public(const sockaddr& address);

/// The same of a URL's host where it is an address, in any spelling that resolvers take (`0x7f.1`,
/// `2130706433`, `[::1]`). Of names only `localhost` and what ends so is not: what the others lead to is seen
/// when they are connected to.
[[nodiscard]] bool is_public_host(std::string_view host);

/// The same of an address as libcurl writes it, `127.0.0.1` or `::1`.
[[nodiscard]] bool is_public_address(std::string_view address);

/// Whether the environment names a proxy, as libcurl reads it: connections may then lead to that one.
[[nodiscard]] bool proxy_is_set();

}  // namespace winnow
