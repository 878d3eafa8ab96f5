#include "crawler/budget.hpp"

#include <utility>

namespace winnow {

namespace {

using namespace std::chrono_literals;

}  // namespace

Budget::Budget(Rates limits, std::optional<BudgetFile> file, std::uint64_t seed)
    : m_limits(limits), m_file(std::move(file)), m_random(static_cast<std::minstd_rand::result_type>(seed)) {
  const bool limited = limits.cdx_per_minute > 0 || limits.replay_per_minute > 0;
  if (m_file) m_state = limited ? m_file->update([](BudgetState&) {}) : m_file->read();
}

double Budget::per_minute(RequestKind kind) const {
  return kind == RequestKind::cdx ? m_limits.cdx_per_minute : m_limits.replay_per_minute;
}

Moment Budget::ready_at(RequestKind kind) const {
  return winnow::ready_at(m_state, kind, per_minute(kind));
}

bool Budget::take(RequestKind kind, Moment now) {
  if (ready_at(kind) > now) return false;
  const RequestSent sent{kind, per_minute(kind)};
  if (sent.per_minute <= 0 && !m_state.trial) return true;  // leaves no trace
  if (!m_file) {
    m_state = after(m_state, sent, now);
    return true;
  }
  bool taken = false;
  m_state = m_file->update([&](BudgetState& state) {
    if (winnow::ready_at(state, kind, sent.per_minute) > now) return;
    state = after(state, sent, now);
    taken = true;
  });
  m_seen = now;
  return taken;
}

void Budget::limited(RequestKind kind, int status, std::optional<std::chrono::seconds> retry_after,
                     Moment sent, Moment now) {
  const double jitter = std::uniform_real_distribution<double>{0, 1}(m_random);
  change(RequestLimited{kind, status, retry_after, sent, jitter}, now);
}

void Budget::answered(Moment sent, Moment now) {
  change(RequestAnswered{sent}, now);
}

void Budget::failed(Moment sent, Moment now) {
  change(RequestFailed{sent}, now);
}

void Budget::refused(Moment sent, Moment now) {
  change(RequestRefused{sent}, now);
}

void Budget::change(const BudgetEvent& event, Moment now) {
  const auto changed = after(m_state, event, now);
  if (changed == m_state) return;  // as nearly always: an answer like the one before
  if (!m_file) {
    m_state = changed;
    return;
  }
  m_state = m_file->update([&](BudgetState& state) { state = after(state, event, now); });
  m_seen = now;
}

void Budget::refresh(Moment now) {
  if (!m_file || (m_seen && now - *m_seen < 100ms)) return;
  m_state = m_file->read();
  m_seen = now;
}

}  // namespace winnow
