// A thread's part in a live harvest: pages fetched, and found from homepages.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "cli/harvest/live_pages.hpp"
#include "crawler/live/live_fetch.hpp"
#include "model/series.hpp"
#include "storage/live_reader.hpp"

namespace winnow::cli {

struct LiveAnswer {
  LivePage page;
  LiveResult result;
  std::optional<LiveCapture> confirmed;  ///< what the site has answered 304 about
  std::optional<Takeover> moved;         ///< the page redirects to another one, which is a policy too
};

class LiveWorker {
public:
  /// `max_body` bounds decompressed bodies.
  LiveWorker(LiveHosts& hosts, const std::filesystem::path& store, std::size_t max_body)
      : m_fetch(hosts), m_store(store), m_max_body(max_body) {}

  /// A URL without a scheme is asked for by https, then by http. Where the store has a live capture of the
  /// page, that one's URL is asked for, and whether it has changed. What another page redirects to for the
  /// first time is asked for whole, so that its text can be judged: a page that is gone may lead home.
  [[nodiscard]] LiveAnswer fetch(const LivePage& page);

private:
  [[nodiscard]] LiveResult fetch_page(const std::string& url);
  [[nodiscard]] LiveResult fetch_policy_of(const std::string& host);
  [[nodiscard]] LiveResult fetch_either_scheme(const std::string& url, const LiveFetch::CopyOf& copy_of);
  [[nodiscard]] std::variant<std::string, Failure> policy_link(ReplayedResponse& homepage) const;
  [[nodiscard]] std::optional<LiveCopy> copy_of(const std::string& asked, const std::string& url);
  [[nodiscard]] std::optional<Takeover> takeover(const ReplayedResponse& response) const;

  LiveFetch m_fetch;
  LiveReader m_store;
  std::size_t m_max_body;
  std::optional<LiveCapture> m_copy;  ///< of the URL that was asked for last
};

}  // namespace winnow::cli
