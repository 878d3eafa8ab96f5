// All that is said of a text once it is extracted.
#pragma once

#include <string_view>

#include "extract/facts/facts.hpp"
#include "extract/gate/gate.hpp"
#include "extract/language.hpp"
#include "model/text.hpp"

namespace winnow {

struct Analysis {
  Language language;
  Verdict gate;
  Facts facts;
};

/// Language, gate and facts of a text: extracted by winnow, imported, or any other Markdown. `url` is the
/// page's, or empty. Pure and re-entrant; the same input gives the same analysis. Bounded as language.hpp,
/// gate/gate.hpp and facts/facts.hpp say.
[[nodiscard]] Analysis analyse(std::string_view title, std::string_view markdown, std::string_view url);
[[nodiscard]] Analysis analyse(const Text& text, std::string_view url);

}  // namespace winnow
