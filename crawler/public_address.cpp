#include "crawler/public_address.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace winnow {

namespace {

struct Block4 {
  std::uint32_t first;
  int bits;
};

// RFC 6890 and its registry, as far as it is not global.
constexpr std::array<Block4, 13> k_blocks4 = {{
    {0x00000000U, 8},   // 0.0.0.0/8, this network
    {0x0a000000U, 8},   // 10.0.0.0/8
    {0x64400000U, 10},  // 100.64.0.0/10, carriers' shared space
    {0x7f000000U, 8},   // 127.0.0.0/8
    {0xa9fe0000U, 16},  // 169.254.0.0/16, link-local: clouds keep their keys there
    {0xac100000U, 12},  // 172.16.0.0/12
    {0xc0000000U, 24},  // 192.0.0.0/24
    {0xc0000200U, 24},  // 192.0.2.0/24, documentation
    {0xc0a80000U, 16},  // 192.168.0.0/16
    {0xc6120000U, 15},  // 198.18.0.0/15, benchmarks
    {0xc6336400U, 24},  // 198.51.100.0/24, documentation
    {0xcb007100U, 24},  // 203.0.113.0/24, documentation
    {0xe0000000U, 3},   // multicast, and what is reserved
}};

bool is_public4(std::uint32_t address) {
  return std::none_of(k_blocks4.begin(), k_blocks4.end(), [&](const Block4& block) {
    return ((address ^ block.first) >> static_cast<unsigned>(32 - block.bits)) == 0;
  });
}

std::uint32_t word(const in6_addr& address, std::size_t at) {
  std::uint32_t value = 0;
  std::memcpy(&value, &address.s6_addr[at], sizeof value);
  return ntohl(value);
}

bool is_public6(const in6_addr& address) {
  const std::uint32_t head = word(address, 0);
  const bool none_between = word(address, 4) == 0;
  if (head == 0 && none_between) {
    const bool mapped = word(address, 8) == 0xffffU;
    return mapped && is_public4(word(address, 12));  // else ::, ::1 and what was IPv4-compatible
  }
  if (head == 0x0064ff9bU && none_between && word(address, 8) == 0) return is_public4(word(address, 12));
  if (head >> 16U == 0x2002U) return is_public4(head << 16U | word(address, 4) >> 16U);
  if (head == 0x20010db8U) return false;  // documentation
  return head >> 29U == 1;                // 2000::/3 is all that is assigned
}

}  // namespace

bool is_public(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    return is_public4(ntohl(in.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 in{};
    std::memcpy(&in, &address, sizeof in);
    return is_public6(in.sin6_addr);
  }
  return false;
}

bool is_public_address(std::string_view address) {
  const std::string text(address);
  in6_addr six{};
  if (inet_pton(AF_INET6, text.c_str(), &six) == 1) return is_public6(six);
  in_addr four{};
  return inet_aton(text.c_str(), &four) != 0 && is_public4(ntohl(four.s_addr));
}

bool is_public_host(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  if (host.empty() || host == "localhost" || host.ends_with(".localhost")) return false;
  if (host.starts_with('[')) {
    const auto address = host.substr(1, host.find_first_of("%]") - 1);
    return is_public_address(address);
  }
  in_addr four{};
  if (inet_aton(std::string(host).c_str(), &four) == 0) return true;
  return is_public4(ntohl(four.s_addr));
}

bool proxy_is_set() {
  constexpr std::array<const char*, 5> k_names = {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
                                                  "ALL_PROXY"};
  return std::any_of(k_names.begin(), k_names.end(), [](const char* name) {
    const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return value != nullptr && *value != '\0';
  });
}

}  // namespace winnow
