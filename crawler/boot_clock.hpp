// The clocks of all waiting.
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace winnow {

/// Linux' CLOCK_BOOTTIME: never set, runs on while the machine sleeps, and reads the same in every process
/// until the machine is started anew. The wall clock is set back and forth, the steady clock stands still
/// during sleep.
struct BootClock {
  using duration = std::chrono::microseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<BootClock>;
  static constexpr bool is_steady = true;

  [[nodiscard]] static time_point now() noexcept;
};

using Moment = BootClock::time_point;
using WallTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::microseconds>;

/// The kernel's name for the time since the machine was started; empty when it can't be read.
[[nodiscard]] const std::string& boot_id();

/// What time it is. Tests have their own.
struct Clocks {
  std::function<Moment()> now = BootClock::now;
  std::function<WallTime()> wall = [] {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  };
  std::string boot = boot_id();
};

}  // namespace winnow
