#include "crawler/public_address.hpp"

#include <string>
#include <utility>

#include <catch2/catch.hpp>

using namespace winnow;

TEST_CASE("which hosts are public") {
  const auto [host, is_public] = GENERATE(table<std::string, bool>({
      {"soompi.com", true},
      {"intranet", true},  // a name: seen when it is connected to
      {"localhost", false},
      {"a.localhost", false},
      {"localhost.", false},
      {"", false},
      {"127.0.0.1", false},
      {"127.1", false},
      {"2130706433", false},
      {"0x7f.0.0.1", false},
      {"0177.0.0.1", false},
      {"0.0.0.0", false},
      {"10.1.2.3", false},
      {"100.64.0.1", false},
      {"100.128.0.1", true},
      {"169.254.169.254", false},  // where clouds tell their machines' keys
      {"172.16.0.1", false},
      {"172.32.0.1", true},
      {"192.168.1.1", false},
      {"198.19.0.1", false},
      {"224.0.0.1", false},
      {"255.255.255.255", false},
      {"207.241.224.2", true},
      {"[::1]", false},
      {"[::]", false},
      {"[fe80::1%25eth0]", false},
      {"[fd00::1]", false},
      {"[::ffff:127.0.0.1]", false},
      {"[::ffff:207.241.224.2]", true},
      {"[64:ff9b::10.0.0.1]", false},
      {"[64:ff9b::207.241.224.2]", true},
      {"[2002:7f00:1::1]", false},
      {"[2a00:1450:4001:80e::200e]", true},
      {"[nonsense]", false},
  }));
  INFO(host);
  CHECK(is_public_host(host) == is_public);
}
