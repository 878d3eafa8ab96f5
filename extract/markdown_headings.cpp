#include "extract/markdown_headings.hpp"

#include <algorithm>
#include <utility>

#include "extract/markdown_text.hpp"
#include "extract/plain_text.hpp"

namespace winnow {
namespace {

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

bool is_underline(std::string_view line) {
  while (line.ends_with(' ') || line.ends_with('\r'))
    line.remove_suffix(1);
  return line.size() >= 3 && (line.find_first_not_of('=') == std::string_view::npos ||
                              line.find_first_not_of('-') == std::string_view::npos);
}

/// Without the markers of the list items that a line begins.
std::string_view without_list_markers(std::string_view line) {
  while (true) {
    std::size_t marker = std::min(line.find_first_not_of("0123456789"), line.size());
    const std::string_view signs = marker == 0 ? "-*+" : ".)";
    if (marker > 9 || marker >= line.size() || signs.find(line[marker]) == std::string_view::npos)
      return line;
    if (line.substr(++marker, 1) != " ") return line;
    line.remove_prefix(marker + 1);
  }
}

}  // namespace

std::vector<MarkdownHeading> markdown_headings(std::string_view markdown, std::size_t most) {
  std::vector<MarkdownHeading> headings;
  const auto add = [&](unsigned level, std::string_view line) {
    std::string text = markdown_to_text(line);
    const std::size_t begin = text.find_first_not_of(" \n");
    if (begin == std::string::npos) return;
    text = text.substr(begin, text.find_last_not_of(" \n") + 1 - begin);
    headings.push_back({level, static_cast<std::size_t>(line.data() - markdown.data()), std::move(text)});
  };
  std::string_view above;
  std::string_view rest = markdown;
  bool code = false;
  while (!rest.empty() && headings.size() < most) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.starts_with("```")) code = !code;
    const std::string_view content = without_list_markers(line);
    const std::size_t signs = std::min(content.find_first_not_of('#'), content.size());
    if (!code && signs >= 1 && signs <= 6 && signs < content.size() && content[signs] == ' ') {
      add(static_cast<unsigned>(signs), line);
    } else if (!code && !is_blank(above) && !begins_block(above) && is_underline(line)) {
      add(line.front() == '=' ? 1 : 2, above);
    }
    above = line;
  }
  return headings;
}

}  // namespace winnow
