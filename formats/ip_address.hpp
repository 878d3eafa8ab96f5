// Addresses in the spelling that WARC-IP-Address wants (ISO 28500 §5.10).
#pragma once

#include <string>

#include <arpa/inet.h>

namespace winnow {

/// An IPv4 address with dots or an IPv6 one, without brackets, port or zone.
[[nodiscard]] inline bool is_ip_address(const std::string& text) {
  in6_addr address{};  // large enough for either
  return text.find('\0') == std::string::npos && (inet_pton(AF_INET, text.c_str(), &address) == 1 ||
                                                  inet_pton(AF_INET6, text.c_str(), &address) == 1);
}

}  // namespace winnow
