// What a command that asked an archive says and returns when it did not come to its end.
#pragma once

#include <optional>
#include <string>

#include "cli/command.hpp"
#include "cli/harvest/harvest_report.hpp"

namespace winnow::cli {

/// Tells stderr why, and when to go on. `complete`: nothing failed on the way.
[[nodiscard]] ExitCode conclude(HarvestEnd end, const std::string& detail,
                                const std::optional<Timestamp>& resume_after, bool complete);

}  // namespace winnow::cli
