#include "model/series.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace winnow {
namespace {

constexpr std::array<std::string_view, 5> k_evidence = {"redirect", "canonical", "same-text", "near-text",
                                                        "link-replaced"};

}  // namespace

std::string_view name(Takeover::Evidence evidence) {
  return k_evidence[static_cast<std::size_t>(evidence)];
}

std::optional<Takeover::Evidence> parse_evidence(std::string_view name) {
  const auto* const found = std::find(k_evidence.begin(), k_evidence.end(), name);
  if (found == k_evidence.end()) return {};
  return static_cast<Takeover::Evidence>(found - k_evidence.begin());
}

}  // namespace winnow
