#include "extract/gate/families.hpp"

#include <algorithm>
#include <array>

namespace winnow {
namespace {

constexpr std::array<std::string_view, k_families> k_names = {
    "policy name", "privacy",    "personal data", "collection",   "use",      "sharing",       "retention",
    "legal basis", "rights",     "authority",     "children",     "security", "log data",      "opt-out",
    "changes",     "cookies",    "cookie policy", "cookie kinds", "terms",    "liability",     "disputes",
    "commerce",    "licence",    "conduct",       "processor",    "imprint",  "guidelines",    "news",
    "blog",        "navigation", "error page",    "captcha",      "login",    "script needed", "parked",
};
static_assert(!k_names.back().empty());

constexpr PhraseRow k_rows[] = {
#include "extract/gate/phrases_other.inc"
#include "extract/gate/phrases_policy.inc"
};

}  // namespace

std::string_view name(Family family) {
  return k_names[static_cast<std::size_t>(family)];
}

std::span<const PhraseRow> all_phrases() {
  return k_rows;
}

bool has_phrases(std::string_view language) {
  const std::string_view primary = language.substr(0, language.find('-'));
  return std::any_of(std::begin(k_rows), std::end(k_rows), [primary](const PhraseRow& row) {
    return row.family == Family::personal_data && row.language == primary;
  });
}

}  // namespace winnow
