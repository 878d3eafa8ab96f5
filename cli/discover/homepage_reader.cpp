#include "cli/discover/homepage_reader.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/discover/discovery.hpp"
#include "model/url.hpp"

namespace winnow::cli {
namespace {

constexpr int k_most_hops = 3;

std::set<std::string> policies_of(const PageReading& home) {
  std::set<std::string> keys;
  for (const PolicyLink& link : policy_links(home.links, home.url))
    keys.insert(urlkey(link.link.url.substr(0, link.link.url.find('#'))));
  return keys;
}

}  // namespace

HomepageReader::HomepageReader(ArchiveRounds& archive, const std::string& site, const DateRange& dates)
    : m_archive(archive), m_site(site), m_dates(dates) {
  m_homepage.urlkey = urlkey("http://" + site + "/");
}

void HomepageReader::read() {
  list();
  fetch(choose_by_era(m_captures));
  auto more = between_changes();
  const std::size_t room = k_most_homepages - std::min(k_most_homepages, m_homepage.read.size());
  if (more.size() > room) more.erase(more.begin() + static_cast<std::ptrdiff_t>(room), more.end());
  fetch(more);
  if (m_homepage.read.empty() && !m_unread.empty())
    m_failures.push_back("no capture of the homepage could be read: " + m_unread);
}

void HomepageReader::list() {
  CdxQuery query;
  query.url = m_site;
  query.since = m_dates.since;
  query.until = m_dates.until;
  query.collapse = "timestamp:6";
  query.filters = {"statuscode:(200|-)"};
  SiteIndex index;
  const auto ask = [&] {
    const auto results = m_archive.list({query}, [&](std::size_t, Capture&& row) {
      row.urlkey = m_homepage.urlkey;
      index.add(std::move(row), true);
    });
    if (const auto& failure = results.front().failure) {
      m_failures.push_back(fmt::format("the index of the homepage could not be read: {}: {}",
                                       describe(failure->reason), failure->detail));
    }
    return results.front().rows;
  };
  if (ask() == 0 && m_archive.open() && m_failures.empty()) {
    query.filters = {"statuscode:3.."};
    ask();
  }
  if (const IndexedPage* page = index.find(m_homepage.urlkey))
    m_captures = page->served.empty() ? page->led_away : page->served;
}

void HomepageReader::fetch(const std::vector<Capture>& captures) {
  std::vector<Capture> next = captures;
  for (int hop = 0; hop <= k_most_hops && !next.empty(); ++hop) {
    std::vector<Capture> targets;
    m_archive.fetch(next, [&](std::size_t number, FetchResult&& fetched) {
      auto answer = read_capture(std::move(fetched), m_archive.max_body());
      if (const auto* failure = std::get_if<Failure>(&answer)) {
        spdlog::debug("homepage of {}: {}", next[number].timestamp.date(), failure->detail);
        m_unread = fmt::format("{}: {}", describe(failure->reason), failure->detail);
        return;
      }
      auto& reading = std::get<PageReading>(answer);
      reading.played = nullptr;  // no policy
      if (reading.leads_to.empty()) {
        m_homepage.read.push_back(std::move(reading));
      } else if (reading.leads_to != reading.url) {
        targets.push_back(
            {urlkey(reading.leads_to), next[number].timestamp, reading.leads_to, "", {}, {}, {}});
      }
    });
    next = std::move(targets);
  }
  sort_by_time(m_homepage.read);
}

std::vector<Capture> HomepageReader::between_changes() const {
  std::vector<Capture> chosen;
  const PageReading* before = nullptr;
  std::set<std::string> policies_before;
  for (const PageReading& home : m_homepage.read) {
    auto policies = policies_of(home);
    if (policies.empty()) continue;
    if (before != nullptr && policies != policies_before) {
      if (auto between = choose_between(m_captures, before->timestamp, home.timestamp))
        chosen.push_back(std::move(*between));
    }
    before = &home;
    policies_before = std::move(policies);
  }
  return chosen;
}

}  // namespace winnow::cli
