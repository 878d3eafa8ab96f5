#include "model/utf8.hpp"

#include <algorithm>

namespace winnow {
namespace {

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

}  // namespace

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

Character first_character(std::string_view text) {
  const std::size_t size = character_size(text);
  if (size == 0) return {};
  const auto lead = static_cast<unsigned char>(text[0]);
  char32_t code_point = size == 1 ? lead : lead & (0x7fU >> size);
  for (std::size_t i = 1; i < size; ++i)
    code_point = (code_point << 6U) | (static_cast<unsigned char>(text[i]) & 0x3fU);
  return {code_point, size};
}

}  // namespace winnow
