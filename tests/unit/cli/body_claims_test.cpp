#include "cli/harvest/body_claims.hpp"

#include <catch2/catch.hpp>

using namespace winnow;
using winnow::cli::BodyClaims;
using Claim = BodyClaims::Claim;

namespace {

const Reading k_reading{sha256("body"), "text/html", "http://a.test/"};

CaptureResult result(int id) {
  return {static_cast<CaptureId>(id), Missed{}};
}

Claim claim(BodyClaims& claims, int id) {
  auto asked = result(id);
  return claims.claim(k_reading, asked);
}

}  // namespace

TEST_CASE("the same body at the same time is worked on once") {
  BodyClaims claims;
  REQUIRE(claim(claims, 1) == Claim::ours);
  CHECK(claim(claims, 2) == Claim::parked);
  CHECK(claim(claims, 3) == Claim::parked);

  const auto released = claims.sent(k_reading);
  REQUIRE(released.size() == 2);
  CHECK(released[0].capture == static_cast<CaptureId>(2));
  CHECK(released[1].capture == static_cast<CaptureId>(3));

  SECTION("until it is committed, later ones go without a body") {
    CHECK(claim(claims, 4) == Claim::queued);
    claims.committed(k_reading);
    CHECK(claim(claims, 5) == Claim::ours);  // and finds it in the store
    CHECK(claims.known(k_reading).empty());
  }
}

TEST_CASE("a body that the store holds releases who waited for it") {
  BodyClaims claims;
  REQUIRE(claim(claims, 1) == Claim::ours);
  CHECK(claim(claims, 2) == Claim::parked);
  CHECK(claims.known(k_reading).size() == 1);
  CHECK(claim(claims, 3) == Claim::ours);
}

TEST_CASE("a commit that overtakes the sender loses nobody") {
  BodyClaims claims;
  REQUIRE(claim(claims, 1) == Claim::ours);
  claims.committed(k_reading);  // the writer was faster than the worker's next step
  CHECK(claim(claims, 2) == Claim::parked);
  CHECK(claims.sent(k_reading).size() == 1);
  CHECK(claim(claims, 3) == Claim::ours);
}
