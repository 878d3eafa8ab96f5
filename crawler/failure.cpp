#include "crawler/failure.hpp"

namespace winnow {

std::string one_line(std::string_view text, std::size_t limit) {
  std::string line;
  bool in_tag = false;
  bool space = false;
  for (const char c : text) {
    if (line.size() >= limit) break;
    const auto byte = static_cast<unsigned char>(c);
    if (c == '<') in_tag = true;
    if (in_tag || byte <= 0x20 || byte == 0x7f) {
      space = !line.empty();
      if (c == '>') in_tag = false;
      continue;
    }
    if (space) line += ' ';
    space = false;
    line += byte < 0x80 ? c : '?';
  }
  return line;
}

}  // namespace winnow
