#include "cli/discover/archive_rounds.hpp"

#include <utility>

#include "cli/interrupt.hpp"

namespace winnow::cli {

ArchiveRounds::ArchiveRounds(ClientOptions options, const RoundBounds& bounds)
    : m_max_body(options.max_body), m_deadline(bounds.deadline), m_client(std::move(options)) {
  if (bounds.max_requests) m_client.set_most(*bounds.max_requests);
}

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
  return !interrupted() && !is_late() && !m_client.spent() && !m_client.closed();
}

bool ArchiveRounds::is_late() const {
  return m_deadline && std::chrono::steady_clock::now() >= *m_deadline;
}

void ArchiveRounds::finish_round() {
  while (m_client.outstanding() > 0) {
    if (interrupted() || is_late()) m_client.stop();
    m_client.run(std::chrono::milliseconds(200));
  }
}

}  // namespace winnow::cli
