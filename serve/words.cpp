#include "serve/words.hpp"

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
  return fmt::format("Version {}, {} to {}, {}", version.number, version.first_seen.date(),
                     version.last_seen.date(), counted(version.word_count, "word"));
}

std::string change_words(const TextChange& change) {
  return fmt::format("+{} −{} words, {}", grouped(change.words_added), grouped(change.words_removed),
                     percent(change.share));
}

std::string gap_sentence(const Gap& gap) {
  std::string sentence = fmt::format("No text from {} to {}: ", gap.from ? gap.from->date() : "the beginning",
                                     gap.to ? gap.to->date() : "the end");
  if (gap.captures == 0)
    return sentence + (gap.index_read ? "nothing was archived" : "the index was not read for all of it");
  sentence += counted(gap.captures, "capture") + " without a text (";
  bool first = true;
  for (const auto& [why, count] : gap.hindrances) {
    const auto& [hindrance, detail] = why;
    sentence += fmt::format("{}{} {}{}{}", first ? "" : ", ", grouped(count), name(hindrance),
                            detail.empty() ? "" : " ", detail);
    first = false;
  }
  return sentence + ")";
}

}  // namespace winnow::serve
