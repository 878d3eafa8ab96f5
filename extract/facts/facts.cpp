#include "extract/facts/facts.hpp"

#include <algorithm>

#include "extract/facts/addresses.hpp"
#include "extract/facts/reading_grade.hpp"
#include "extract/markdown_text.hpp"
#include "extract/plain_text.hpp"

namespace winnow {
namespace {

std::string_view beginning(std::string_view text) {
  if (text.size() <= k_facts_bytes) return text;
  const std::size_t line = text.rfind('\n', k_facts_bytes);
  return text.substr(0, line == std::string_view::npos ? k_facts_bytes : line);
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

std::vector<Heading> outline(std::string_view markdown) {
  std::vector<Heading> headings;
  std::string_view above;
  bool code = false;
  const auto add = [&headings](unsigned level, std::string_view line) {
    std::string text = markdown_to_text(line);
    const std::size_t begin = text.find_first_not_of(" \n");
    if (begin == std::string::npos) return;
    text = text.substr(begin, text.find_last_not_of(" \n") + 1 - begin);
    headings.push_back({level, std::move(text)});
  };
  while (!markdown.empty() && headings.size() < k_facts_entries) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
    if (line.starts_with("```")) code = !code;
    const std::size_t signs = std::min(line.find_first_not_of('#'), line.size());
    if (!code && signs >= 1 && signs <= 6 && signs < line.size() && line[signs] == ' ') {
      add(static_cast<unsigned>(signs), line);
    } else if (!code && line.size() >= 3 && !is_blank(above) && !begins_block(above) &&
               (line.find_first_not_of('=') == std::string_view::npos ||
                line.find_first_not_of('-') == std::string_view::npos)) {
      add(line.front() == '=' ? 1 : 2, above);
    }
    above = line;
  }
  return headings;
}

}  // namespace

std::string plain_blocks(std::string_view markdown) {
  return plain_text(beginning(markdown));
}

Facts gather_facts(std::string_view markdown, std::string_view blocks, std::string_view language) {
  markdown = beginning(markdown);
  Facts facts;
  const WordCounts counts = count_words(blocks);
  facts.words = counts.words;
  facts.sentences = counts.sentences;
  if (language == "en") facts.reading_grade = reading_grade(blocks, counts);
  facts.claimed_date = find_claimed_date(blocks, language);
  facts.outline = outline(markdown);
  const Addresses addresses = find_addresses(markdown, blocks);
  facts.emails = addresses.emails;
  facts.link_domains = addresses.domains;
  return facts;
}

}  // namespace winnow
