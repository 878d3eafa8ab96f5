#include "cli/harvest/wanted_counter.hpp"

#include <chrono>
#include <cstring>
#include <numeric>

namespace winnow::cli {
namespace {

/// Eight bytes of a SHA-1 tell a page's bodies apart.
std::uint64_t short_key(const Sha1& digest) {
  std::uint64_t key = 0;
  std::memcpy(&key, digest.bytes.data(), sizeof key);
  return key;
}

CaptureCount& operator+=(CaptureCount& sum, const CaptureCount& count) {
  sum.captures += count.captures;
  sum.bytes += count.bytes;
  return sum;
}

}  // namespace

void DistinctDigests::add(const Sha1& digest, std::uint64_t length) {
  const std::uint64_t key = short_key(digest);
  if (!in_sample(key)) return;
  m_lengths.try_emplace(key, length);
  while (m_lengths.size() > k_most) {
    ++m_halvings;
    std::erase_if(m_lengths, [this](const auto& entry) { return !in_sample(entry.first); });
  }
}

std::uint64_t DistinctDigests::bytes() const {
  return std::accumulate(m_lengths.begin(), m_lengths.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const auto& entry) { return sum + entry.second; })
         << m_halvings;
}

void WantedCounter::add(const Capture& row, bool known) {
  if (row.urlkey != m_urlkey || m_pages == 0) {
    end_page();
    m_urlkey = row.urlkey;
    ++m_pages;
  }
  const std::uint64_t length = row.length.value_or(0);
  m_listed += {1, length};
  if (m_selection.in_rounds()) {
    add_in_rounds(row, known);
  } else if (known) {
    return;
  } else if (m_selection.kind == Selection::unique && row.digest) {
    m_digests.add(*row.digest, length);
  } else {
    m_without_digest += {1, length};
  }
}

void WantedCounter::add_in_rounds(const Capture& capture, bool known) {
  const Row row{.key = capture.digest ? std::pair(true, short_key(*capture.digest))
                                      : std::pair(false, m_listed.captures),
                .length = capture.length.value_or(0),
                .time = capture.timestamp.time(),
                .known = known};
  const int status = capture.statuscode.value_or(200);
  if (status >= 300 && status < 400) {
    if (!m_first_redirect) m_first_redirect = row;
    m_last_redirect = row;
  }
  if (status != 200) return;
  m_first_redirect.reset();
  m_last_redirect.reset();
  if (!m_first) m_first = row;
  m_last = row;
  if (capture.digest && !known) {
    m_digests.add(*capture.digest, row.length);
  } else if (!known) {
    m_without_digest += {1, row.length};
  }
  if (!m_selection.period) return;
  const std::int64_t period = m_selection.period->number_at(row.time);
  if (period != m_period) end_period();
  m_period = period;
  const auto middle = m_selection.period->middle(period);
  if (!m_nearest || std::chrono::abs(row.time - middle) < std::chrono::abs(m_nearest->time - middle))
    m_nearest = row;
}

void WantedCounter::end_period() {
  pick(m_nearest);
  m_nearest.reset();
}

void WantedCounter::pick(const std::optional<Row>& row) {
  if (row && !row->known && m_picked.insert(row->key).second) m_picks += {1, row->length};
}

void WantedCounter::end_page() {
  CaptureCount most = {m_digests.count() + m_without_digest.captures,
                       m_digests.bytes() + m_without_digest.bytes};
  if (m_selection.in_rounds()) {
    end_period();
    if (m_selection.kind == Selection::changes) {
      pick(m_first);
      pick(m_last);
      const CaptureCount pages = m_picks;
      pick(m_first_redirect);
      pick(m_last_redirect);
      most += {m_picks.captures - pages.captures, m_picks.bytes - pages.bytes};
    } else {
      most = m_picks;
    }
  }
  m_most += most;
  m_least += m_selection.in_rounds() ? m_picks : most;

  m_digests = {};
  m_without_digest = {};
  m_first.reset();
  m_last.reset();
  m_first_redirect.reset();
  m_last_redirect.reset();
  m_picked.clear();
  m_picks = {};
}

}  // namespace winnow::cli
