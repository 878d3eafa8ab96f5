#include "cli/harvest/progress_line.hpp"

#include <cmath>
#include <cstdio>
#include <string>

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace winnow::cli {

namespace {

constexpr std::chrono::minutes k_log_every{1};

}  // namespace

ProgressLine::ProgressLine(const ClientOptions& options)
    : m_replay_per_minute(options.archive.limits.replay_per_minute) {
  const bool terminal = isatty(STDERR_FILENO) == 1;
  if (terminal && spdlog::should_log(spdlog::level::info)) m_to = To::terminal;
  if (!terminal && spdlog::should_log(spdlog::level::debug)) m_to = To::log;
}

ProgressLine::~ProgressLine() {
  if (m_shown) std::fputs("\r\x1b[K", stderr);
}

void ProgressLine::show(const HarvestProgress& progress) {
  if (m_to == To::nobody) return;
  const auto now = std::chrono::steady_clock::now();
  if (m_to == To::log && now - m_logged < k_log_every) return;
  m_logged = now;
  if (!progress.looking_through.empty())
    return show(fmt::format("looking through {} for its policy", progress.looking_through));
  const double rate = progress.seconds > 0 ? static_cast<double>(progress.answered) / progress.seconds : 0;
  const auto left = progress.pending > progress.answered ? progress.pending - progress.answered : 0;
  auto line = fmt::format("{}/{} targets listed, {} of {} captures, {:.1f}/s", progress.targets_listed,
                          progress.targets, progress.answered, progress.pending, rate);
  if (m_replay_per_minute > 0) line += fmt::format(" (budget {:.1f}/s)", m_replay_per_minute / 60);
  if (rate > 0 && left > 0)
    line += fmt::format(", {} left", duration_words(static_cast<double>(left) / rate));
  show(line);
}

void ProgressLine::show(const std::string& line) {
  if (m_to == To::log) {
    spdlog::debug("{}", line);
    return;
  }
  std::fputs(fmt::format("\r{}\x1b[K", line).c_str(), stderr);
  std::fflush(stderr);
  m_shown = true;
}

std::string duration_words(double seconds) {
  const auto whole = std::lround(seconds);
  if (whole >= 3600) return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
  if (whole >= 60) return fmt::format("{} min", whole / 60);
  return fmt::format("{} s", whole);
}

}  // namespace winnow::cli
