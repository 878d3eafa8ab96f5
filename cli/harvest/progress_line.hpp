// The line that a terminal shows while a harvest runs.
#pragma once

#include <chrono>
#include <string>

#include "cli/harvest/harvest.hpp"

namespace winnow::cli {

/// Rewrites itself on a terminal. Elsewhere (cron, a log) it is silent, but for -v: then a line a minute.
class ProgressLine {
public:
  explicit ProgressLine(const ClientOptions& options);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const HarvestProgress& progress);

private:
  void show(const std::string& line);

  double m_replay_per_minute;
  enum class To { nobody, terminal, log } m_to = To::nobody;
  std::chrono::steady_clock::time_point m_logged = std::chrono::steady_clock::now();
  bool m_shown = false;
};

/// "1 h 05 min", "12 min", "40 s"
[[nodiscard]] std::string duration_words(double seconds);

}  // namespace winnow::cli
