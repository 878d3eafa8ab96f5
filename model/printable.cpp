#include "model/printable.hpp"

#include <algorithm>

namespace winnow {
namespace {

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

/// How many bytes the character takes that `text` begins with; 0 when they are not UTF-8 (RFC 3629 §4).
std::size_t character_size(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = at(0);
  if (lead < 0x80U) return 1;
  const std::size_t size = lead >= 0xc2U && lead < 0xe0U   ? 2
                           : lead >= 0xe0U && lead < 0xf0U ? 3
                           : lead >= 0xf0U && lead < 0xf5U ? 4
                                                           : 0;
  if (size == 0 || size > text.size()) return 0;
  const std::string_view rest = text.substr(1, size - 1);
  if (!std::all_of(rest.begin(), rest.end(), is_continuation)) return 0;
  const bool overlong = (lead == 0xe0U && at(1) < 0xa0U) || (lead == 0xf0U && at(1) < 0x90U);
  const bool no_character = (lead == 0xedU && at(1) >= 0xa0U) || (lead == 0xf4U && at(1) >= 0x90U);
  return overlong || no_character ? 0 : size;
}

bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 2) return first == 0xc2U && static_cast<unsigned char>(character[1]) < 0xa0U;
  return first < 0x20U || first == 0x7fU;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    const std::string_view character = text.substr(0, std::max<std::size_t>(size, 1));
    if (size == 0 || is_control(character)) {
      result += '?';
    } else {
      result += character;
    }
    text.remove_prefix(character.size());
  }
  return result;
}

}  // namespace winnow
