#include "cli/discover/archive_rounds.hpp"

#include <chrono>
#include <utility>

#include "cli/interrupt.hpp"

namespace winnow::cli {

std::vector<ListResult> ArchiveRounds::list(const std::vector<CdxQuery>& queries,
                                            const std::function<void(std::size_t, Capture&&)>& take) {
  std::vector<ListResult> results(queries.size());
  for (std::size_t i = 0; open() && i < queries.size(); ++i) {
    m_client.list(
        queries[i],
        [&take, i](std::vector<Capture>&& rows) {
          for (Capture& row : rows)
            take(i, std::move(row));
        },
        [&results, i](ListResult&& result) { results[i] = std::move(result); });
  }
  finish_round();
  return results;
}

void ArchiveRounds::fetch(std::span<const Capture> captures,
                          const std::function<void(std::size_t, FetchResult&&)>& take) {
  for (std::size_t i = 0; open() && i < captures.size(); ++i)
    m_client.fetch(captures[i], [&take, i](FetchResult&& result) { take(i, std::move(result)); });
  finish_round();
}

bool ArchiveRounds::open() const {
  return !interrupted() && !m_client.closed();
}

void ArchiveRounds::finish_round() {
  while (m_client.outstanding() > 0) {
    if (interrupted()) m_client.stop();
    m_client.run(std::chrono::milliseconds(200));
  }
}

}  // namespace winnow::cli
