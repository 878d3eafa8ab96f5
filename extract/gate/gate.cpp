#include "extract/gate/gate.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include "extract/gate/features.hpp"
#include "extract/gate/page_rules.hpp"
#include "model/url.hpp"

namespace winnow {
namespace {

/// The kinds that the model has learnt, in the order of its columns.
constexpr std::array k_learnt = {PageKind::policy,  PageKind::cookie_policy, PageKind::legal,
                                 PageKind::article, PageKind::homepage,      PageKind::not_found};
using KindScores = std::array<double, k_learnt.size()>;

struct FeatureWeights {
  std::string_view feature;
  double average;
  KindScores weights;
};

#include "extract/gate/gate_weights.inc"

constexpr unsigned k_least_words = 50;  // shorter texts are headings and notices: no `yes`
constexpr unsigned k_short_words = 150;
constexpr std::size_t k_reasons = 5;

KindScores probabilities(const GateFeatures& features) {
  assert(std::size(k_weights) == k_gate_features);  // else scripts/learn-gate is to be run
  KindScores result = k_bias;
  for (std::size_t feature = 0; feature < features.size(); ++feature) {
    for (std::size_t kind = 0; kind < result.size(); ++kind)
      result[kind] += features[feature] * k_weights[feature].weights[kind];
  }
  const double greatest = *std::max_element(result.begin(), result.end());
  for (double& value : result)
    value = std::exp(value - greatest);
  const double sum = std::accumulate(result.begin(), result.end(), 0.0);
  for (double& value : result)
    value /= sum;
  return result;
}

/// What speaks for a policy against the likeliest other kind, compared with the average text.
std::vector<GateReason> weightiest(const GateFeatures& features, std::size_t rival) {
  std::vector<GateReason> reasons;
  for (std::size_t feature = 0; feature < features.size(); ++feature) {
    const FeatureWeights& learnt = k_weights[feature];
    const double excess = features[feature] - learnt.average;
    reasons.push_back({std::string(excess < 0 ? "little " : "").append(learnt.feature),
                       excess * (learnt.weights[0] - learnt.weights[rival])});
  }
  std::stable_sort(reasons.begin(), reasons.end(), [](const GateReason& a, const GateReason& b) {
    return std::abs(a.weight) > std::abs(b.weight);
  });
  reasons.resize(k_reasons);
  return reasons;
}

/// What decided against the model comes first.
void overrule(std::vector<GateReason>& reasons, std::string rule) {
  reasons.insert(reasons.begin(), {std::move(rule), 0});
  reasons.resize(k_reasons);
}

bool is_front_page(std::string_view text) {
  const std::optional<Url> url = Url::parse(text);
  return url && url->is_http() && (url->path.empty() || url->path == "/") && !url->query;
}

}  // namespace

std::string_view name(PageKind kind) {
  constexpr std::array<std::string_view, 9> k_names = {"policy",  "cookie-policy", "legal",
                                                       "article", "homepage",      "not-found",
                                                       "parked",  "login",         "script-shell"};
  return k_names.at(static_cast<std::size_t>(kind));
}

std::string_view name(Band band) {
  constexpr std::array<std::string_view, 3> k_names = {"yes", "uncertain", "no"};
  return k_names.at(static_cast<std::size_t>(band));
}

Verdict judge(const GateText& text) {
  const GateCounts counts = count_gate(text.title, text.markdown);
  const GateFeatures features = gate_features(counts);
  const KindScores chances = probabilities(features);
  const auto rival =
      static_cast<std::size_t>(std::max_element(chances.begin() + 1, chances.end()) - chances.begin());
  Verdict verdict;
  verdict.score = chances[0];
  verdict.band = verdict.score >= k_yes ? Band::yes : verdict.score >= k_no ? Band::uncertain : Band::no;
  verdict.kind = k_learnt[verdict.band == Band::yes || chances[0] > chances[rival] ? 0 : rival];
  verdict.reasons = weightiest(features, rival);

  if (text.needs_script) {
    verdict.kind = PageKind::script_shell;
    verdict.band = Band::no;
    overrule(verdict.reasons, "no words, but scripts");
    return verdict;
  }
  if (const std::optional<PageKind> plain = plain_kind(counts)) {
    verdict.kind = *plain;
    verdict.band = Band::no;
    overrule(verdict.reasons, "few words, and those of " + std::string(name(*plain)));
    return verdict;
  }
  if (verdict.band == Band::yes && counts.words < k_least_words) {
    verdict.band = Band::uncertain;
    overrule(verdict.reasons, "few words");
  }
  // A shop's front page with a paragraph "Your privacy matters": the model has few like it to learn from.
  if (verdict.band == Band::yes && counts.title(Family::policy_name) == 0 &&
      (is_front_page(text.url) || counts.words < k_short_words)) {
    verdict.band = Band::uncertain;
    overrule(verdict.reasons, "no policy's name in title");
    if (is_front_page(text.url)) verdict.kind = PageKind::homepage;
  }
  if (verdict.band == Band::no && counts.words >= k_least_words && !text.language.empty() &&
      !has_phrases(text.language)) {
    verdict.band = Band::uncertain;
    overrule(verdict.reasons, "a language without phrases");
  }
  if (verdict.kind == PageKind::article && (is_front_page(text.url) || looks_like_index(counts)))
    verdict.kind = PageKind::homepage;
  return verdict;
}

}  // namespace winnow
