#include "serve/reading_text.hpp"

#include <algorithm>

#include "extract/markdown_text.hpp"

namespace winnow::serve {
namespace {

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

bool is_heading(std::string_view line) {
  const std::size_t signs = std::min(line.find_first_not_of('#'), line.size());
  return signs > 0 && signs < 7 && line.substr(signs).starts_with(' ');
}

std::string_view without_line_end(std::string_view text) {
  return text.ends_with('\n') ? text.substr(0, text.size() - 1) : text;
}

}  // namespace

std::string reading_text(std::string_view markdown) {
  std::string plain = markdown_to_text(without_line_end(markdown), ListNumbers::kept);
  std::erase(plain, k_heading_sign);
  std::string_view marked = without_line_end(markdown);
  std::string_view rest = without_line_end(plain);
  // A comment that runs over lines is left out with their ends: then nobody knows which line is which.
  const bool is_line_by_line =
      std::count(rest.begin(), rest.end(), '\n') == std::count(marked.begin(), marked.end(), '\n');
  std::string text;
  text.reserve(plain.size() + 64);
  while (!rest.empty()) {
    const bool is_title = is_line_by_line && is_heading(take_line(marked));
    std::string_view line = take_line(rest);
    line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
    if (line.empty()) continue;
    if (is_title) text.append(1, k_heading_sign).append(1, ' ');
    text.append(line).append(1, '\n');
  }
  return text;
}

}  // namespace winnow::serve
