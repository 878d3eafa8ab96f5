#include "serve/listen_address.hpp"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "model/ascii.hpp"

namespace winnow::serve {
namespace {

std::optional<int> parse_port(std::string_view text) {
  int port = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || problem != std::errc() || end != text.data() + text.size() || port < 0 || port > 65535)
    return std::nullopt;
  return port;
}

bool is_ipv6(const std::string& host) {
  in6_addr address{};
  return inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

bool is_host_character(char c) {
  return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_';
}

}  // namespace

bool is_address(const std::string& host) {
  in_addr address{};
  return inet_pton(AF_INET, host.c_str(), &address) == 1 || is_ipv6(host);
}

bool ListenAddress::is_loopback() const {
  return host == "localhost" || host == "::1" || (host.starts_with("127.") && is_address(host));
}

std::string ListenAddress::str() const {
  return host.find(':') == std::string::npos ? fmt::format("{}:{}", host, port)
                                             : fmt::format("[{}]:{}", host, port);
}

std::optional<ListenAddress> parse_listen_address(std::string_view text) {
  ListenAddress address;
  if (const auto port = parse_port(text)) {
    address.port = *port;
    return address;
  }
  const bool is_bracketed = text.starts_with('[');
  const std::size_t colon = is_bracketed ? text.find("]:") : text.find(':');
  std::string_view host = text.substr(0, colon);
  if (is_bracketed) {
    host.remove_prefix(1);
    if (colon == std::string_view::npos) {
      if (!host.ends_with(']')) return std::nullopt;
      host.remove_suffix(1);
    }
  }
  if (colon != std::string_view::npos) {
    const auto port = parse_port(text.substr(colon + (is_bracketed ? 2 : 1)));
    if (!port) return std::nullopt;
    address.port = *port;
  }
  if (!host.empty()) address.host = host;
  const bool is_fine = is_bracketed
                           ? is_ipv6(address.host)
                           : std::all_of(address.host.begin(), address.host.end(), is_host_character);
  if (!is_fine || text.empty()) return std::nullopt;
  return address;
}

std::string host_name(std::string_view host_header) {
  std::string_view host = host_header;
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    if (end == std::string_view::npos) return {};
    host = host.substr(1, end - 1);
  } else {
    host = host.substr(0, host.find(':'));
    if (!std::all_of(host.begin(), host.end(), is_host_character)) return {};
  }
  std::string name(host);
  std::transform(name.begin(), name.end(), name.begin(), to_lower);
  return name;
}

}  // namespace winnow::serve
