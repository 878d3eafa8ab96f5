#include "formats/sorted_lines.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/support/temp_dir.hpp"

using namespace winnow;
using namespace winnow::test;

TEST_CASE("lines come in order, whether they fit into memory or not", "[sorted_lines]") {
  const std::size_t memory = GENERATE(std::size_t{2000}, std::size_t{20000}, std::size_t{1} << 20U);
  const TempDir folder;
  SortedLines sorted(folder.path(), memory);
  std::vector<std::string> lines;
  for (unsigned i = 0; i < 1000; ++i)
    lines.push_back(std::to_string(i * 7919U % 1009U) + std::string(i % 50, 'x'));
  lines.insert(lines.end(), {"", "", "5", "5"});
  for (const std::string& line : lines)
    sorted.add(line);
  std::vector<std::string> seen;
  sorted.for_each([&seen](std::string_view line) { seen.emplace_back(line); });
  std::sort(lines.begin(), lines.end());
  CHECK(seen == lines);
}
