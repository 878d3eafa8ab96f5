#include "crawler/archive_client.hpp"

#include <memory>
#include <utility>

#include "model/error.hpp"
#include "model/url.hpp"

namespace winnow {

namespace {

ClientOptions checked(ClientOptions options) {
  const auto url = Url::parse(options.base_url);
  if (!url || !url->is_http() || url->host.empty()) {
    throw usage_error("'{}' is no archive's address: it should begin with http:// or https://",
                      options.base_url);
  }
  while (options.base_url.ends_with('/'))
    options.base_url.pop_back();
  return options;
}

}  // namespace

ArchiveClient::ArchiveClient(ClientOptions options)
    : m_options(checked(std::move(options))),
      m_requests(Budget({m_options.cdx_per_minute, m_options.replay_per_minute}),
                 {m_options.user_agent, m_options.parallel, m_options.connect_timeout}, m_options.now) {}

void ArchiveClient::list(CdxQuery query, CdxListing::OnRows rows, CdxListing::OnDone done) {
  const CdxListing::Limits limits{m_options.stall_timeout * m_options.cdx_patience,
                                  m_options.total_timeout * m_options.cdx_patience};
  std::make_shared<CdxListing>(m_requests, m_options.base_url, std::move(query), limits, std::move(rows),
                               std::move(done))
      ->ask();
}

void ArchiveClient::fetch(Capture asked, ReplayFetch::OnDone done) {
  const ReplayFetch::Limits limits{m_options.max_body, m_options.stall_timeout, m_options.total_timeout};
  std::make_shared<ReplayFetch>(m_requests, m_options.base_url, std::move(asked), limits, std::move(done))
      ->ask();
}

}  // namespace winnow
