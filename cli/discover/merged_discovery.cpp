#include "cli/discover/merged_discovery.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace winnow::cli {
namespace {

template <class Value>
void append(std::vector<Value>& all, std::vector<Value>&& more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

void take_bound(std::optional<Timestamp>& bound, const std::optional<Timestamp>& other, bool latest) {
  if (!other) return;
  const bool is_further = !bound || (latest ? *other > *bound : *other < *bound);
  if (is_further) bound = other;
}

void add(Candidate& page, Candidate&& other) {
  const bool stands = other.refused && (!page.refused || page.confidence >= other.confidence);
  if (!stands) {
    page.refused = other.refused;
    page.status = other.status;
  }
  page.confidence = std::max(page.confidence, other.confidence);
  page.captures += other.captures;
  for (Finding& finding : other.found)
    add_finding(page, std::move(finding));
  append(page.read, std::move(other.read));
  append(page.listed, std::move(other.listed));
  if (!page.failure) page.failure = std::move(other.failure);
  take_bound(page.first, other.first, false);
  take_bound(page.last, other.last, true);
  take_bound(page.from, other.from, false);
  take_bound(page.to, other.to, true);
}

}  // namespace

SiteDiscovery merge(std::vector<ArchiveDiscovery> parts) {
  assert(!parts.empty());
  SiteDiscovery merged;
  merged.site = parts.front().found.site;
  Homepage& homepage = merged.evidence.homepage;
  homepage.urlkey = parts.front().found.evidence.homepage.urlkey;
  std::map<std::string, Candidate> pages;
  for (auto& [archive, found] : parts) {
    for (auto* candidates : {&found.pages, &found.refused}) {
      for (Candidate& candidate : *candidates) {
        for (Finding& finding : candidate.found)
          finding.archive = archive;
        const std::string key = candidate.urlkey;
        const auto known = pages.find(key);
        if (known == pages.end()) {
          pages.emplace(key, std::move(candidate));
        } else {
          add(known->second, std::move(candidate));
        }
      }
    }
    for (const std::string& failure : found.failures)
      merged.failures.push_back(fmt::format("{}: {}", archive, failure));
    merged.index_rows += found.index_rows;
    merged.homepages += found.homepages;
    append(homepage.read, std::move(found.evidence.homepage.read));
    append(merged.evidence.pointers, std::move(found.evidence.pointers));
    append(merged.evidence.sightings, std::move(found.evidence.sightings));
  }
  sort_by_time(homepage.read);
  std::stable_sort(merged.evidence.sightings.begin(), merged.evidence.sightings.end(),
                   [](const Sighting& a, const Sighting& b) { return a.when < b.when; });
  std::vector<Candidate> judged;
  for (auto& [key, candidate] : pages) {
    if (!candidate.read.empty()) {
      candidate.refused.reset();
      candidate.then.reset();
      candidate.status.reset();
      judge(candidate, homepage);
    }
    judged.push_back(std::move(candidate));
  }
  sort_out(merged, std::move(judged));
  return merged;
}

}  // namespace winnow::cli
