#include "model/provenance.hpp"

#include <catch2/catch.hpp>

using namespace winnow;

TEST_CASE("which bytes have the digest that the index lists") {
  const Sha1 plain = sha1("page");
  const Sha1 packed = sha1("page, packed");
  const Sha1 other = sha1("another page");
  CHECK(check_digest({}, plain, packed) == DigestCheck::unknown);
  CHECK(check_digest(plain, plain, {}) == DigestCheck::decoded);
  CHECK(check_digest(plain, plain, packed) == DigestCheck::decoded);
  CHECK(check_digest(packed, plain, packed) == DigestCheck::as_stored);
  CHECK(check_digest(packed, plain, {}) == DigestCheck::mismatch);
  CHECK(check_digest(other, plain, packed) == DigestCheck::mismatch);
}

TEST_CASE("names of provenance are read as they are written") {
  for (const auto check :
       {DigestCheck::unknown, DigestCheck::as_stored, DigestCheck::decoded, DigestCheck::mismatch})
    CHECK(parse_digest_check(name(check)) == check);
  for (const auto kind : {HopKind::archived, HopKind::archive, HopKind::live})
    CHECK(parse_hop_kind(name(kind)) == kind);
  CHECK_FALSE(parse_digest_check("wrong"));
  CHECK_FALSE(parse_hop_kind(""));
}
