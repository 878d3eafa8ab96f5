#include "extract/facts/facts.hpp"

#include <algorithm>

#include "extract/facts/addresses.hpp"
#include "extract/facts/reading_grade.hpp"
#include "extract/markdown_text.hpp"

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

/// Whether a line of Markdown is a block of its own or begins one, whatever stands around it.
bool begins_block(std::string_view line) {
  const std::size_t at = line.find_first_not_of(" \t>");
  if (at == std::string_view::npos) return false;
  line.remove_prefix(at);
  const char first = line.front();
  const char second = line.size() > 1 ? line[1] : '\0';
  if (first == '#' || first == '|') return true;
  if (first == '*' || first == '-' || first == '+') return second == ' ';
  const std::size_t digits = line.find_first_not_of("0123456789");
  return digits != std::string_view::npos && digits > 0 && digits <= 3 && digits + 1 < line.size() &&
         (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ';
}

bool is_one_line_block(std::string_view line) {
  const std::size_t at = line.find_first_not_of(" \t>");
  return at != std::string_view::npos && (line[at] == '#' || line[at] == '|');
}

/// An empty line between any two blocks.
std::string with_blocks_apart(std::string_view markdown) {
  std::string result;
  result.reserve(markdown.size() + markdown.size() / 16);
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    const std::string_view line = markdown.substr(0, end);
    if (begins_block(line)) result += '\n';
    result.append(line) += '\n';
    if (is_one_line_block(line) || line.ends_with("  ")) result += '\n';
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
  }
  return result;
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
  const std::string lines = markdown_to_text(with_blocks_apart(beginning(markdown)));
  std::string blocks;
  blocks.reserve(lines.size());
  bool gap = false;  // white space, or a block's end, is due
  bool end = false;
  std::size_t newlines = 0;
  for (const char c : lines) {
    if (c == '\n') {
      gap = true;
      end = end || ++newlines > 1;
    } else if (c == ' ' || c == '\t' || c == '\r') {
      gap = true;
    } else {
      if (gap && !blocks.empty()) blocks += end ? '\n' : ' ';
      gap = end = false;
      newlines = 0;
      blocks += c;
    }
  }
  return blocks;
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
