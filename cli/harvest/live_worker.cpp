#include "cli/harvest/live_worker.hpp"

#include <chrono>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "cli/discover/candidate.hpp"
#include "cli/discover/takeovers.hpp"
#include "crawler/body.hpp"
#include "crawler/policy_link.hpp"
#include "extract/page_links.hpp"
#include "model/url.hpp"

namespace winnow::cli {
namespace {

/// Nobody answered there at all.
bool is_silent(const LiveResult& result) {
  const auto* const failure = std::get_if<Failure>(&result);
  return failure != nullptr && failure->reason == Reason::transport_error && failure->status == 0;
}

}  // namespace

LiveAnswer LiveWorker::fetch(const LivePage& page) {
  LiveAnswer answer{page, Stopped{}, std::nullopt};
  switch (page.kind) {
    case LivePage::Kind::page:
      answer.result = fetch_page(page.url);
      break;
    case LivePage::Kind::homepage:
      answer.result = fetch_policy_of(page.url);
      break;
    case LivePage::Kind::unknown:
      answer.result = Failure{.reason = Reason::no_policy,
                              .detail = "the store knows no page there: name the pages, or the site"};
      break;
  }
  const auto* const response = std::get_if<ReplayedResponse>(&answer.result);
  if (response == nullptr) return answer;
  answer.moved = takeover(*response);
  if (response->provenance.not_modified_since) answer.confirmed = std::move(m_copy);
  return answer;
}

LiveResult LiveWorker::fetch_page(const std::string& url) {
  const auto last = m_store.last(urlkey(url));
  return fetch_either_scheme(last ? last->provenance.replayed_url : url,
                             [this, &url](const std::string& hop) { return copy_of(url, hop); });
}

std::optional<LiveCopy> LiveWorker::copy_of(const std::string& asked, const std::string& url) {
  m_copy = m_store.last(urlkey(url));
  if (!m_copy || m_copy->provenance.replayed_url != url) return std::nullopt;
  if (urlkey(url) != urlkey(asked) && urlkey(m_copy->provenance.requested_url) != urlkey(asked))
    return std::nullopt;
  // A page has one capture a second.
  if (m_copy->timestamp == Timestamp::now()) std::this_thread::sleep_for(std::chrono::seconds(1));
  return LiveCopy{m_copy->timestamp, m_copy->provenance.original_headers};
}

LiveResult LiveWorker::fetch_either_scheme(const std::string& url, const LiveFetch::CopyOf& copy_of) {
  if (url.find("://") != std::string::npos) return m_fetch.fetch(url, copy_of);
  auto result = m_fetch.fetch("https://" + url, copy_of);
  if (!is_silent(result)) return result;
  auto plain = m_fetch.fetch("http://" + url, copy_of);
  return is_silent(plain) ? std::move(result) : std::move(plain);
}

LiveResult LiveWorker::fetch_policy_of(const std::string& host) {
  auto homepage = fetch_either_scheme(host + "/", [](const std::string&) { return std::nullopt; });
  auto* const response = std::get_if<ReplayedResponse>(&homepage);
  if (response == nullptr) return homepage;
  auto link = policy_link(*response);
  if (auto* const failure = std::get_if<Failure>(&link)) return std::move(*failure);
  return fetch_page(std::get<std::string>(link));
}

/// Nothing when it is known: a page goes on redirecting for years.
std::optional<Takeover> LiveWorker::takeover(const ReplayedResponse& response) const {
  const Provenance& provenance = response.provenance;
  const std::string from = urlkey(provenance.requested_url);
  if (from == response.urlkey || provenance.not_modified_since) return std::nullopt;
  const bool is_known = m_copy && urlkey(m_copy->provenance.replayed_url) == response.urlkey &&
                        urlkey(m_copy->provenance.requested_url) == from;
  if (is_known) return std::nullopt;
  const Capture asked{response.urlkey, response.timestamp, response.original, "", {}, {}, {}};
  const auto reading = read_capture({asked, response}, m_max_body);
  const auto* const page = std::get_if<PageReading>(&reading);
  if (page == nullptr || !page->leads_to.empty() || !is_policy(*page)) return std::nullopt;
  return Takeover{from, response.urlkey, response.timestamp, Takeover::Evidence::redirect,
                  k_redirect_confidence};
}

/// The URL that the homepage's best link leads to.
std::variant<std::string, Failure> LiveWorker::policy_link(ReplayedResponse& homepage) const {
  const Capture asked{homepage.urlkey, homepage.timestamp, homepage.original, "", {}, {}, {}};
  auto decoded = decode_body(asked, homepage, m_max_body);
  if (auto* const failure = std::get_if<Failure>(&decoded)) return std::move(*failure);
  const Hints hints{
      .url = homepage.original, .content_type = homepage.content_type, .fragment = {}, .section = {}};
  const auto links = policy_links(page_links(std::get<DecodedBody>(decoded).bytes, hints), homepage.original);
  if (links.empty()) {
    return Failure{.reason = Reason::no_policy,
                   .status = homepage.provenance.statuscode,
                   .detail = fmt::format("{} links to no privacy policy: name the page", homepage.original)};
  }
  const std::string& url = links.front().link.url;
  return url.substr(0, url.find('#'));
}

}  // namespace winnow::cli
