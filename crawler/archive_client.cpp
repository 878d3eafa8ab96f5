#include "crawler/archive_client.hpp"

#include <cassert>
#include <memory>
#include <optional>
#include <utility>

#include "model/error.hpp"

namespace winnow {

namespace {

ClientOptions checked(ClientOptions options) {
  auto& archive = options.archive;
  archive.base_url = checked_base_url(archive.base_url);
  assert(archive.dialect);
  return options;
}

Budget budget_of(const ClientOptions& options) {
  const auto& archive = options.archive;
  if (options.budgets.empty()) return Budget(archive.limits);
  return Budget(archive.limits, BudgetFile(budget_file(options.budgets, archive), options.clocks));
}

/// An archive without limits is one's own, and its connections are too.
std::optional<ConnectionSlots> slots_of(const ClientOptions& options) {
  const auto& limits = options.archive.limits;
  if (options.budgets.empty() || (limits.cdx_per_minute <= 0 && limits.replay_per_minute <= 0)) return {};
  return ConnectionSlots(budget_file(options.budgets, options.archive).replace_extension(".connections"),
                         options.parallel);
}

}  // namespace

Requests open_requests(const ClientOptions& options) {
  return Requests(budget_of(options), slots_of(options),
                  {options.user_agent, options.parallel, options.connect_timeout}, options.outage_patience,
                  options.clocks.now);
}

ArchiveClient::ArchiveClient(ClientOptions options)
    : m_options(checked(std::move(options))), m_requests(open_requests(m_options)) {}

void ArchiveClient::list(CdxQuery query, CdxListing::OnRows rows, CdxListing::OnDone done) {
  const CdxListing::Limits limits{m_options.stall_timeout * m_options.cdx_patience,
                                  m_options.total_timeout * m_options.cdx_patience};
  std::make_shared<CdxListing>(m_requests, m_options.archive, m_places, std::move(query), limits,
                               std::move(rows), std::move(done))
      ->ask();
}

void ArchiveClient::fetch(Capture asked, ReplayFetch::OnDone done, SamePage same_page) {
  const ReplayFetch::Limits limits{m_options.max_body, m_options.stall_timeout, m_options.total_timeout};
  std::make_shared<ReplayFetch>(m_requests, m_options.archive, m_places, std::move(asked), same_page, limits,
                                std::move(done))
      ->ask();
}

}  // namespace winnow
