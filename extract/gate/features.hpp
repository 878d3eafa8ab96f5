// What the gate measures in a text.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "extract/gate/families.hpp"

namespace winnow {

/// Of a text, no more than this is read: the rest of a policy is as the beginning, and time stays bounded.
inline constexpr std::size_t k_gate_bytes = 256 << 10;

/// The words that say what a text is: its first.
inline constexpr unsigned k_lead_words = 120;

/// What is counted of each family.
struct FamilyHits {
  std::array<std::uint32_t, k_families> all{};
  std::array<std::uint32_t, k_families> title{};
  std::array<std::uint32_t, k_families> lead{};
  std::array<std::uint32_t, k_families> headings{};
};

/// Hits and shape of a text in Markdown.
struct GateCounts {
  FamilyHits hits;
  unsigned words = 0;  ///< link targets left out; two characters of a script without spaces are a word
  unsigned headings = 0;
  unsigned lines = 0;        ///< that have words
  unsigned list_lines = 0;   ///< items of lists
  unsigned table_lines = 0;  ///< rows of tables
  unsigned short_lines = 0;  ///< of at most 4 words
  unsigned prose_words = 0;  ///< in lines of at least 25 words
  unsigned digits = 0;

  [[nodiscard]] std::uint32_t all(Family family) const { return hits.all[static_cast<std::size_t>(family)]; }
  [[nodiscard]] std::uint32_t title(Family family) const {
    return hits.title[static_cast<std::size_t>(family)];
  }
  [[nodiscard]] std::uint32_t lead(Family family) const {
    return hits.lead[static_cast<std::size_t>(family)];
  }
};

/// Counts. The title's zone is `title` and the short lines and headings among the first 40 words that are no
/// items of a list (a menu names every page of a site). Linear in the text, which is read up to k_gate_bytes;
/// any bytes will do.
[[nodiscard]] GateCounts count_gate(std::string_view title, std::string_view markdown);

// The features of the model, in this order: for every family its rate; then, for those families that tell
// something there, whether the title, the lead and the headings have it; then the shape.
inline constexpr std::array k_title_families = {
    Family::policy_name,   Family::privacy,    Family::personal_data,  Family::cookies,
    Family::cookie_policy, Family::terms_name, Family::other_document, Family::processor,
    Family::imprint,       Family::licence,    Family::error_page,     Family::news};
inline constexpr std::array k_lead_families = {
    Family::policy_name, Family::personal_data, Family::collection, Family::cookie_policy,
    Family::terms_name,  Family::processor,     Family::news,       Family::navigation};
inline constexpr std::array k_heading_families = {
    Family::privacy,   Family::personal_data, Family::collection, Family::sharing,
    Family::retention, Family::rights,        Family::security,   Family::children,
    Family::cookies,   Family::liability,     Family::conduct,    Family::commerce};
inline constexpr std::size_t k_shape_features = 7;
inline constexpr std::size_t k_gate_features = k_families + k_title_families.size() + k_lead_families.size() +
                                               k_heading_families.size() + k_shape_features;

using GateFeatures = std::array<double, k_gate_features>;

/// Counts as the model takes them: rates are ln(1 + hits in 1,000 words), headings the share of them that
/// have a phrase (of at least three), title and lead 0 or 1 (2 for several in the lead), shape shares and the
/// logarithm of the number of words.
[[nodiscard]] GateFeatures gate_features(const GateCounts& counts);

/// A feature's name for people: "personal data in headings".
[[nodiscard]] std::string gate_feature_name(std::size_t feature);

}  // namespace winnow
