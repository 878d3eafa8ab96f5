// What fuzz targets share. A target is a file <name>_fuzz.cpp with LLVMFuzzerTestOneInput: it hands the input
// to one part of winnow and demands what the part's header promises, besides that nothing crashes, leaks or
// takes seconds. scripts/fuzz runs them by libFuzzer; ctest replays cases/<name>/, one file for each story.
#pragma once

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

/// With both sides of what should be equal.
inline void demand_equal(std::string_view one, std::string_view other, const char* promise) {
  if (one == other) return;
  std::fprintf(stderr, "--- one\n%.*s\n--- other\n%.*s\n---\n", static_cast<int>(one.size()), one.data(),
               static_cast<int>(other.size()), other.data());
  demand(false, promise);
}

/// An input's first line, and the rest: for targets that take a header or a URL besides bytes.
inline std::pair<std::string_view, std::string_view> split_line(std::string_view input) {
  const std::size_t end = input.find('\n');
  if (end == std::string_view::npos) return {{}, input};
  return {input.substr(0, end), input.substr(end + 1)};
}

}  // namespace winnow::fuzz
