// Which bodies this process is working on, so that one that arrives several times at once is worked on once.
#pragma once

#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/digest.hpp"
#include "storage/capture_result.hpp"

namespace winnow::cli {

/// Neighbouring captures of an unchanged page arrive together, before the first of them is committed; the
/// store alone could not tell that their body is known. Thread-safe.
///
///   claim() == ours -> work on it -> send the result to the writer -> sent() -> ... -> committed()
class BodyClaims {
public:
  enum class Claim {
    ours,    ///< nobody has it: work on it, send it, then call sent(); or call known()
    queued,  ///< on its way to the store: send the result without a body
    parked,  ///< somebody works on it: `result` was taken and comes back from their sent() or known()
  };

  /// Asks for a body on behalf of `result`, which has neither body nor text.
  [[nodiscard]] Claim claim(const Sha256& body, CaptureResult& result) {
    const std::lock_guard lock(m_mutex);
    const auto [entry, is_new] = m_bodies.try_emplace(body);
    if (is_new) return Claim::ours;
    if (entry->second.sent) return Claim::queued;
    entry->second.parked.push_back(std::move(result));
    return Claim::parked;
  }

  /// The result with the body has been sent to the writer. Returns those that may be sent now.
  [[nodiscard]] std::vector<CaptureResult> sent(const Sha256& body) {
    const std::lock_guard lock(m_mutex);
    const auto entry = m_bodies.find(body);
    entry->second.sent = true;
    auto parked = std::exchange(entry->second.parked, {});
    if (entry->second.committed) m_bodies.erase(entry);
    return parked;
  }

  /// The store turned out to hold the claimed body. Returns those that may be sent now.
  [[nodiscard]] std::vector<CaptureResult> known(const Sha256& body) {
    const std::lock_guard lock(m_mutex);
    const auto entry = m_bodies.find(body);
    auto parked = std::move(entry->second.parked);
    m_bodies.erase(entry);
    return parked;
  }

  /// The writer has committed the result with the body: from now on the store knows. May come before sent().
  void committed(const Sha256& body) {
    const std::lock_guard lock(m_mutex);
    const auto entry = m_bodies.find(body);
    if (entry == m_bodies.end()) return;
    if (entry->second.sent) {
      m_bodies.erase(entry);
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
  std::unordered_map<Sha256, Entry, DigestHash> m_bodies;
};

}  // namespace winnow::cli
