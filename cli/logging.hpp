// Talk goes to stderr, through spdlog's default logger.
#pragma once

#include <string>

namespace winnow::cli {

struct LogOptions {
  int verbosity = 0;            ///< -1 quiet (errors only), 0 normal, 1 and more: details
  std::string format = "text";  ///< "text", or "json": one object a line (time, level, message)
};

void set_up_logging(const LogOptions& options);

}  // namespace winnow::cli
