#include "extract/facts/facts.hpp"

#include <utility>

#include "extract/facts/addresses.hpp"
#include "extract/facts/reading_grade.hpp"
#include "extract/markdown_headings.hpp"
#include "extract/plain_text.hpp"

namespace winnow {
namespace {

std::string_view beginning(std::string_view text) {
  if (text.size() <= k_facts_bytes) return text;
  const std::size_t line = text.rfind('\n', k_facts_bytes);
  return text.substr(0, line == std::string_view::npos ? k_facts_bytes : line);
}

std::vector<Heading> outline(std::string_view markdown) {
  std::vector<Heading> headings;
  for (MarkdownHeading& heading : markdown_headings(markdown, k_facts_entries))
    headings.push_back({heading.level, std::move(heading.text)});
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
