#include "cli/discover/discovery.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "cli/discover/candidate_reader.hpp"
#include "cli/discover/homepage_reader.hpp"
#include "crawler/policy_link.hpp"
#include "model/url.hpp"

namespace winnow::cli {
namespace {

std::string without_fragment(const std::string& url) {
  return url.substr(0, url.find('#'));
}

const std::string& words_of(const PageLink& link) {
  return link.text.empty() ? link.label : link.text;
}

/// Enters what the homepage calls its policy, and tells which pages those are.
Sighting take_links(const PageReading& home, CandidateReader& candidates) {
  Sighting sighting{home.timestamp, {}};
  for (const auto& [link, verdict] : policy_links(home.links, home.url)) {
    const std::string url = without_fragment(link.url);
    sighting.urlkeys.insert(urlkey(url));
    candidates.add(url, {FoundBy::link, home.timestamp, words_of(link), verdict.score});
  }
  return sighting;
}

/// Links that speak of privacy and are not the policy's, by urlkey.
using RefusedLinks = std::map<std::string, Candidate>;

void take_refused_links(const PageReading& home, RefusedLinks& refused) {
  for (const PageLink& link : home.links) {
    const auto refusal = refusal_of(judge_link(link, home.url), link.url);
    if (!refusal) continue;
    Candidate candidate{.urlkey = urlkey(without_fragment(link.url)), .url = without_fragment(link.url)};
    candidate.found.push_back({FoundBy::link, home.timestamp, words_of(link), 0});
    candidate.refused = refusal;
    refused.try_emplace(candidate.urlkey, std::move(candidate));
  }
}

}  // namespace

SiteDiscovery discover_site(ArchiveRounds& archive, const std::string& site, const DateRange& dates) {
  SiteDiscovery result;
  result.site = site;
  HomepageReader homepages(archive, site, dates);
  homepages.read();
  Homepage& homepage = result.evidence.homepage;
  homepage = homepages.take_homepage();
  result.homepages = homepage.read.size();

  CandidateReader candidates(archive, dates, homepage.urlkey);
  result.index_rows = candidates.ask_index(site);
  RefusedLinks refused_links;
  for (const PageReading& home : homepage.read) {
    result.evidence.sightings.push_back(take_links(home, candidates));
    take_refused_links(home, refused_links);
  }
  candidates.read();
  auto judged = candidates.take_judged(homepage);
  for (const Candidate& candidate : judged)
    refused_links.erase(candidate.urlkey);
  for (auto& [key, candidate] : refused_links)
    judged.push_back(std::move(candidate));
  result.evidence.pointers = candidates.pointers();
  sort_out(result, std::move(judged));
  for (auto* failures : {&homepages.failures(), &candidates.failures()})
    std::move(failures->begin(), failures->end(), std::back_inserter(result.failures));
  return result;
}

void sort_out(SiteDiscovery& discovery, std::vector<Candidate> judged) {
  discovery.pages.clear();
  discovery.refused.clear();
  for (Candidate& candidate : judged)
    (candidate.refused ? discovery.refused : discovery.pages).push_back(std::move(candidate));
  std::stable_sort(discovery.refused.begin(), discovery.refused.end(),
                   [](const Candidate& a, const Candidate& b) { return a.confidence > b.confidence; });
  const auto& [homepage, pointers, sightings] = discovery.evidence;
  discovery.takeovers = find_takeovers(discovery.pages, pointers, sightings);
  discovery.series = group_series(discovery.pages, discovery.takeovers);
}

}  // namespace winnow::cli
