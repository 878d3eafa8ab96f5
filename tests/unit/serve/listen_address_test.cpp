#include "serve/listen_address.hpp"

#include <catch2/catch.hpp>

using namespace winnow::serve;

TEST_CASE("addresses to listen on", "[serve]") {
  const auto [text, shown] = GENERATE(table<std::string, std::string>({
      {"127.0.0.1:8088", "127.0.0.1:8088"},
      {"8088", "127.0.0.1:8088"},
      {":8088", "127.0.0.1:8088"},
      {"localhost", "localhost:0"},
      {"[::1]:80", "[::1]:80"},
      {"[::1]", "[::1]:0"},
      {"0.0.0.0:65535", "0.0.0.0:65535"},
      {"archive.example:80", "archive.example:80"},
      {"", ""},
      {"127.0.0.1:", ""},
      {"127.0.0.1:65536", ""},
      {"127.0.0.1:x", ""},
      {"[::1:80", ""},
      {"[no]:80", ""},
      {"http://127.0.0.1:80", ""},
      {"a b:80", ""},
  }));
  CAPTURE(text);
  const auto address = parse_listen_address(text);
  CHECK((address ? address->str() : "") == shown);
}

TEST_CASE("what only this machine reaches", "[serve]") {
  const auto [host, is_loopback] = GENERATE(table<std::string, bool>({{"127.0.0.1", true},
                                                                      {"127.9.9.9", true},
                                                                      {"::1", true},
                                                                      {"localhost", true},
                                                                      {"0.0.0.0", false},
                                                                      {"::", false},
                                                                      {"192.168.0.1", false},
                                                                      {"127.evil.example", false}}));
  CAPTURE(host);
  CHECK(ListenAddress{host, 1}.is_loopback() == is_loopback);
}

TEST_CASE("names in a Host header", "[serve]") {
  const auto [header, name] = GENERATE(table<std::string, std::string>({{"A.Example:80", "a.example"},
                                                                        {"[::1]:80", "::1"},
                                                                        {"[::1", ""},
                                                                        {"", ""},
                                                                        {"a b", ""},
                                                                        {"user@host", ""},
                                                                        {"<x>", ""}}));
  CAPTURE(header);
  CHECK(host_name(header) == name);
}
