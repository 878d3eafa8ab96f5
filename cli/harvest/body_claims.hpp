// Which bodies this process is reading, so that one that arrives several times at once is read once.
#pragma once

#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "storage/capture_result.hpp"

namespace winnow::cli {

/// Neighbouring captures of an unchanged page arrive together, before the first of them is committed; the
/// store alone could not tell that their body has been read. Thread-safe.
///
///   claim() == ours -> work on it -> send the result to the writer -> sent() -> ... -> committed()
class BodyClaims {
public:
  enum class Claim {
    ours,    ///< nobody has it: work on it, send it, then call sent(); or call known()
    queued,  ///< on its way to the store: send the result without a body
    parked,  ///< somebody works on it: `result` was taken and comes back from their sent() or known()
  };

  /// Asks for a reading on behalf of `result`, which has neither body nor text.
  [[nodiscard]] Claim claim(const Reading& reading, CaptureResult& result) {
    const std::lock_guard lock(m_mutex);
    const auto [entry, is_new] = m_readings.try_emplace(reading);
    if (is_new) return Claim::ours;
    if (entry->second.sent) return Claim::queued;
    entry->second.parked.push_back(std::move(result));
    return Claim::parked;
  }

  /// The result with the content has been sent to the writer. Returns those that may be sent now.
  [[nodiscard]] std::vector<CaptureResult> sent(const Reading& reading) {
    const std::lock_guard lock(m_mutex);
    const auto entry = m_readings.find(reading);
    entry->second.sent = true;
    auto parked = std::exchange(entry->second.parked, {});
    if (entry->second.committed) m_readings.erase(entry);
    return parked;
  }

  /// The store turned out to hold what was claimed. Returns those that may be sent now.
  [[nodiscard]] std::vector<CaptureResult> known(const Reading& reading) {
    const std::lock_guard lock(m_mutex);
    const auto entry = m_readings.find(reading);
    auto parked = std::move(entry->second.parked);
    m_readings.erase(entry);
    return parked;
  }

  /// The writer has committed the result with the content: from now on the store knows. May come before
  /// sent().
  void committed(const Reading& reading) {
    const std::lock_guard lock(m_mutex);
    const auto entry = m_readings.find(reading);
    if (entry == m_readings.end()) return;
    if (entry->second.sent) {
      m_readings.erase(entry);
    } else {
      entry->second.committed = true;
    }
  }

private:
  struct Entry {
    bool sent = false;
    bool committed = false;
    std::vector<CaptureResult> parked;
  };
  std::mutex m_mutex;
  std::unordered_map<Reading, Entry, ReadingHash> m_readings;
};

}  // namespace winnow::cli
