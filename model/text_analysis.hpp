// What is said of a text besides its words, as the store keeps it (docs/facts.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace winnow {

struct TextAnalysis {
  std::string language;                        ///< BCP 47; empty when unknown
  std::string gate;                            ///< `yes`, `uncertain`, `no`: is it a privacy policy?
  std::string kind;                            ///< what it is taken for: `policy`, `legal`...
  double score = 0;                            ///< the gate's, 0 to 1
  std::optional<std::string> claimed_date;     ///< ISO 8601, as precise as it was said
  std::optional<std::string> claimed_or_date;  ///< the other reading of a date in figures
  std::optional<std::string> claimed_words;    ///< it was read from
  std::uint32_t sentences = 0;
  std::optional<double> reading_grade;
};

}  // namespace winnow
