#include "extract/analysis.hpp"

#include <string>

namespace winnow {

namespace {

Analysis analyse_text(const GateText& text) {
  Analysis analysis;
  const std::string blocks = plain_blocks(text.markdown);
  analysis.language = detect_language(blocks);
  GateText known = text;
  known.language = analysis.language.code;
  analysis.gate = judge(known);
  analysis.facts = gather_facts(text.markdown, blocks, analysis.language.code);
  return analysis;
}

}  // namespace

Analysis analyse(std::string_view title, std::string_view markdown, std::string_view url) {
  return analyse_text({.title = title, .markdown = markdown, .language = {}, .url = url});
}

Analysis analyse(const Text& text, std::string_view url) {
  return analyse_text({.title = text.title,
                       .markdown = text.markdown,
                       .language = {},
                       .url = url,
                       .needs_script = has_mark(text, Mark::needs_script)});
}

}  // namespace winnow
