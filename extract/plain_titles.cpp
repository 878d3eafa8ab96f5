#include "extract/plain_titles.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "extract/titles.hpp"
#include "model/ascii.hpp"

namespace winnow {
namespace {

constexpr std::string_view k_break = "  \n";

/// "October 1, 2004", "Last updated: May 2011": bold as often as a title is.
bool is_dated(std::string_view line) {
  while (line.ends_with('*') || line.ends_with(' '))
    line.remove_suffix(1);
  constexpr std::size_t k_year = 4;
  if (line.size() <= k_year) return false;
  const std::string_view year = line.substr(line.size() - k_year);
  const std::string_view before = line.substr(0, line.size() - k_year);
  const bool is_year = (year.starts_with("19") || year.starts_with("20")) && is_digit(year[2]) &&
                       is_digit(year[3]) && !is_digit(before.back());
  return is_year &&
         (before.find(':') != std::string_view::npos || std::any_of(before.begin(), before.end(), is_digit));
}

}  // namespace

std::string_view bold_title(std::string_view line) {
  constexpr std::size_t k_longest = 120;
  if (line.ends_with("**:")) line.remove_suffix(1);
  if (line.size() < 6 || line.size() > k_longest || !line.starts_with("**") || !line.ends_with("**"))
    return {};
  const std::string_view inner = line.substr(2, line.size() - 4);
  if (inner.find("**") != std::string_view::npos && !inner.starts_with('*')) return {};
  if (inner.find('\n') != std::string_view::npos) return {};
  std::string_view words = inner;
  while (words.ends_with('*'))
    words.remove_suffix(1);
  constexpr std::string_view k_sentence_ends = ".,;";
  if (words.empty() || k_sentence_ends.find(words.back()) != std::string_view::npos) return {};
  return is_dated(inner) ? std::string_view() : inner;
}

namespace {

/// "COOKIES": one line in capitals. Empty when it is none.
std::string_view capital_title(std::string_view line) {
  constexpr std::size_t k_longest = 60;
  constexpr std::ptrdiff_t k_letters = 5;
  constexpr std::string_view k_no_title = "[].,;|*_`<\\";
  if (line.size() > k_longest || line.find_first_of(k_no_title) != std::string_view::npos) return {};
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  if (std::count_if(line.begin(), line.end(), is_capital) < k_letters) return {};
  return std::any_of(line.begin(), line.end(), is_small) ? std::string_view() : line;
}

bool is_rule(const Block& block) {
  return block.text == "---";
}

bool has_heading(const Block& block) {
  if (block.kind == BlockKind::heading) return true;
  // In a list's item, a quote...
  return block.kind != BlockKind::paragraph &&
         (block.text.find(" # ") != std::string::npos || block.text.find(" ## ") != std::string::npos ||
          block.text.find(" ### ") != std::string::npos);
}

/// A paragraph's first line, and what is left behind the break; nothing of what is no paragraph.
std::pair<std::string_view, std::string_view> split_line(const Block& block) {
  if (block.kind != BlockKind::paragraph) return {};
  const std::string_view text = block.text;
  const std::size_t end = text.find(k_break);
  if (end == std::string_view::npos) return {text, {}};
  return {text.substr(0, end), text.substr(end + k_break.size())};
}

bool names_document(std::string_view folded) {
  return (documents_named(folded) & k_core_documents) != 0;
}

/// The headings that a page without an outline only looks like having.
class TitleFinder {
public:
  explicit TitleFinder(const Blocks& blocks) : m_blocks(blocks) {
    std::ptrdiff_t headings = 0;
    std::ptrdiff_t bold = 0;
    std::ptrdiff_t capitals = 0;
    bool opens_with_heading = false;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const auto [line, rest] = split_line(blocks[i]);
      const bool is_bold = !bold_title(line).empty();
      bold += is_bold ? 1 : 0;
      capitals += is_above_prose(i) && !capital_title(line).empty() ? 1 : 0;
      const bool is_first_heading = headings == 0 && has_heading(blocks[i]);
      headings += has_heading(blocks[i]) ? 1 : 0;
      if (is_first_heading) opens_with_heading = bold == 0 || names_document(folded_title(blocks[i].text));
      if (!is_rule(blocks[i]) && (!is_bold || !rest.empty())) m_last_text = i + 1;
    }
    constexpr std::ptrdiff_t k_pattern = 3;
    m_bold = headings * 2 <= bold && !opens_with_heading;
    m_capitals = headings == 0 && capitals >= k_pattern;
  }

  [[nodiscard]] bool any() const { return m_bold || m_capitals; }

  /// What stands in the title that a block is or begins with; empty when it is none.
  [[nodiscard]] std::string_view title(std::size_t i) const {
    if (i >= m_last_text) return {};
    const std::string_view line = split_line(m_blocks[i]).first;
    const std::string_view bold = m_bold ? bold_title(line) : std::string_view();
    return bold.empty() && m_capitals && is_above_prose(i) ? capital_title(line) : bold;
  }

private:
  /// Whether text follows a block's first line, in the block or as the next: in an address, no line has any.
  [[nodiscard]] bool is_above_prose(std::size_t i) const {
    constexpr std::size_t k_prose = 60;
    const std::string_view rest = split_line(m_blocks[i]).second;
    if (!rest.empty()) return rest.substr(0, rest.find(k_break)).size() >= k_prose;
    return i + 1 < m_blocks.size() && split_line(m_blocks[i + 1]).first.size() >= k_prose;
  }

  const Blocks& m_blocks;
  std::size_t m_last_text = 0;  ///< one behind the last block that is no title
  bool m_bold = false;          ///< bold lines are titles
  bool m_capitals = false;      ///< lines in capitals are
};

std::string_view first_words(std::string_view folded) {
  constexpr unsigned k_words = 6;
  std::size_t end = 0;
  for (unsigned word = 0; word < k_words && end < folded.size(); ++word)
    end = std::min(folded.find(' ', end + 1), folded.size());
  return folded.substr(0, end);
}

/// Of the lines above the text, the one that names the document; blocks.size() when none does, or when the
/// page has a heading for it.
std::size_t name_above(const Blocks& blocks) {
  constexpr std::size_t k_longest = 120;
  constexpr unsigned k_most_lines = 5;  ///< some pages break paragraphs after every line
  constexpr std::string_view k_marks = "*\\";
  std::size_t found = blocks.size();
  unsigned lines = 0;
  for (std::size_t i = 0; i < blocks.size() && lines < k_most_lines; ++i) {
    if (is_rule(blocks[i])) continue;
    ++lines;
    auto [line, rest] = split_line(blocks[i]);
    if (blocks[i].kind == BlockKind::heading) line = blocks[i].text;
    if (line.empty() || line.size() > k_longest) break;
    std::string words(line);
    std::erase_if(words, [&](char c) { return k_marks.find(c) != std::string_view::npos; });
    if (words.empty()) break;
    const bool is_whole = rest.empty() || !bold_title(line).empty() ||
                          line.find_first_of("*_`<[") == std::string_view::npos;  // no emphasis goes on below
    const bool is_line = is_whole && line.find("](") == std::string_view::npos && !words.ends_with('.') &&
                         !(words.front() >= 'a' && words.front() <= 'z');
    const std::string title = folded_title(words);
    // "Privacy Statement for All Sites and Newsletters of Ours"
    const bool names_first = !bold_title(line).empty() && names_document(first_words(title));
    const bool is_name = is_line && (names_document(title) || names_first);
    if (blocks[i].kind == BlockKind::heading) {
      if (is_name || line.starts_with("# ")) return blocks.size();
    } else if (is_name && found == blocks.size()) {
      found = i;
    }
  }
  // Of several documents one below the other, none is above the others.
  unsigned left = 1000;  // asking takes its time
  for (std::size_t i = found + 1; i < blocks.size() && left > 0; ++i) {
    const std::string_view title = bold_title(split_line(blocks[i]).first);
    if (title.empty()) continue;
    if (names_document(folded_title(title))) return blocks.size();
    --left;
  }
  return found;
}

}  // namespace

Blocks with_plain_titles(Blocks blocks) {
  const TitleFinder titles(blocks);
  const std::size_t name = name_above(blocks);
  if (!titles.any() && name == blocks.size()) return blocks;
  Blocks result;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool is_name = i == name;
    const bool is_banner = name < blocks.size() && i < name;
    const auto [line, rest] = split_line(blocks[i]);
    std::string_view title = is_banner ? std::string_view() : titles.title(i);
    if (is_name) title = bold_title(line).empty() ? line : bold_title(line);
    if (title.empty()) {
      // A heading among those is a chapter as they are.
      if (name < blocks.size() && titles.any() && blocks[i].kind == BlockKind::heading &&
          blocks[i].text.starts_with("# "))
        blocks[i].text.insert(blocks[i].text.begin(), '#');
      result.push_back(std::move(blocks[i]));
      continue;
    }
    result.push_back({BlockKind::heading, heading_line(is_name ? 1 : 2, title)});
    if (!rest.empty()) result.push_back({BlockKind::paragraph, std::string(rest)});
  }
  return result;
}

}  // namespace winnow
