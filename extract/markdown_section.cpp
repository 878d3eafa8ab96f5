#include "extract/markdown_section.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

#include "extract/markdown_headings.hpp"
#include "extract/markdown_text.hpp"
#include "extract/plain_titles.hpp"
#include "extract/titles.hpp"

namespace winnow {
namespace {

constexpr std::size_t k_most = 100'000;
constexpr unsigned k_bold_level = 7;

/// Lines in bold type, below all headings: the chapters of pages that have but a title for heading.
void add_bold_lines(std::string_view markdown, std::vector<MarkdownHeading>& headings) {
  bool code = false;
  for (std::size_t begin = 0; begin < markdown.size() && headings.size() < k_most;) {
    const std::size_t end = std::min(markdown.find('\n', begin), markdown.size());
    std::string_view line = markdown.substr(begin, end - begin);
    line = line.substr(0, line.find_last_not_of(" \r") + 1);
    if (line.starts_with("```")) code = !code;
    if (!code && !bold_title(line).empty())
      headings.push_back({k_bold_level, begin, markdown_to_text(bold_title(line))});
    begin = end + 1;
  }
  std::sort(headings.begin(), headings.end(),
            [](const MarkdownHeading& a, const MarkdownHeading& b) { return a.begin < b.begin; });
}

}  // namespace

std::optional<MarkdownSection> section_titled(std::string_view markdown, std::string_view title) {
  const std::string wanted = folded_title(title);
  std::vector<MarkdownHeading> headings = markdown_headings(markdown, k_most);
  add_bold_lines(markdown, headings);
  std::vector<std::string> titles(headings.size());
  std::transform(headings.begin(), headings.end(), titles.begin(),
                 [](const MarkdownHeading& heading) { return folded_title(heading.text); });
  const auto is_below = [&](std::size_t heading, std::size_t above) {
    if (headings[heading].level != headings[above].level)
      return headings[heading].level > headings[above].level;
    return is_numbered(titles[heading]) && !is_numbered(titles[above]);
  };
  // Where each one's part ends: from the last, whose lower neighbours are then known.
  std::vector<std::size_t> next(headings.size());
  for (std::size_t i = headings.size(); i-- > 0;) {
    next[i] = i + 1;
    while (next[i] < headings.size() && is_below(next[i], i))
      next[i] = next[next[i]];
  }
  std::size_t best = headings.size();
  std::tuple<TitleMatch, unsigned, std::size_t> best_rating;
  const auto part = [&](std::size_t i) {
    const std::size_t end = next[i] == headings.size() ? markdown.size() : headings[next[i]].begin;
    return markdown.substr(headings[i].begin, end - headings[i].begin);
  };
  for (std::size_t i = 0; i < headings.size(); ++i) {
    const TitleMatch match = match_titles(titles[i], wanted);
    if (match == TitleMatch::none) continue;
    const std::tuple rating(match, k_bold_level - headings[i].level, part(i).size());
    if (best < headings.size() && rating <= best_rating) continue;
    best = i;
    best_rating = rating;
  }
  if (best == headings.size()) return std::nullopt;
  std::string_view text = part(best);
  text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
  return MarkdownSection{headings[best].text, text};
}

}  // namespace winnow
