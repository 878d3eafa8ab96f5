// The line that a terminal shows while a harvest runs.
#pragma once

#include "cli/harvest/harvest.hpp"

namespace winnow::cli {

/// Rewrites itself on stderr; silent when stderr is no terminal.
class ProgressLine {
public:
  explicit ProgressLine(const ClientOptions& options);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const HarvestProgress& progress);

private:
  double m_replay_per_minute;
  bool m_enabled;
  bool m_shown = false;
};

/// "1 h 05 min", "12 min", "40 s"
[[nodiscard]] std::string duration_words(double seconds);

}  // namespace winnow::cli
