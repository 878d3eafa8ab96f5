#include "cli/discover/candidate_reader.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/discover/discovery.hpp"
#include "crawler/policy_url.hpp"
#include "model/url.hpp"

namespace winnow::cli {
namespace {

// How much it says that a URL looks like a policy's, and that a candidate leads here.
constexpr double k_index_weight = 0.65;
constexpr double k_pointer_score = 0.9;
constexpr double k_least_promise = 0.15;
constexpr int k_reading_rounds = 3;  // a redirect's target may redirect
constexpr int k_narrowing_rounds = 3;

bool have_one_body(const Capture& a, const Capture& b) {
  return a.digest && a.digest == b.digest;
}

}  // namespace

void CandidateReader::Reads::add(Page& page, const Capture& capture) {
  captures.push_back(capture);
  pages.push_back(&page);
}

CdxQuery CandidateReader::query(std::string url, MatchType match) const {
  CdxQuery query;
  query.url = std::move(url);
  query.match = match;
  query.since = m_dates.since;
  query.until = m_dates.until;
  return query;
}

void CandidateReader::note_failure(std::string_view what, const std::optional<Failure>& failure) {
  if (failure) {
    m_failures.push_back(fmt::format("the index of {} could not be read: {}: {}", what,
                                     describe(failure->reason), failure->detail));
  }
}

std::uint64_t CandidateReader::ask_index(const std::string& site) {
  CdxQuery domain = query(site, MatchType::domain);
  domain.filters = {policy_url_filter(site)};
  const auto results =
      m_archive.list({std::move(domain)}, [&](std::size_t, Capture&& row) { m_index.add(std::move(row)); });
  note_failure(site, results.front().failure);
  for (const auto& [key, indexed] : m_index.pages()) {
    if (key == m_homepage_urlkey) continue;
    Page& page = m_pages[key];
    page.candidate.urlkey = key;
    page.candidate.url = indexed.url();
    page.looked_up = true;
    add_finding(page.candidate, {FoundBy::index, {}, {}, k_index_weight * indexed.url_score});
  }
  return results.front().rows;
}

void CandidateReader::add(const std::string& url, Finding finding) {
  std::string key = urlkey(url);
  if (key == m_homepage_urlkey) return;
  Page& page = m_pages[key];
  if (page.candidate.urlkey.empty()) {
    page.candidate.urlkey = std::move(key);
    page.candidate.url = url;
  }
  add_finding(page.candidate, std::move(finding));
}

void CandidateReader::read() {
  for (int round = 0; round < k_reading_rounds; ++round) {
    look_up_unknown();
    if (!read_next()) break;
  }
  narrow_turns();
}

/// Asks for the captures of pages that the domain's query did not bring, the most promising first.
void CandidateReader::look_up_unknown() {
  std::vector<Page*> unknown;
  for (auto& [key, page] : m_pages) {
    if (!page.looked_up) unknown.push_back(&page);
  }
  sort_by_promise(unknown);
  unknown.resize(std::min(unknown.size(), k_most_lookups - m_lookups));
  if (unknown.empty()) return;
  m_lookups += unknown.size();
  std::vector<CdxQuery> queries;
  for (Page* page : unknown) {
    queries.push_back(query(page->candidate.url, MatchType::exact));
    m_index.add_page(page->candidate.urlkey);
    page->looked_up = true;
  }
  const auto results = m_archive.list(queries, [&](std::size_t number, Capture&& row) {
    row.urlkey = unknown[number]->candidate.urlkey;  // an archive may have another opinion of it
    m_index.add(std::move(row), true);
  });
  for (std::size_t i = 0; i < results.size(); ++i) {
    note_failure(unknown[i]->candidate.url, results[i].failure);
    unknown[i]->candidate.failure = results[i].failure;
  }
}

void CandidateReader::sort_by_promise(std::vector<Page*>& pages) const {
  const auto captures = [&](const Page* page) {
    const IndexedPage* indexed = m_index.find(page->candidate.urlkey);
    return indexed == nullptr ? 0 : indexed->captures;
  };
  std::stable_sort(pages.begin(), pages.end(), [&](const Page* a, const Page* b) {
    return std::tuple(promise(a->candidate), captures(a)) > std::tuple(promise(b->candidate), captures(b));
  });
}

/// Another address of a page that is a candidate itself: `/privacy?utm_source=x`.
bool CandidateReader::is_variant(const Candidate& candidate) const {
  const std::string_view base = std::string_view(candidate.urlkey).substr(0, candidate.urlkey.find('?'));
  if (base.size() == candidate.urlkey.size()) return false;
  const IndexedPage* indexed = m_index.find(base);
  const bool linked = std::any_of(candidate.found.begin(), candidate.found.end(),
                                  [](const Finding& finding) { return finding.by != FoundBy::index; });
  return !linked && indexed != nullptr && !indexed->served.empty();
}

/// Reads the pages that are next; false when there is none.
bool CandidateReader::read_next() {
  std::vector<Page*> next;
  for (auto& [key, page] : m_pages) {
    if (page.read || !page.looked_up || promise(page.candidate) < k_least_promise ||
        is_variant(page.candidate))
      continue;
    const IndexedPage& indexed = *m_index.find(key);
    if (!indexed.served.empty() || !indexed.led_away.empty()) next.push_back(&page);
  }
  sort_by_promise(next);
  next.resize(std::min(next.size(), k_most_read_pages - m_read_pages));
  m_read_pages += next.size();
  Reads reads;
  for (Page* page : next) {
    page->read = true;
    choose_captures(*page, reads);
  }
  fetch(reads);
  for (Page* page : next)
    stand_for_equals(page->candidate);
  return !next.empty();
}

/// The first capture's reading is the last one's too where the index gives both one digest.
void CandidateReader::stand_for_equals(Candidate& candidate) const {
  const auto& served = m_index.find(candidate.urlkey)->served;
  if (served.empty() || !have_one_body(served.front(), served.back())) return;
  const auto first =
      std::find_if(candidate.read.begin(), candidate.read.end(),
                   [&](const PageReading& reading) { return reading.timestamp == served.front().timestamp; });
  if (first == candidate.read.end() || served.back().timestamp == first->timestamp) return;
  PageReading last = *first;
  last.timestamp = served.back().timestamp;
  last.played = nullptr;
  candidate.read.push_back(std::move(last));
}

/// The first and the last capture that served a page, and the first that led elsewhere behind it.
void CandidateReader::choose_captures(Page& page, Reads& reads) const {
  const IndexedPage& indexed = *m_index.find(page.candidate.urlkey);
  const auto& [served, led_away] = std::tie(indexed.served, indexed.led_away);
  if (served.empty()) {
    if (!led_away.empty()) reads.add(page, led_away.back());
    return;
  }
  reads.add(page, served.front());
  if (served.size() > 1 && !have_one_body(served.front(), served.back())) reads.add(page, served.back());
  const auto behind = std::find_if(led_away.begin(), led_away.end(), [&](const Capture& capture) {
    return capture.timestamp > served.back().timestamp;
  });
  if (behind == led_away.end()) return;
  reads.add(page, *behind);
  // The first may only have led from http to https.
  if (led_away.back().timestamp != behind->timestamp) reads.add(page, led_away.back());
}

void CandidateReader::fetch(const Reads& reads) {
  m_archive.fetch(reads.captures, [&](std::size_t number, FetchResult&& fetched) {
    take_answer(*reads.pages[number], reads.captures[number], std::move(fetched));
  });
}

void CandidateReader::take_answer(Page& page, const Capture& asked, FetchResult&& fetched) {
  auto answer = read_capture(std::move(fetched), m_archive.max_body());
  if (auto* failure = std::get_if<Failure>(&answer)) {
    spdlog::debug("{} of {}: {}", asked.original, asked.timestamp.date(), failure->detail);
    page.candidate.failure = std::move(*failure);
    return;
  }
  auto& reading = std::get<PageReading>(answer);
  const std::string& key = page.candidate.urlkey;
  if (urlkey(reading.url) != key) reading.leads_to = reading.url;
  if (!reading.leads_to.empty() && urlkey(reading.leads_to) == key) return;  // http to https
  point_to(page, reading.leads_to, reading.timestamp, FoundBy::redirect);
  if (reading.leads_to.empty() && is_policy(reading))
    point_to(page, reading.canonical, reading.timestamp, FoundBy::canonical);
  page.candidate.read.push_back(std::move(reading));
}

void CandidateReader::point_to(const Page& page, const std::string& target, Timestamp when, FoundBy by) {
  if (target.empty()) return;
  const std::string url = target.substr(0, target.find('#'));
  std::string key = urlkey(url);
  if (key == page.candidate.urlkey || key == m_homepage_urlkey) return;
  add(url, {by, when, page.candidate.url, k_pointer_score});
  m_pointers.push_back({page.candidate.urlkey, std::move(key), when, by});
}

/// Where a page was the policy at one time and something else at another: when was that?
void CandidateReader::narrow_turns() {
  std::size_t left = k_most_turn_reads;
  for (int round = 0; round < k_narrowing_rounds; ++round) {
    Reads reads;
    for (auto& [key, page] : m_pages) {
      if (!page.read) continue;
      sort_by_time(page.candidate.read);
      for (const Turn& turn : turns(page.candidate)) {
        const auto between = choose_between(m_index.find(key)->served, turn.after, turn.before);
        if (between && left > 0) {
          reads.add(page, *between);
          --left;
        }
      }
    }
    if (reads.captures.empty()) return;
    fetch(reads);
  }
}

void CandidateReader::finish(Page& page, const Homepage& homepage) const {
  Candidate& candidate = page.candidate;
  const IndexedPage* indexed = m_index.find(candidate.urlkey);
  if (indexed != nullptr) {
    candidate.captures = indexed->captures;
    if (!indexed->served.empty()) {
      candidate.first = indexed->served.front().timestamp;
      candidate.last = indexed->served.back().timestamp;
      candidate.listed.push_back(indexed->served.front());
      if (indexed->served.size() > 1) candidate.listed.push_back(indexed->served.back());
      candidate.url = indexed->url();
    }
  }
  if (page.read) return judge(candidate, homepage);
  const bool archived = indexed != nullptr && !(indexed->served.empty() && indexed->led_away.empty());
  candidate.confidence = promise(candidate);
  candidate.refused = is_variant(candidate)                               ? Refusal::variant
                      : page.looked_up && !archived && !candidate.failure ? Refusal::never_archived
                                                                          : Refusal::unread;
}

std::vector<Candidate> CandidateReader::take_judged(const Homepage& homepage) {
  std::vector<Candidate> judged;
  for (auto& [key, page] : m_pages) {
    finish(page, homepage);
    judged.push_back(std::move(page.candidate));
  }
  return judged;
}

}  // namespace winnow::cli
