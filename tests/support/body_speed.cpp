// How long reading a body takes: winnow_body_speed STORE <names, where each line is a SHA-256 in hex. For
// scripts/bench.
#include <algorithm>
#include <ctime>
#include <exception>
#include <iostream>
#include <string>

#include <fmt/format.h>

#include "storage/store_reader.hpp"

namespace {

double cpu_ms() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  try {
    winnow::StoreReader store(argv[1]);
    double sum = 0;
    double most = 0;
    std::size_t above = 0;
    std::size_t count = 0;
    for (std::string line; std::getline(std::cin, line); ++count) {
      const auto name = winnow::Sha256::from_hex(line);
      const double begin = cpu_ms();
      if (!name || !store.body(*name)) return 1;
      const double spent = cpu_ms() - begin;
      sum += spent;
      most = std::max(most, spent);
      above += spent > 1 ? 1 : 0;
    }
    fmt::print("{} bodies read, {:.2f} ms each in the mean, {:.1f} ms at most, {} above 1 ms\n", count,
               sum / static_cast<double>(count), most, above);
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
  }
  return 0;
}
