// Times in which no answer comes, whatever is asked for: the network is down, or the archive is.
#pragma once

#include <chrono>

#include "crawler/boot_clock.hpp"

namespace winnow {

/// What fails then says nothing of the capture that was asked for. So all that is queued waits together, and
/// one request at a time tries, after 1, 2, 4... 30 seconds, until any answer comes. Pure: every call is told
/// the time.
///
/// A process's own affair, unlike the budget: a network that is down here may be up in another container of
/// the same user, and a new run should try at once.
class Outage {
public:
  /// A request sent at `sent` got no answer. That no connection came about begins an outage at once; a reset
  /// or a time-out may be one capture's fault, so only the third in a row does. Failures of requests that
  /// were under way together count as one.
  void failed(bool no_connection, Moment sent, Moment now);

  /// Anything came from the archive.
  void answered() { *this = {}; }

  void sent(Moment now);

  /// When the next request may be sent; Moment::max() while one is trying.
  [[nodiscard]] Moment ready_at() const { return m_trying ? Moment::max() : m_until; }

  [[nodiscard]] bool lasts() const { return m_lasts; }
  [[nodiscard]] Moment began() const { return m_began; }  ///< \pre lasts()
  [[nodiscard]] int failures_in_a_row() const { return m_failures; }

private:
  bool m_lasts = false;
  bool m_trying = false;
  int m_failures = 0;
  Moment m_counted{};  // when the last of them was known
  Moment m_began{};
  Moment m_until{};
};

}  // namespace winnow
