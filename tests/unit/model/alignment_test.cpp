#include "model/alignment.hpp"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

using namespace winnow;

using Sequence = std::vector<std::uint32_t>;

namespace {

void check_is_alignment(const Sequence& older, const Sequence& newer, const std::vector<Match>& matches) {
  for (std::size_t i = 0; i < matches.size(); ++i) {
    REQUIRE(older.at(matches[i].old_index) == newer.at(matches[i].new_index));
    if (i == 0) continue;
    REQUIRE(matches[i - 1].old_index < matches[i].old_index);
    REQUIRE(matches[i - 1].new_index < matches[i].new_index);
  }
}

/// The textbook's table.
std::size_t longest_common(const Sequence& older, const Sequence& newer) {
  std::vector<std::size_t> above(newer.size() + 1);
  for (const std::uint32_t element : older) {
    std::vector<std::size_t> row(newer.size() + 1);
    for (std::size_t j = 0; j < newer.size(); ++j)
      row[j + 1] = element == newer[j] ? above[j] + 1 : std::max(above[j + 1], row[j]);
    above = row;
  }
  return above.back();
}

Sequence counted_from(std::uint32_t begin, std::uint32_t end) {
  Sequence sequence;
  for (std::uint32_t i = begin; i < end; ++i)
    sequence.push_back(i);
  return sequence;
}

}  // namespace

TEST_CASE("small sequences are aligned as well as can be") {
  std::mt19937 random(3);
  for (int round = 0; round < 500; ++round) {
    Sequence older(random() % 30);
    Sequence newer(random() % 30);
    for (Sequence* sequence : {&older, &newer})
      std::generate(sequence->begin(), sequence->end(), [&] { return random() % 8; });
    Effort effort;
    const auto matches = align(older, newer, effort);
    check_is_alignment(older, newer, matches);
    CHECK(matches.size() == longest_common(older, newer));
  }
}

TEST_CASE("large sequences are divided at what occurs once") {
  // A block of 2000 moves to the end: what stays in order is kept, and the block is not.
  Sequence older = counted_from(0, 10000);
  Sequence newer = older;
  std::rotate(newer.begin(), newer.begin() + 2000, newer.end());
  Effort effort;
  const auto matches = align(older, newer, effort);
  check_is_alignment(older, newer, matches);
  CHECK(matches.size() == 8000);
}

TEST_CASE("what cannot be aligned within the bounds has no match") {
  // Ends are matched all the same.
  Sequence older = {7};
  Sequence newer = {7};
  for (std::uint32_t i = 0; i < 4000; ++i) {
    older.push_back(i % 2);
    newer.push_back((i + 1) % 2);
  }
  older.push_back(9);
  newer.push_back(9);
  Effort effort;
  CHECK(align(older, newer, effort) == std::vector<Match>{{0, 0}, {4001, 4001}});

  Effort none{0};
  CHECK(align({1, 2, 3, 4}, {1, 3, 2, 4}, none) == std::vector<Match>{{0, 0}, {3, 3}});
  Effort enough{100};
  CHECK(align({1, 2, 3, 4}, {1, 3, 2, 4}, enough).size() == 3);
  CHECK(enough.steps < 100);
}

TEST_CASE("empty sequences have nothing in common") {
  Effort effort;
  CHECK(align({}, {}, effort).empty());
  CHECK(align({1, 2}, {}, effort).empty());
  CHECK(align({}, {1, 2}, effort).empty());
}
