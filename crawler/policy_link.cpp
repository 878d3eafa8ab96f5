#include "crawler/policy_link.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>

#include "crawler/folded_words.hpp"
#include "crawler/policy_url.hpp"
#include "crawler/policy_words.hpp"
#include "model/url.hpp"

namespace winnow {

namespace {

// Set on half of 303 pages in 33 languages. A text alone may be enough, a URL alone hardly.
constexpr double k_weight_of_document = 0.75;  ///< of a text like "Privacy policy"
constexpr double k_weight_of_word = 0.7;       ///< of a text like "Privacy"
constexpr double k_weight_of_url = 0.65;
constexpr double k_weight_of_other_site = 0.9;
constexpr double k_score_of_relation = 0.95;
constexpr double k_least_score = 0.6;

std::string_view before_fragment(std::string_view url) {
  return url.substr(0, url.find('#'));
}

/// The name under which a site is registered: "google" of google.com and google.co.uk.
std::string_view site_label(std::string_view site) {
  return site.substr(0, site.find('.'));
}

bool has_name(const FoldedWords& text, std::size_t first_word, std::string_view site) {
  const std::string label = fold_words(site_label(site)).letters;
  if (label.empty() || first_word >= text.words.size()) return false;
  const bool as_word = std::any_of(text.words.begin() + static_cast<std::ptrdiff_t>(first_word),
                                   text.words.end(), [&](auto word) { return text.text(word) == label; });
  // "Condé Nast" is condenast.com; "x" is in every other word.
  return as_word ||
         (label.size() >= 4 && text.letters.find(label, text.words[first_word].begin) != std::string::npos);
}

/// Whether a site's name stands in the link's text or right before it: "the Google Privacy Policy".
bool is_named(std::string_view site, const PageLink& link) {
  const FoldedWords before = fold_words(link.before);
  return has_name(fold_words(link.text), 0, site) ||
         has_name(before, before.words.size() < 2 ? 0 : before.words.size() - 2, site);
}

bool is_in_sentence(const PageLink& link) {
  return fold_words(link.before).words.size() >= 3;
}

LinkVerdict refuse(LinkReason reason, LinkKind kind = LinkKind::other) {
  return {kind, reason, 0};
}

/// What is read at a link; where that says nothing of the matter, what assistive software reads.
PolicyWords words_of(const PageLink& link) {
  const PolicyWords text = read_policy_words(link.text);
  if (text.policy > 0) return text;
  const PolicyWords label = read_policy_words(link.label);
  return label.policy > 0 || link.text.empty() ? label : text;
}

bool is_other_company(const PageLink& link, const PolicyWords& text, std::string_view own_site,
                      std::string_view site) {
  if (is_named(site, link) && !is_named(own_site, link)) return true;
  return text.policy < 0.6 || (!link.in_footer && is_in_sentence(link));
}

}  // namespace

std::string_view name(LinkKind kind) {
  constexpr std::array<std::string_view, 4> k_names = {"privacy-policy", "cookie-policy", "terms", "other"};
  return k_names[static_cast<std::size_t>(kind)];
}

std::string_view name(LinkReason reason) {
  constexpr std::array<std::string_view, 13> k_names = {
      "relation", "text-and-url", "text",        "url",          "other-site",    "no-policy", "says-little",
      "control",  "aside",        "other-place", "part-of-page", "other-company", "no-page"};
  static_assert(k_names.size() == static_cast<std::size_t>(LinkReason::no_page) + 1);
  return k_names[static_cast<std::size_t>(reason)];
}

LinkVerdict judge_link(const PageLink& link, std::string_view page_url) {
  const auto url = Url::parse(link.url);
  if (!url || !url->is_http()) return refuse(LinkReason::no_page);
  const PolicyWords text = words_of(link);
  const std::string key = urlkey(before_fragment(link.url));
  const double by_url = policy_url_score(key, "text/html");
  const bool by_relation = link.rel.find("privacy-policy") != std::string::npos;

  if (text.control && (text.policy > 0 || text.cookies || by_url > 0)) return refuse(LinkReason::control);
  if (text.policy == 0 && !by_relation) {
    if (text.cookies) return refuse(LinkReason::no_policy, LinkKind::cookie_policy);
    if (text.terms) return refuse(LinkReason::no_policy, LinkKind::terms);
    if (by_url == 0) return refuse(LinkReason::no_policy);
  }
  if (text.aside) return refuse(LinkReason::aside);
  const UrlPlace place = place_of_url(key);
  if (place == UrlPlace::listing || (place == UrlPlace::news && !text.document && by_url < 0.5))
    return refuse(LinkReason::other_place);
  if (by_url == 0 && url->fragment && before_fragment(link.url) == before_fragment(page_url))
    return refuse(LinkReason::part_of_page);

  const double by_text = (text.document ? k_weight_of_document : k_weight_of_word) * text.policy;
  double score = 1 - (1 - by_text) * (1 - k_weight_of_url * by_url);
  if (by_relation) score = std::max(score, k_score_of_relation);
  LinkReason reason = by_relation        ? LinkReason::relation
                      : text.policy == 0 ? LinkReason::url
                      : by_url == 0      ? LinkReason::text
                                         : LinkReason::text_and_url;
  const std::string site = registrable_domain(url->host);
  const std::string own_site = site_of_url(page_url);
  if (!own_site.empty() && site_label(site) != site_label(own_site)) {
    if (is_other_company(link, text, own_site, site)) return refuse(LinkReason::other_company);
    reason = LinkReason::other_site;
    score *= k_weight_of_other_site;
  }
  if (score < k_least_score) return refuse(LinkReason::says_little);
  return {LinkKind::privacy_policy, reason, score};
}

std::vector<PolicyLink> policy_links(const std::vector<PageLink>& links, std::string_view page_url) {
  struct Candidate {
    PolicyLink best;
    std::vector<std::string> texts;
    double doubt;  ///< that is left by all its names
  };
  std::vector<Candidate> candidates;
  std::unordered_map<std::string_view, std::size_t> by_url;  // hostile pages have a hundred thousand
  for (const PageLink& link : links) {
    const LinkVerdict verdict = judge_link(link, page_url);
    if (verdict.kind != LinkKind::privacy_policy) continue;
    const std::string text = fold_words(link.text).letters;
    const auto [known, is_new] = by_url.try_emplace(before_fragment(link.url), candidates.size());
    if (is_new) {
      candidates.push_back({{link, verdict}, {text}, 1 - verdict.score});
      continue;
    }
    Candidate* const same = &candidates[known->second];
    // "Read more" is no second name.
    if (read_policy_words(link.text).document &&
        std::find(same->texts.begin(), same->texts.end(), text) == same->texts.end()) {
      same->texts.push_back(text);
      same->doubt *= 1 - verdict.score;
    }
    if (verdict.score > same->best.verdict.score) same->best = {link, verdict};
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.doubt < b.doubt; });
  std::vector<PolicyLink> found;
  found.reserve(candidates.size());
  for (Candidate& candidate : candidates)
    found.push_back(std::move(candidate.best));
  return found;
}

}  // namespace winnow
