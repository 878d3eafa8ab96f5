#include "extract/plain_text.hpp"

#include <algorithm>

#include "extract/markdown_text.hpp"

namespace winnow {
namespace {

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

}  // namespace

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

std::string plain_text(std::string_view markdown, ListNumbers numbers) {
  const std::string lines = markdown_to_text(with_blocks_apart(markdown), numbers);
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

}  // namespace winnow
