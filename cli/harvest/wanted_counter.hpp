// How many captures of an index a selection would fetch, from the index alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "model/capture.hpp"
#include "model/selection.hpp"

namespace winnow::cli {

/// How many distinct digests there are, and the lengths of one capture of each. Memory is bounded: more than
/// k_most are counted by adaptive sampling (Flajolet 1990), within about one percent.
class DistinctDigests {
public:
  void add(const Sha1& digest, std::uint64_t length);
  [[nodiscard]] std::uint64_t count() const { return m_lengths.size() << m_halvings; }
  [[nodiscard]] std::uint64_t bytes() const;

private:
  static constexpr std::size_t k_most = 8'192;
  [[nodiscard]] bool in_sample(std::uint64_t key) const { return (key & ((1ULL << m_halvings) - 1)) == 0; }

  std::unordered_map<std::uint64_t, std::uint64_t> m_lengths;  ///< of the digests in the sample
  unsigned m_halvings = 0;
};

/// Some captures, and the sum of their lengths as the index gives them (compressed).
struct CaptureCount {
  std::uint64_t captures = 0;
  std::uint64_t bytes = 0;
};

/// Counts what a selection wants of index rows that come page by page and in order of time, as CDX sorts
/// them. Bisection depends on what the captures say: it has a least (every page says the same at both ends)
/// and a most (each capture says something else); for the other selections both are the same.
class WantedCounter {
public:
  explicit WantedCounter(const Selection& selection) : m_selection(selection) {}

  /// `known`: the store has it, or knows that it can't be had for now.
  void add(const Capture& row, bool known = false);
  /// Call after the last row.
  void end_page();

  [[nodiscard]] std::uint64_t pages() const { return m_pages; }
  [[nodiscard]] const CaptureCount& listed() const { return m_listed; }
  [[nodiscard]] const CaptureCount& least() const { return m_least; }
  [[nodiscard]] const CaptureCount& most() const { return m_most; }

private:
  /// A row as far as counting is concerned.
  struct Row {
    std::pair<bool, std::uint64_t> key;  ///< whether it has a digest, and it or a number of its own
    std::uint64_t length = 0;
    std::chrono::sys_seconds time;
    bool known = false;
  };
  void add_in_rounds(const Capture& capture, bool known);
  void end_period();
  void pick(const std::optional<Row>& row);

  Selection m_selection;
  std::uint64_t m_pages = 0;
  CaptureCount m_listed;
  CaptureCount m_least;
  CaptureCount m_most;

  // Of the page.
  std::string m_urlkey;
  DistinctDigests m_digests;
  CaptureCount m_without_digest;
  std::optional<Row> m_first, m_last;                    ///< that may show a version
  std::optional<Row> m_first_redirect, m_last_redirect;  ///< behind them
  std::int64_t m_period = 0;
  std::optional<Row> m_nearest;  ///< of the period
  std::set<std::pair<bool, std::uint64_t>> m_picked;
  CaptureCount m_picks;
};

}  // namespace winnow::cli
