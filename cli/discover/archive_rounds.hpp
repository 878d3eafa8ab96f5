// An archive asked in rounds: what is asked for next depends on what came back.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "crawler/archive_client.hpp"

namespace winnow::cli {

/// How much may be asked.
struct RoundBounds {
  std::optional<std::chrono::steady_clock::time_point> deadline;
  std::optional<std::uint64_t> max_requests;
};

/// Each round is sent side by side within the archive's budget, and waited for. An interrupt or a bound ends
/// the round that is under way: what was only queued is never called back.
class ArchiveRounds {
public:
  explicit ArchiveRounds(ClientOptions options, const RoundBounds& bounds = {});

  /// `take` gets every row with its query's number, in the index's order. Returns what became of the queries;
  /// of those that were forgotten, a result without rows.
  std::vector<ListResult> list(const std::vector<CdxQuery>& queries,
                               const std::function<void(std::size_t, Capture&&)>& take);

  /// `take` gets each answer with its capture's number, in the order in which they come.
  void fetch(std::span<const Capture> captures, const std::function<void(std::size_t, FetchResult&&)>& take);

  /// Another round makes sense: neither interrupted, nor at a bound, nor does the archive refuse us.
  [[nodiscard]] bool open() const;

  [[nodiscard]] const std::optional<Failure>& closed() const { return m_client.closed(); }
  [[nodiscard]] const RequestCounters& counters() const { return m_client.counters(); }
  [[nodiscard]] std::size_t max_body() const { return m_max_body; }

private:
  void finish_round();
  [[nodiscard]] bool is_late() const;

  std::size_t m_max_body;
  std::optional<std::chrono::steady_clock::time_point> m_deadline;
  ArchiveClient m_client;
};

}  // namespace winnow::cli
