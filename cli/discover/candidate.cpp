#include "cli/discover/candidate.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <utility>

#include "crawler/policy_url.hpp"
#include "extract/gate/families.hpp"
#include "model/url.hpp"

namespace winnow::cli {
namespace {

// How much it says that a text is the policy when the gate is not sure, and when nothing could be read.
constexpr double k_uncertain_text = 0.6;
constexpr double k_no_text = 0.5;
// A policy on the site that nothing leads to may be of another product, or for others than visitors.
constexpr double k_least_context = 0.6;

constexpr int k_same_page = 3;  // bits of SimHash
constexpr std::uint32_t k_fewest_words = 20;

bool is_like(const PageReading& a, const PageReading& b) {
  if (a.words_sha256 == b.words_sha256) return true;
  return std::min(a.word_count, b.word_count) >= k_fewest_words &&
         std::popcount(a.simhash ^ b.simhash) <= k_same_page;
}

Refusal refusal_of(const PageReading& reading, std::string_view urlkey, const Homepage& homepage) {
  if (reading.status >= 400) return Refusal::error_status;
  const bool is_homepage =
      reading.word_count > 0 && std::any_of(homepage.read.begin(), homepage.read.end(),
                                            [&](const PageReading& home) { return is_like(home, reading); });
  if (is_homepage) return Refusal::homepage;
  const bool lists = place_of_url(urlkey) == UrlPlace::listing;
  switch (reading.gate.kind) {
    case PageKind::cookie_policy:
    case PageKind::legal:
    case PageKind::policy:
      return Refusal::other_document;
    case PageKind::article:
      return lists ? Refusal::listing : Refusal::news;
    case PageKind::homepage:
      return Refusal::listing;
    case PageKind::not_found:
      return Refusal::soft_404;
    case PageKind::parked:
      return Refusal::parked;
    case PageKind::login:
      return Refusal::login;
    case PageKind::script_shell:
      return Refusal::empty;
  }
  return Refusal::soft_404;
}

/// How surely a text is a policy, by the best of the readings.
double text_score(const Candidate& candidate) {
  double best = 0;
  for (const PageReading& reading : candidate.read) {
    if (!reading.leads_to.empty() || !is_policy(reading)) continue;
    best = std::max(best, reading.gate.band == Band::yes ? reading.gate.score : k_uncertain_text);
  }
  return best;
}

bool is_linked(const Candidate& candidate) {
  return std::any_of(candidate.found.begin(), candidate.found.end(),
                     [](const Finding& finding) { return finding.by == FoundBy::link; });
}

void refuse(Candidate& candidate, Refusal refusal) {
  candidate.refused = refusal;
  candidate.confidence = promise(candidate);
}

/// Why `reading` is not the policy, in the candidate's `refused` or `then`.
Refusal refusal_by(Candidate& candidate, const PageReading& reading, const Homepage& homepage) {
  const Refusal refusal = refusal_of(reading, candidate.urlkey, homepage);
  if (refusal == Refusal::error_status) candidate.status = reading.status;
  return refusal;
}

/// From the first to the last of its policy readings, and on to the ends of what the index lists where
/// nothing else was read there.
void set_span(Candidate& candidate, const Homepage& homepage) {
  const auto serves = [](const PageReading& reading) {
    return reading.leads_to.empty() && is_policy(reading);
  };
  const auto& read = candidate.read;
  const auto first = std::find_if(read.begin(), read.end(), serves);
  const auto last = std::find_if(read.rbegin(), read.rend(), serves);
  if (first == read.end()) {
    candidate.from = candidate.first;
    candidate.to = candidate.last;
    return;
  }
  const auto is_page = [](const PageReading& reading) { return reading.leads_to.empty(); };
  const auto before = std::find_if(std::make_reverse_iterator(first), read.rend(), is_page);
  const auto after = std::find_if(last.base(), read.end(), is_page);
  candidate.from = before == read.rend()
                       ? std::min(candidate.first.value_or(first->timestamp), first->timestamp)
                       : first->timestamp;
  if (after == read.end()) {
    candidate.to = std::max(candidate.last.value_or(last->timestamp), last->timestamp);
  } else {
    candidate.to = last->timestamp;
    candidate.then = refusal_by(candidate, *after, homepage);
  }
}

}  // namespace

std::string_view name(FoundBy by) {
  constexpr std::array<std::string_view, 4> k_names = {"index", "link", "redirect", "canonical"};
  return k_names[static_cast<std::size_t>(by)];
}

std::string_view name(Refusal refusal) {
  constexpr std::array<std::string_view, 16> k_names = {
      "other-company", "homepage", "news",   "listing",     "soft-404", "other-document",
      "control",       "aside",    "parked", "login",       "empty",    "never-archived",
      "leads-away",    "variant",  "unread", "error-status"};
  static_assert(k_names.size() == static_cast<std::size_t>(Refusal::error_status) + 1);
  return k_names[static_cast<std::size_t>(refusal)];
}

std::string_view describe(Refusal refusal) {
  switch (refusal) {
    case Refusal::other_company:
      return "a link to another company's policy";
    case Refusal::homepage:
      return "the homepage under this URL";
    case Refusal::news:
      return "a news post or article";
    case Refusal::listing:
      return "a page that lists others";
    case Refusal::soft_404:
      return "an error page, or next to nothing";
    case Refusal::other_document:
      return "another legal document";
    case Refusal::control:
      return "settings or choices";
    case Refusal::aside:
      return "a notice for some only, or a seal";
    case Refusal::parked:
      return "a domain for sale";
    case Refusal::login:
      return "a login form or captcha";
    case Refusal::empty:
      return "shows nothing without JavaScript";
    case Refusal::never_archived:
      return "no capture that served a page";
    case Refusal::leads_away:
      return "only led to another page";
    case Refusal::variant:
      return "another candidate's URL with a query";
    case Refusal::unread:
      return "not looked at: others were likelier";
    case Refusal::error_status:
      return "an archived error";
  }
  return "";
}

void sort_by_time(std::vector<PageReading>& readings) {
  std::stable_sort(readings.begin(), readings.end(),
                   [](const PageReading& a, const PageReading& b) { return a.timestamp < b.timestamp; });
}

void add_finding(Candidate& candidate, Finding finding) {
  const auto same = std::find_if(candidate.found.begin(), candidate.found.end(), [&](const Finding& other) {
    return other.by == finding.by && other.archive == finding.archive;
  });
  if (same == candidate.found.end()) {
    candidate.found.push_back(std::move(finding));
  } else if (finding.score > same->score) {
    *same = std::move(finding);
  }
}

double promise(const Candidate& candidate) {
  // The same way in another archive is no other reason.
  std::array<double, 4> best{};
  for (const Finding& finding : candidate.found) {
    double& score = best[static_cast<std::size_t>(finding.by)];
    score = std::max(score, finding.score);
  }
  double doubt = 1;
  for (const double score : best)
    doubt *= 1 - score;
  return 1 - doubt;
}

std::optional<Refusal> refusal_of(const LinkVerdict& verdict, std::string_view url) {
  switch (verdict.reason) {
    case LinkReason::other_company:
      return Refusal::other_company;
    case LinkReason::other_place:
      return place_of_url(urlkey(url)) == UrlPlace::news ? Refusal::news : Refusal::listing;
    case LinkReason::control:
      return Refusal::control;
    case LinkReason::aside:
      return Refusal::aside;
    default:
      return {};
  }
}

bool is_policy(const PageReading& reading) {
  if (reading.gate.band == Band::yes) return true;
  return reading.gate.band == Band::uncertain &&
         (reading.gate.kind == PageKind::policy || !has_phrases(reading.language));
}

std::vector<Turn> turns(const Candidate& candidate) {
  std::vector<Turn> turns;
  const PageReading* before = nullptr;
  for (const PageReading& reading : candidate.read) {
    if (!reading.leads_to.empty()) continue;
    if (before != nullptr && is_policy(*before) != is_policy(reading))
      turns.push_back({before->timestamp, reading.timestamp});
    before = &reading;
  }
  return turns;
}

void judge(Candidate& candidate, const Homepage& homepage) {
  sort_by_time(candidate.read);
  const auto is_page = [](const PageReading& reading) { return reading.leads_to.empty(); };
  const bool served = std::any_of(candidate.read.begin(), candidate.read.end(), is_page);
  if (!served && !candidate.failure) {
    const bool leads_home =
        std::any_of(candidate.read.begin(), candidate.read.end(),
                    [&](const PageReading& reading) { return urlkey(reading.leads_to) == homepage.urlkey; });
    return refuse(candidate, leads_home               ? Refusal::homepage
                             : candidate.read.empty() ? Refusal::never_archived
                                                      : Refusal::leads_away);
  }

  double score = text_score(candidate);
  if (served && score == 0) {
    // What it was last is what a visitor remembers.
    const auto last = std::find_if(candidate.read.rbegin(), candidate.read.rend(), is_page);
    return refuse(candidate, refusal_by(candidate, *last, homepage));
  }
  if (!served) score = k_no_text;
  // A post that quotes a policy is not it, unless the site itself links there.
  if (place_of_url(candidate.urlkey) == UrlPlace::news && !is_linked(candidate)) score *= k_uncertain_text;
  candidate.confidence = score * (k_least_context + (1 - k_least_context) * promise(candidate));
  set_span(candidate, homepage);
}

std::string_view sureness(double confidence) {
  const double shown = std::round(confidence * 100) / 100;
  return shown >= 0.9 ? "certain" : shown >= 0.75 ? "likely" : "unsure";
}

}  // namespace winnow::cli
