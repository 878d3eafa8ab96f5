// Is a text a privacy policy, and if not, what is it?
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// What a page is. Names are shown and may be stored: append only.
enum class PageKind {
  policy,         ///< a privacy policy
  cookie_policy,  ///< of cookies and other trackers alone
  legal,          ///< another legal document: terms, guidelines, imprint, processing agreement
  article,        ///< news, a blog post, other prose
  homepage,       ///< a front or index page
  not_found,      ///< an error page that was served as a page, or next to nothing: a heading, "loading"
  parked,         ///< a domain for sale, or filled with advertisements
  login,          ///< a login form or a captcha
  script_shell,   ///< an empty shell that needs JavaScript
};

/// "cookie-policy": as shown.
[[nodiscard]] std::string_view name(PageKind kind);

enum class Band {
  yes,        ///< a privacy policy; of a hundred such texts 99 are
  uncertain,  ///< look at it
  no          ///< not one
};
[[nodiscard]] std::string_view name(Band band);

/// A feature that weighed in a verdict.
struct GateReason {
  std::string feature;  ///< "personal data in headings" (features.hpp), or the rule that decided
  double weight = 0;    ///< in logits: above 0 for a policy, below 0 against it; 0 of a rule
};

struct Verdict {
  Band band = Band::no;
  double score = 0;  ///< the model's probability of a privacy policy, 0 to 1; a rule may overrule it
  PageKind kind = PageKind::not_found;
  std::vector<GateReason> reasons;  ///< at most 5, the weightiest first
};

/// A text as the gate gets it.
struct GateText {
  std::string_view title;     ///< the page's, may be empty
  std::string_view markdown;  ///< without a provenance header
  std::string_view language;  ///< BCP 47, empty when unknown
  std::string_view url;       ///< empty when unknown; only tells a site's front page
  bool needs_script = false;  ///< Mark::needs_script: there are no words to judge by
};

/// Judges a text: a linear model over readable features (features.hpp), learnt by scripts/learn-gate, and
/// rules for the short pages that it has no examples of: errors, parked domains, logins, captchas, shells.
///
/// Only marks; nothing is thrown away for a verdict. Pure, deterministic, bounded for any bytes: 256 KiB are
/// read. The band is never `yes` below 50 words, and never `no` for longer texts in a language without
/// phrases (families.hpp), of which the model can see nothing.
[[nodiscard]] Verdict judge(const GateText& text);

}  // namespace winnow
