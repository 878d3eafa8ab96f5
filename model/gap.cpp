#include "model/gap.hpp"

#include <algorithm>
#include <array>

namespace winnow {

namespace {

constexpr std::array<std::string_view, 5> k_hindrances = {"ledger", "not-wanted", "pending", "status",
                                                          "no-text"};
constexpr std::array<std::string_view, 4> k_kinds = {"before-first", "between", "after-last", "all"};

/// Of several archives: the times that at least one was read for, joined where they touch.
std::vector<Look> joined(std::vector<Look> looks) {
  std::sort(looks.begin(), looks.end(), [](const Look& a, const Look& b) { return a.since < b.since; });
  std::vector<Look> apart;
  for (const Look& look : looks) {
    if (!apart.empty() && (!look.since || *look.since <= apart.back().until)) {
      apart.back().until = std::max(apart.back().until, look.until);
    } else {
      apart.push_back(look);
    }
  }
  return apart;
}

}  // namespace

std::string_view name(Hindrance hindrance) {
  return k_hindrances[static_cast<std::size_t>(hindrance)];
}

std::string_view name(Gap::Kind kind) {
  return k_kinds[static_cast<std::size_t>(kind)];
}

std::chrono::seconds Gap::length() const {
  return from && to ? to->time() - from->time() : std::chrono::seconds(0);
}

GapFinder::GapFinder(std::vector<Look> looks, std::chrono::seconds least)
    : m_looks(joined(std::move(looks))), m_least(least) {}

void GapFinder::add(const DatedCapture& capture) {
  if (capture.hindrance) {
    ++m_open.captures;
    ++m_open.hindrances[{*capture.hindrance, capture.detail}];
    m_last = capture.timestamp;
    return;
  }
  close(m_last_text ? Gap::Kind::between : Gap::Kind::before_first, capture.timestamp);
  m_last_text = m_last = capture.timestamp;
}

std::vector<Gap> GapFinder::finish() {
  // What lies behind the last look is known from elsewhere: a file, a redirect.
  std::optional<Timestamp> end = m_last;
  if (!m_looks.empty()) end = std::max(end, std::optional(m_looks.back().until));
  if (end == m_last_text && (m_looks.empty() || m_looks.back().until < end)) end.reset();
  close(m_last_text ? Gap::Kind::after_last : Gap::Kind::all, end);
  return std::move(m_gaps);
}

void GapFinder::close(Gap::Kind kind, std::optional<Timestamp> to) {
  Gap gap = std::exchange(m_open, {});
  gap.kind = kind;
  gap.from = m_last_text;
  gap.to = to;
  gap.index_read = to && is_read(gap.from, *to);
  const bool bounded = gap.from && gap.to;
  if (!bounded || gap.length() >= m_least) m_gaps.push_back(std::move(gap));
}

bool GapFinder::is_read(const std::optional<Timestamp>& from, Timestamp to) const {
  return std::any_of(m_looks.begin(), m_looks.end(), [&](const Look& look) {
    return (!look.since || (from && *look.since <= *from)) && look.until >= to;
  });
}

}  // namespace winnow
