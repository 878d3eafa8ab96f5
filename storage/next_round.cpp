#include "storage/next_round.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <optional>
#include <unordered_set>

namespace winnow::storage {

namespace {

using State = ListEntry::State;

/// After so many captures in vain a period's grid point is given up.
constexpr int k_most_in_vain = 3;

bool in_vain(State state) {
  return state == State::silent || state == State::lost;
}

bool is_redirect(State state) {
  return state == State::redirect || state == State::asked_redirect;
}

/// The places that a round wants, with one of each digest.
class Wanted {
public:
  explicit Wanted(std::span<const ListEntry> list) : m_list(list) {}

  void add(std::size_t place) {
    const std::uint32_t digest = m_list[place].digest;
    if (digest == 0 || m_digests.insert(digest).second) m_places.push_back(place);
  }
  [[nodiscard]] bool empty() const { return m_places.empty(); }

  [[nodiscard]] std::vector<std::size_t> take() {
    std::sort(m_places.begin(), m_places.end());
    m_places.erase(std::unique(m_places.begin(), m_places.end()), m_places.end());
    return std::move(m_places);
  }

private:
  std::span<const ListEntry> m_list;
  std::unordered_set<std::uint32_t> m_digests;
  std::vector<std::size_t> m_places;
};

/// What lies between two captures whose words are known, or before the first, or after the last.
class Gap {
public:
  explicit Gap(std::span<const ListEntry> list) : m_list(list) {}

  void begin(std::optional<std::uint32_t> words) {
    m_left = words;
    m_units.clear();
    m_stretches.clear();
    m_unread = 0;
    m_begins_in_vain = false;
    m_in_stretch = false;
    m_ends_in_vain = false;
  }

  void add_unread(std::size_t place) {
    const ListEntry& entry = m_list[place];
    ++m_unread;
    m_ends_in_vain = false;
    const bool joins = m_in_stretch && entry.digest != 0 && m_list[m_units.back()].digest == entry.digest;
    if (joins) {
      if (m_list[m_units.back()].is_doubtful && !entry.is_doubtful) m_units.back() = place;
      return;
    }
    if (!m_in_stretch) m_stretches.push_back(m_units.size());
    m_in_stretch = true;
    m_units.push_back(place);
  }

  void add_in_vain() {
    if (m_units.empty()) m_begins_in_vain = true;
    m_ends_in_vain = true;
    m_in_stretch = false;
  }

  /// \param words at its end; nothing at the end of the list
  void end(std::optional<std::uint32_t> words, Wanted& wanted, Unread& unread) const {
    if (m_units.empty()) return;
    if (m_left && m_left == words) {
      unread.between_same += m_unread;
      return;
    }
    unread.undecided += m_unread;
    if (m_stretches.size() > k_most_stretches) return;
    const bool from_front = !m_left && !m_begins_in_vain;
    const bool from_back = !words && !m_ends_in_vain;
    if (from_front) wanted.add(m_units.front());
    if (from_back) wanted.add(m_units.back());
    if (!from_front && !from_back) wanted.add(middle_of_longest_stretch());
  }

private:
  [[nodiscard]] std::size_t middle_of_longest_stretch() const {
    std::size_t best = 0;
    std::size_t most = 0;
    for (std::size_t i = 0; i < m_stretches.size(); ++i) {
      const std::size_t end = i + 1 < m_stretches.size() ? m_stretches[i + 1] : m_units.size();
      if (end - m_stretches[i] > most) {
        best = m_stretches[i];
        most = end - best;
      }
    }
    return m_units[best + most / 2];
  }

  std::span<const ListEntry> m_list;
  std::optional<std::uint32_t> m_left;
  std::vector<std::size_t> m_units;      ///< of consecutive captures with one digest one that stands for them
  std::vector<std::size_t> m_stretches;  ///< where in m_units those between two captures in vain begin
  std::uint64_t m_unread = 0;
  bool m_begins_in_vain = false;
  bool m_ends_in_vain = false;
  bool m_in_stretch = false;
};

void want_halves(std::span<const ListEntry> list, Wanted& wanted, Unread& unread) {
  Gap gap(list);
  gap.begin(std::nullopt);
  for (std::size_t place = 0; place < list.size(); ++place) {
    const ListEntry& entry = list[place];
    if (entry.state == State::words) {
      gap.end(entry.words, wanted, unread);
      gap.begin(entry.words);
    } else if (entry.state == State::unread) {
      gap.add_unread(place);
    } else if (in_vain(entry.state)) {
      gap.add_in_vain();
    }
  }
  gap.end(std::nullopt, wanted, unread);
}

void want_last_redirects(std::span<const ListEntry> list, Wanted& wanted) {
  std::size_t first = list.size();
  while (first > 0 && is_redirect(list[first - 1].state))
    --first;
  if (first == list.size()) return;
  if (list[first].state == State::redirect) wanted.add(first);
  if (list.back().state == State::redirect) wanted.add(list.size() - 1);
}

/// list[begin, end) is what lies in one period, `middle` the period's.
void want_of_period(std::span<const ListEntry> list, std::size_t begin, std::size_t end,
                    std::chrono::sys_seconds middle, Wanted& wanted) {
  const auto distance = [&](std::size_t place) {
    return std::chrono::abs(list[place].timestamp.time() - middle);
  };
  std::optional<std::size_t> nearest;
  for (std::size_t place = begin; place < end; ++place) {
    const State state = list[place].state;
    if (state != State::unread && state != State::words) continue;
    if (!nearest || distance(place) < distance(*nearest)) nearest = place;
  }
  if (!nearest || list[*nearest].state == State::words) return;
  int nearer_in_vain = 0;
  for (std::size_t place = begin; place < end; ++place) {
    if (in_vain(list[place].state) && distance(place) <= distance(*nearest)) ++nearer_in_vain;
  }
  if (nearer_in_vain < k_most_in_vain) wanted.add(*nearest);
}

void want_grid(std::span<const ListEntry> list, const Period& period, Wanted& wanted) {
  std::size_t begin = 0;
  while (begin < list.size()) {
    const std::int64_t number = period.number_at(list[begin].timestamp.time());
    const std::chrono::sys_seconds next = period.begin(number + 1);
    std::size_t end = begin;
    while (end < list.size() && list[end].timestamp.time() < next)
      ++end;
    want_of_period(list, begin, end, period.middle(number), wanted);
    begin = end;
  }
}

}  // namespace

Round next_round(std::span<const ListEntry> list, const Selection& selection) {
  assert(selection.in_rounds());
  Wanted wanted(list);
  Round round;
  if (selection.period) want_grid(list, *selection.period, wanted);
  if (wanted.empty() && selection.kind == Selection::changes) {
    want_halves(list, wanted, round.unread);
    want_last_redirects(list, wanted);
  }
  round.wanted = wanted.take();
  return round;
}

}  // namespace winnow::storage
