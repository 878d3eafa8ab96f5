// How fast pages become texts in one thread, each page parsed, beside gumbo alone: for scripts/bench extract.
//
//   winnow_extract_speed FILE...
//
// Prints the best of five rounds over all files, by the CPU's clock: the machine's speed varies more than the
// two rates do, which are measured in turn.
#include <algorithm>
#include <ctime>
#include <exception>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gumbo.h>

#include "extract/arena.hpp"
#include "extract/extract.hpp"
#include "extract/prune.hpp"

using namespace winnow;

namespace {

/// Debian's gumbo as it can be used best: on the cut page, with an arena.
void parse_alone(const std::string& page) {
  const PrunedPage pruned = prune(page, Fallbacks::leave_out);
  Arena arena;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = [](void* memory, std::size_t size) {
    return static_cast<Arena*>(memory)->allocate(size);
  };
  options.deallocator = [](void*, void*) {};
  options.userdata = &arena;
  options.max_errors = 0;
  gumbo_parse_with_options(&options, pruned.html.data(), pruned.html.size());
}

double seconds(const std::vector<std::string>& pages, const std::function<void(const std::string&)>& use) {
  const std::clock_t start = std::clock();
  for (const std::string& page : pages)
    use(page);
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

}  // namespace

int main(int argc, char** argv) try {
  std::vector<std::string> pages;
  std::size_t bytes = 0;
  for (int i = 1; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    if (!in) throw std::runtime_error(fmt::format("{} cannot be read", argv[i]));
    pages.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    bytes += pages.back().size();
  }
  double alone = std::numeric_limits<double>::max();
  double whole = alone;
  std::size_t words = 0;
  for (int round = 0; round < 5; ++round) {
    alone = std::min(alone, seconds(pages, parse_alone));
    whole = std::min(
        whole, seconds(pages, [&words](const std::string& page) { words += extract(page, {}).word_count; }));
  }
  const double megabytes = static_cast<double>(bytes) / 1e6;
  fmt::print(
      "  in one process: {:.0f} pages/s, {:.1f} MB/s; gumbo alone, cut and with an arena: {:.1f} MB/s\n",
      static_cast<double>(pages.size()) / whole, megabytes / whole, megabytes / alone);
  return words == 0 ? 1 : 0;
} catch (const std::exception& failure) {
  fmt::print(stderr, "{}\n", failure.what());
  return 1;
}
