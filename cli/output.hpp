// Data on stdout.
#pragma once

#include <cstdio>
#include <string_view>

#include "model/error.hpp"

namespace winnow::cli {

/// Throws Error when stdout can't take it (a full disk, a closed pipe).
inline void write_stdout(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size())
    throw error("can't write to standard output");
}

/// After the last write: errors may show only now.
inline void flush_stdout() {
  if (std::fflush(stdout) != 0) throw error("can't write to standard output");
}

/// All that a command has to say.
inline void print(std::string_view text) {
  write_stdout(text);
  flush_stdout();
}

}  // namespace winnow::cli
