#include "model/printable.hpp"

#include "model/utf8.hpp"

namespace winnow {
namespace {

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

bool is_directional(char32_t c) {
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    const auto [code_point, width] = first_character(text);
    if (size == 0 || is_control(code_point) || is_directional(code_point)) {
      result += '?';
    } else {
      result += text.substr(0, width);
    }
    text.remove_prefix(width);
  }
  return result;
}

std::string printable_line(std::string_view text) {
  std::string spaced;
  for (const char c : text) {
    if (c != '\r') spaced += c == '\t' ? ' ' : c;
  }
  return printable(spaced);
}

}  // namespace winnow
