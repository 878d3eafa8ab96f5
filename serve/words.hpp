// Numbers and facts in words for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/gap.hpp"
#include "model/text_change.hpp"
#include "model/version_record.hpp"

namespace winnow::serve {

[[nodiscard]] std::string grouped(std::uint64_t number);                          ///< 1,234,567
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view single);  ///< "1 page", "2,000 pages"
[[nodiscard]] std::string percent(double share);  ///< "4.5 %", "under 0.1 %", on one line

/// "Version 3, 2014-09-12 to 2016-02-29, 1,204 words"
[[nodiscard]] std::string version_sentence(const VersionSummary& version);

/// "+12 −3 words, 4.5 %"
[[nodiscard]] std::string change_words(const TextChange& change);

/// What a version is called that is no policy, by its kind: "error page". Empty for policies and other legal
/// texts, and for what is not known.
[[nodiscard]] std::string kind_words(std::string_view kind);

/// What is known of a time without a text.
[[nodiscard]] std::string gap_sentence(const Gap& gap);
/// The version that was there before the gap and after it; nothing when these are two, or there is but one.
[[nodiscard]] const VersionSummary* version_around(const std::vector<VersionSummary>& versions,
                                                   const Gap& gap);
/// As gap_sentence(), of a time between captures of one version, with so many captures of it in between.
[[nodiscard]] std::string gap_within_sentence(const Gap& gap, std::uint32_t version,
                                              std::size_t captures_between);

}  // namespace winnow::serve
