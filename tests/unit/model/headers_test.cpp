#include "model/headers.hpp"

#include <catch2/catch.hpp>

using namespace winnow;

TEST_CASE("a Content-Type's media type") {
  const auto [content_type, wanted] = GENERATE(table<std::string, std::string>({
      {"text/html", "text/html"},
      {" Text/HTML ; charset=utf-8", "text/html"},
      {"text/html, text/html", "text/html"},  // sent twice and joined on the way
      {"html", ""},
      {"text /html", ""},
      {"text/h\x1b[2J", ""},
      {"text/h\xc3\xa4", ""},
      {"; charset=utf-8", ""},
      {"", ""},
  }));
  CHECK(media_type(content_type) == wanted);
}
