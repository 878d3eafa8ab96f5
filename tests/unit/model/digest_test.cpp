#include "model/digest.hpp"

#include <catch2/catch.hpp>

using namespace winnow;

TEST_CASE("digests of known inputs") {
  CHECK(sha1("abc").hex() == "a9993e364706816aba3e25717850c26c9cd0d89d");
  CHECK(base32(sha1("")) == "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
  CHECK(sha256("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256Hasher hasher;
  hasher.update("a");
  hasher.update("bc");
  CHECK(hasher.finish() == sha256("abc"));
}

TEST_CASE("a CDX digest is read in the spellings that occur") {
  const auto empty = sha1("");
  CHECK(parse_cdx_digest("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ") == empty);
  CHECK(parse_cdx_digest("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ") == empty);
  CHECK(parse_cdx_digest("SHA1:3i42h3s6nnfq2msvx7xzkyayscx5qbyj") == empty);
  CHECK(parse_cdx_digest("da39a3ee5e6b4b0d3255bfef95601890afd80709") == empty);  // 40 hex digits in old rows
  CHECK_FALSE(parse_cdx_digest("-"));
  CHECK_FALSE(parse_cdx_digest(""));
  CHECK_FALSE(parse_cdx_digest("md5:d41d8cd98f00b204e9800998ecf8427e"));
  CHECK_FALSE(parse_cdx_digest("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBY!"));
}

TEST_CASE("a digest is read back from hex and from raw bytes") {
  const auto digest = sha256("abc");
  CHECK(Sha256::from_hex(digest.hex()) == digest);
  CHECK(Sha256::from_bytes(digest.raw()) == digest);
  CHECK_FALSE(Sha256::from_hex("abc"));
  CHECK_FALSE(Sha256::from_bytes("abc"));
}
