#include "storage/base_chooser.hpp"

#include <catch2/catch.hpp>

#include "model/digest.hpp"

using namespace winnow;
using namespace winnow::storage;

namespace {

/// 64 kB that do not compress, another for each seed.
std::string bytes(int seed) {
  std::string bytes;
  for (int i = 0; i < 2000; ++i)
    bytes += sha256(std::to_string(seed) + ":" + std::to_string(i)).raw();
  return bytes;
}

std::optional<std::int64_t> chosen(const BaseChooser& chooser, const std::string& bytes) {
  const auto base = chooser.choose(fingerprint(bytes));
  return base ? std::optional(base->id) : std::nullopt;
}

}  // namespace

TEST_CASE("a fingerprint is a sample of about a 256th", "[chooser]") {
  const auto size = fingerprint(bytes(1)).size();
  CHECK(size > 150);
  CHECK(size < 350);
  CHECK(fingerprint("").empty());
  CHECK(fingerprint("short").empty());
  CHECK(fingerprint(std::string(100'000, 'x')).size() <= 1);
}

TEST_CASE("the base is the content that is most alike, wherever it moved", "[chooser]") {
  BaseChooser chooser;
  CHECK(chosen(chooser, bytes(1)) == std::nullopt);
  chooser.add({.id = 1, .depth = 0, .cost = 64000}, fingerprint(bytes(1)));
  chooser.add({.id = 2, .depth = 0, .cost = 64000}, fingerprint(bytes(2)));
  CHECK(chosen(chooser, "<p>" + bytes(1)) == 1);
  CHECK(chosen(chooser, bytes(2).substr(1000)) == 2);
  CHECK(chosen(chooser, bytes(1).substr(0, 20000) + bytes(2)) == 2);
  CHECK(chosen(chooser, bytes(3)) == std::nullopt);
  CHECK(chosen(chooser, "") == std::nullopt);
}

TEST_CASE("a base that is dear to read must be the better for it", "[chooser]") {
  BaseChooser chooser;
  const std::string near = bytes(1) + bytes(2).substr(0, 30000);
  chooser.add({.id = 1, .depth = 1, .cost = 64000}, fingerprint(bytes(1)));
  const auto [depth, cost, wanted] = GENERATE(table<int, std::size_t, std::int64_t>({
      {2, 128000, 2},              // as good as alike: the more alike
      {k_deepest, 128000, 1},      // nothing rests on what is deepest
      {2, k_dearest, 1},           // nor on what is dearest
      {k_deepest - 1, 128000, 2},  // but the last step is taken where it saves all
  }));
  INFO(depth << " " << cost);
  chooser.add({.id = 2, .depth = depth, .cost = cost}, fingerprint(near));
  CHECK(chosen(chooser, near) == wanted);
}

TEST_CASE("of equals the later is the base, and what was long ago is forgotten", "[chooser]") {
  BaseChooser chooser;
  const Fingerprint same = fingerprint(bytes(1));
  for (int i = 0; i < 3000; ++i)
    chooser.add({.id = i, .depth = 0, .cost = 64000}, same);
  CHECK(chosen(chooser, bytes(1)) == 2999);
  for (int i = 0; i < 1000; ++i)
    chooser.add({.id = 10000 + i, .depth = 0, .cost = 3}, {});
  CHECK(chosen(chooser, bytes(1)) == std::nullopt);
}
