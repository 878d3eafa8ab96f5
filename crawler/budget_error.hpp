// What is said when a budget's files can't be kept. For crawler/*.cpp only.
#pragma once

#include <cstring>
#include <filesystem>

#include "model/error.hpp"

namespace winnow {

/// `problem`: an errno.
[[nodiscard]] inline Error unkept_budget(const std::filesystem::path& path, int problem) {
  return error(
      "can't keep the request budget in {}: {}. winnow asks no archive without it; set XDG_STATE_HOME to a "
      "folder that can be written",
      path.string(), std::strerror(problem));
}

}  // namespace winnow
