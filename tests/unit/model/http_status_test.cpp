#include "model/http_status.hpp"

#include <catch2/catch.hpp>

using namespace winnow;

TEST_CASE("which statuses lead elsewhere, and which have no body") {
  for (const int status : {300, 301, 302, 303, 307, 308})
    CHECK(is_redirect(status));
  for (const int status : {0, 200, 201, 299, 304, 305, 306, 309, 399, 400, 404, 503})
    CHECK_FALSE(is_redirect(status));
  CHECK(has_no_body(204));
  CHECK(has_no_body(304));
  for (const int status : {200, 205, 301, 404})
    CHECK_FALSE(has_no_body(status));
}
