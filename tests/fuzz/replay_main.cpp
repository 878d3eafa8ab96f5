// Runs a fuzz target on files, in place of libFuzzer: FILE or folder of files, each once.
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "fuzz.hpp"

namespace {

using Clock = std::chrono::steady_clock;

/// No case takes longer, sanitizers and a busy machine included: those kept for being slow took minutes.
constexpr std::chrono::seconds k_longest{10};

bool replay(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  std::fprintf(stderr, "%s, %zu bytes\n", path.c_str(), bytes.size());
  const auto start = Clock::now();
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  const bool in_time = Clock::now() - start < k_longest;
  if (!in_time) std::fprintf(stderr, "broken promise: bounded time\n");
  return in_time;
}

}  // namespace

int main(int argc, char** argv) try {
  std::size_t count = 0;
  bool all_in_time = true;
  for (int i = 1; i < argc; ++i) {
    if (!std::filesystem::is_directory(argv[i])) {
      all_in_time = replay(argv[i]) && all_in_time;
      ++count;
      continue;
    }
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      all_in_time = replay(entry.path()) && all_in_time;
      ++count;
    }
  }
  std::fprintf(stderr, "%zu cases\n", count);
  return count > 0 && all_in_time ? 0 : 1;
} catch (const std::exception& problem) {
  std::fprintf(stderr, "%s\n", problem.what());
  return 1;
}
