#include "cli/harvest/conclude.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/harvest/progress_line.hpp"

namespace winnow::cli {
namespace {

/// "Wait until 2026-01-02T12:00:00Z (1 h 00 min)"
std::string advice(const std::optional<Timestamp>& resume_after) {
  if (!resume_after) return "Wait an hour at least";
  const auto wait = std::max(resume_after->time() - Timestamp::now().time(), std::chrono::seconds(0));
  return fmt::format("Wait until {} ({})", resume_after->iso(),
                     duration_words(static_cast<double>(wait.count())));
}

}  // namespace

ExitCode conclude(HarvestEnd end, const std::string& detail, const std::optional<Timestamp>& resume_after,
                  bool complete) {
  switch (end) {
    case HarvestEnd::interrupted:
      spdlog::warn("stopped; run the same command again to go on");
      return ExitCode::error;
    case HarvestEnd::refused:
      spdlog::error("the archive refuses us: {}. {}, then run the same command again", detail,
                    advice(resume_after));
      return ExitCode::refused;
    case HarvestEnd::unreachable:
      spdlog::error("the archive cannot be reached: {}. Check --from and the network", detail);
      return ExitCode::error;
    case HarvestEnd::spent:
      spdlog::debug("as much was done as was allowed; the next run goes on");
      break;
    case HarvestEnd::done:
      break;
  }
  return complete ? ExitCode::done : ExitCode::incomplete;
}

}  // namespace winnow::cli
