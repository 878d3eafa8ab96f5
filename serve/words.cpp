#include "serve/words.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace winnow::serve {

std::string grouped(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string grouped;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) grouped += ',';
    grouped += digits[i];
  }
  return grouped;
}

std::string counted(std::uint64_t count, std::string_view single) {
  if (count == 1) return fmt::format("1 {}", single);
  // "series", "entry": the plurals that are not made with an s.
  if (single == "series") return fmt::format("{} series", grouped(count));
  if (single == "entry") return fmt::format("{} entries", grouped(count));
  if (single == "policy") return fmt::format("{} policies", grouped(count));
  return fmt::format("{} {}s", grouped(count), single);
}

std::string percent(double share) {
  const double percent = 100 * share;
  return percent > 0 && percent < 0.1 ? "under 0.1\u00a0%" : fmt::format("{:.1f}\u00a0%", percent);
}

std::string version_sentence(const VersionSummary& version) {
  const std::string kind = kind_words(version.kind);
  return fmt::format("Version {}, {} to {}, {}{}{}", version.number, version.first_seen.date(),
                     version.last_seen.date(), counted(version.word_count, "word"), kind.empty() ? "" : ", ",
                     kind);
}

std::string change_words(const TextChange& change) {
  return fmt::format("+{} −{} words, {}", grouped(change.words_added), grouped(change.words_removed),
                     percent(change.share));
}

namespace {

std::string why_without_text(const Gap& gap) {
  if (gap.captures == 0)
    return gap.index_read ? "nothing was archived"
                          : "not known, for no archive’s index was read for all of it";
  std::string sentence = counted(gap.captures, "capture") + " without a text (";
  bool first = true;
  for (const auto& [why, count] : gap.hindrances) {
    const auto& [hindrance, detail] = why;
    sentence += fmt::format("{}{} {}{}{}", first ? "" : ", ", grouped(count), name(hindrance),
                            detail.empty() ? "" : " ", detail);
    first = false;
  }
  return sentence + ")";
}

}  // namespace

std::string gap_sentence(const Gap& gap) {
  const std::string time = gap.from && gap.to ? fmt::format("from {} to {}", gap.from->date(), gap.to->date())
                           : gap.from         ? fmt::format("after {}", gap.from->date())
                           : gap.to           ? fmt::format("before {}", gap.to->date())
                                              : std::string("at any time");
  return fmt::format("No text {}: {}", time, why_without_text(gap));
}

const VersionSummary* version_around(const std::vector<VersionSummary>& versions, const Gap& gap) {
  if (gap.kind != Gap::Kind::between || !gap.from || !gap.to) return nullptr;
  const auto found = std::find_if(versions.begin(), versions.end(), [&](const VersionSummary& version) {
    return version.first_seen <= *gap.from && *gap.to <= version.last_seen;
  });
  return found == versions.end() ? nullptr : &*found;
}

std::string gap_within_sentence(const Gap& gap, std::uint32_t version, std::size_t captures_between) {
  const std::string time = fmt::format("{} to {}", gap.from->date(), gap.to->date());
  if (captures_between > 0)
    return fmt::format("{}: seldom captured, {} in between, each with version {}", time,
                       counted(captures_between, "time"), version);
  return fmt::format("{}: {}; version {} before and after", time, why_without_text(gap), version);
}

std::string kind_words(std::string_view kind) {
  if (kind == "not-found") return "error page or empty";
  if (kind == "parked") return "parked domain";
  if (kind == "login") return "login or captcha";
  if (kind == "script-shell") return "page without its text";
  if (kind == "homepage") return "home page";
  return kind == "article" ? "reads like an article" : "";
}

}  // namespace winnow::serve
