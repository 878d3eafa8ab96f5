// What standard output can show.
#pragma once

#include <cstdlib>

#include <unistd.h>

namespace winnow::cli {

[[nodiscard]] inline bool stdout_is_terminal() {
  return isatty(STDOUT_FILENO) == 1;
}

/// A terminal, and nobody says otherwise: NO_COLOR is set to anything at all (no-color.org).
[[nodiscard]] inline bool stdout_wants_colours() {
  const char* no_color = std::getenv("NO_COLOR");
  return stdout_is_terminal() && (no_color == nullptr || *no_color == '\0');
}

}  // namespace winnow::cli
