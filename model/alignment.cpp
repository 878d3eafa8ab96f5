#include "model/alignment.hpp"

#include <algorithm>
#include <optional>

#include <dtl/dtl.hpp>

namespace winnow {
namespace {

using Sequence = std::vector<std::uint32_t>;
using Indices = std::vector<std::uint32_t>;

/// dtl keeps a point of its way for each step, of which there are no more than pairs. Its own bound lies
/// above (two million): beyond, it would go on from wherever it has come to.
constexpr std::uint64_t k_most_pairs = 1'000'000;
constexpr std::uint64_t k_most_elements = 50'000;  ///< of both together: dtl copies its result twice
constexpr int k_most_levels = 8;

struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  [[nodiscard]] std::uint32_t size() const { return end - begin; }
};

/// The longest rising subsequence of distinct numbers, as indices into them.
Indices longest_rising(const Indices& numbers) {
  Indices tails;  // the last index of the best subsequence of each length
  std::vector<std::optional<std::uint32_t>> before(numbers.size());
  for (std::uint32_t i = 0; i < numbers.size(); ++i) {
    const auto place =
        std::lower_bound(tails.begin(), tails.end(), numbers[i],
                         [&](std::uint32_t tail, std::uint32_t number) { return numbers[tail] < number; });
    if (place != tails.begin()) before[i] = *std::prev(place);
    if (place == tails.end()) {
      tails.push_back(i);
    } else {
      *place = i;
    }
  }
  Indices rising;
  if (tails.empty()) return rising;
  for (std::optional<std::uint32_t> i = tails.back(); i; i = before[*i])
    rising.push_back(*i);
  std::reverse(rising.begin(), rising.end());
  return rising;
}

class Aligner {
public:
  Aligner(const Sequence& old_sequence, const Sequence& new_sequence, Effort& effort)
      : m_old(old_sequence), m_new(new_sequence), m_effort(effort) {
    std::uint32_t largest = 0;
    for (const Sequence* sequence : {&m_old, &m_new}) {
      for (const std::uint32_t element : *sequence)
        largest = std::max(largest, element);
    }
    m_counts.resize(std::size_t{largest} + 1);
  }

  std::vector<Match> run() {
    align({0, static_cast<std::uint32_t>(m_old.size())}, {0, static_cast<std::uint32_t>(m_new.size())}, 0);
    return std::move(m_matches);
  }

private:
  struct Count {
    std::uint32_t in_old = 0;
    std::uint32_t in_new = 0;
    std::uint32_t last_in_new = 0;  ///< index
  };

  void align(Range older, Range newer, int level) {
    while (older.size() > 0 && newer.size() > 0 && m_old[older.begin] == m_new[newer.begin])
      m_matches.push_back({older.begin++, newer.begin++});
    std::uint32_t at_end = 0;
    while (older.size() > 0 && newer.size() > 0 && m_old[older.end - 1] == m_new[newer.end - 1]) {
      --older.end;
      --newer.end;
      ++at_end;
    }
    if (older.size() > 0 && newer.size() > 0) align_middle(older, newer, level);
    for (std::uint32_t i = 0; i < at_end; ++i)
      m_matches.push_back({older.end + i, newer.end + i});
  }

  void align_middle(Range older, Range newer, int level) {
    if (!spend(std::uint64_t{older.size()} + newer.size())) return;
    count(older, newer);
    Indices old_common;
    Indices new_common;
    for (std::uint32_t i = older.begin; i < older.end; ++i) {
      if (m_counts[m_old[i]].in_new > 0) old_common.push_back(i);
    }
    for (std::uint32_t j = newer.begin; j < newer.end; ++j) {
      if (m_counts[m_new[j]].in_old > 0) new_common.push_back(j);
    }
    const std::uint64_t pairs = std::uint64_t{old_common.size()} * new_common.size();
    const bool is_small = pairs <= k_most_pairs && old_common.size() + new_common.size() <= k_most_elements;
    std::vector<Match> anchors;
    if (!is_small && level < k_most_levels) anchors = anchored(older);
    forget(older, newer);
    if (!anchors.empty()) {
      align_between(anchors, older, newer, level + 1);
    } else if (is_small && pairs > 0 && spend(pairs)) {
      align_shortest(old_common, new_common);
    }
  }

  void align_between(const std::vector<Match>& fixed, Range older, Range newer, int level) {
    for (const Match& match : fixed) {
      align({older.begin, match.old_index}, {newer.begin, match.new_index}, level);
      m_matches.push_back(match);
      older.begin = match.old_index + 1;
      newer.begin = match.new_index + 1;
    }
    align(older, newer, level);
  }

  void align_shortest(const Indices& old_common, const Indices& new_common) {
    const auto elements = [](const Sequence& sequence, const Indices& indices) {
      Sequence picked;
      picked.reserve(indices.size());
      for (const std::uint32_t i : indices)
        picked.push_back(sequence[i]);
      return picked;
    };
    dtl::Diff<std::uint32_t, Sequence> diff(elements(m_old, old_common), elements(m_new, new_common));
    diff.compose();
    for (const auto& [element, info] : diff.getSes().getSequence()) {
      // dtl counts from 1.
      if (info.type == dtl::SES_COMMON) {
        m_matches.push_back({old_common[static_cast<std::size_t>(info.beforeIdx - 1)],
                             new_common[static_cast<std::size_t>(info.afterIdx - 1)]});
      }
    }
  }

  /// The most elements that occur once on each side and stand there in the same order.
  [[nodiscard]] std::vector<Match> anchored(Range older) const {
    Indices old_places;
    Indices new_places;
    for (std::uint32_t i = older.begin; i < older.end; ++i) {
      const Count& element = m_counts[m_old[i]];
      if (element.in_old != 1 || element.in_new != 1) continue;
      old_places.push_back(i);
      new_places.push_back(element.last_in_new);
    }
    std::vector<Match> fixed;
    for (const std::uint32_t i : longest_rising(new_places))
      fixed.push_back({old_places[i], new_places[i]});
    return fixed;
  }

  void count(Range older, Range newer) {
    for (std::uint32_t i = older.begin; i < older.end; ++i)
      ++m_counts[m_old[i]].in_old;
    for (std::uint32_t j = newer.begin; j < newer.end; ++j) {
      ++m_counts[m_new[j]].in_new;
      m_counts[m_new[j]].last_in_new = j;
    }
  }

  void forget(Range older, Range newer) {
    for (std::uint32_t i = older.begin; i < older.end; ++i)
      m_counts[m_old[i]] = {};
    for (std::uint32_t j = newer.begin; j < newer.end; ++j)
      m_counts[m_new[j]] = {};
  }

  [[nodiscard]] bool spend(std::uint64_t steps) {
    if (steps > m_effort.steps) return false;
    m_effort.steps -= steps;
    return true;
  }

  const Sequence& m_old;
  const Sequence& m_new;
  Effort& m_effort;
  std::vector<Count> m_counts;  ///< by element, of the middle in hand
  std::vector<Match> m_matches;
};

}  // namespace

std::vector<Match> align(const std::vector<std::uint32_t>& old_sequence,
                         const std::vector<std::uint32_t>& new_sequence, Effort& effort) {
  return Aligner(old_sequence, new_sequence, effort).run();
}

}  // namespace winnow
