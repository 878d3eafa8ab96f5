// What fuzz targets share. A target is a file <name>_fuzz.cpp with LLVMFuzzerTestOneInput: it hands the input
// to one part of winnow and demands what the part's header promises, besides that nothing crashes, leaks or
// takes seconds. scripts/fuzz runs them by libFuzzer; ctest replays cases/<name>/, one file for each story.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace winnow::fuzz {

inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Ends the process, which is how a fuzzer learns of it.
inline void demand(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

/// With both sides of what should be equal, around where they differ.
inline void demand_equal(std::string_view one, std::string_view other, const char* promise) {
  if (one == other) return;
  const auto differ = std::mismatch(one.begin(), one.end(), other.begin(), other.end()).first;
  const auto at = static_cast<std::size_t>(differ - one.begin());
  const std::size_t from = at - std::min<std::size_t>(at, 100);
  for (const std::string_view side : {one.substr(from, 200), other.substr(from, 200)})
    std::fprintf(stderr, "---\n%.*s\n", static_cast<int>(side.size()), side.data());
  demand(false, promise);
}

/// An input's first line, and the rest: for targets that take a header or a URL besides bytes.
inline std::pair<std::string_view, std::string_view> split_line(std::string_view input) {
  const std::size_t end = input.find('\n');
  if (end == std::string_view::npos) return {{}, input};
  return {input.substr(0, end), input.substr(end + 1)};
}

}  // namespace winnow::fuzz
