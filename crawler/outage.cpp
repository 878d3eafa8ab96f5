#include "crawler/outage.hpp"

#include <algorithm>

namespace winnow {

namespace {

using namespace std::chrono_literals;

constexpr int k_failures_that_begin_one = 3;
constexpr std::chrono::seconds k_longest_pause = 30s;

}  // namespace

void Outage::failed(bool no_connection, Moment sent, Moment now) {
  if (sent < m_counted) return;
  m_counted = now;
  m_trying = false;
  ++m_failures;
  if (!m_lasts) {
    if (!no_connection && m_failures < k_failures_that_begin_one) return;
    m_lasts = true;
    m_began = now;
  }
  m_until =
      now + std::min<std::chrono::seconds>(1s * (1 << std::clamp(m_failures - 1, 0, 5)), k_longest_pause);
}

void Outage::sent(Moment now) {
  if (m_lasts && now >= m_until) m_trying = true;
}

}  // namespace winnow
