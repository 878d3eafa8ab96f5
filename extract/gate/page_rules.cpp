#include "extract/gate/page_rules.hpp"

#include <algorithm>

namespace winnow {
namespace {

// Counted in words. Longer pages that say "404" or "captcha" are something else that mentions it.
constexpr unsigned k_stub = 15;
constexpr unsigned k_message = 200;
constexpr unsigned k_parked_page = 600;

/// How many of a policy's subjects a text has: a short policy has some, an error page in its dress only its
/// name.
int subjects(const GateCounts& counts) {
  constexpr Family k_subjects[] = {Family::personal_data, Family::collection, Family::use,
                                   Family::sharing,       Family::retention,  Family::rights,
                                   Family::log_data,      Family::opt_out};
  return static_cast<int>(std::count_if(std::begin(k_subjects), std::end(k_subjects),
                                        [&](Family family) { return counts.all(family) > 0; }));
}

}  // namespace

std::optional<PageKind> plain_kind(const GateCounts& counts) {
  if (counts.words >= k_parked_page) return std::nullopt;
  const bool policy_like = subjects(counts) >= 3;
  const bool message = counts.words < k_message && !policy_like;

  if (message && counts.all(Family::captcha) > 0 &&
      (counts.words < k_message / 2 || counts.all(Family::captcha) > 1))
    return PageKind::login;
  if (!policy_like && counts.all(Family::parked) >= (counts.words < k_message ? 1U : 3U) &&
      counts.all(Family::policy_name) * 2 <= counts.all(Family::parked))
    return PageKind::parked;
  if (!message) return std::nullopt;
  const bool error = counts.title(Family::error_page) > 0 ||
                     (counts.lead(Family::error_page) > 0 && counts.words < k_message / 2);
  if (counts.all(Family::script_needed) > 0 && counts.words < k_message / 5 &&
      counts.all(Family::script_needed) >= counts.all(Family::error_page))
    return PageKind::script_shell;
  if (error) return PageKind::not_found;
  // A form is labels; a rule about passwords is prose.
  if (counts.all(Family::login) >= 2 && counts.words < k_message / 2 && counts.prose_words * 2 < counts.words)
    return PageKind::login;
  if (counts.words < k_stub && subjects(counts) == 0) return PageKind::not_found;
  return std::nullopt;
}

bool looks_like_index(const GateCounts& counts) {
  return counts.lines >= 20 && counts.prose_words * 4 < counts.words &&
         counts.short_lines * 3 > counts.lines * 2;
}

}  // namespace winnow
