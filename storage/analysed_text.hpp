// What the analysis of texts gives to the store.
#pragma once

#include <string>

#include "model/text_analysis.hpp"
#include "model/text_change.hpp"
#include "storage/ids.hpp"

namespace winnow {

struct AnalysedText {
  TextId text{};
  TextAnalysis analysis;
  std::string search_words;  ///< what is found in it (storage/search_words.hpp)
};

struct MeasuredChange {
  TextId older{};
  TextId newer{};
  TextChange change;
};

}  // namespace winnow
