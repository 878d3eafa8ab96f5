#include "extract/analysis.hpp"

#include <string>

namespace winnow {

Analysis analyse(std::string_view title, std::string_view markdown, std::string_view url) {
  Analysis analysis;
  const std::string blocks = plain_blocks(markdown);
  analysis.language = detect_language(blocks);
  analysis.gate = judge({title, markdown, analysis.language.code, url});
  analysis.facts = gather_facts(markdown, blocks, analysis.language.code);
  return analysis;
}

Analysis analyse(const Text& text, std::string_view url) {
  return analyse(text.title, text.markdown, url);
}

}  // namespace winnow
