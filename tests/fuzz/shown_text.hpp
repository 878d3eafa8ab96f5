// What is demanded of every text that is shown to people or written to a terminal.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "extract/charset.hpp"
#include "fuzz.hpp"

namespace winnow::fuzz {

/// By RFC 3629's grammar: no overlong forms, no surrogates, nothing beyond U+10FFFF.
inline bool is_utf8(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
  };
  for (std::size_t i = 0; i < text.size();) {
    const unsigned lead = byte(i);
    const std::size_t size = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
    if (size == 0) return false;
    const unsigned least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (size > 1 && (byte(i + 1) < least || byte(i + 1) > most)) return false;
    for (std::size_t at = 2; at < size; ++at) {
      if ((byte(i + at) & 0xC0U) != 0x80) return false;
    }
    i += size;
  }
  return true;
}

/// No NUL, no terminal commands.
inline void demand_shown_text(std::string_view text, const char* promise) {
  demand(is_utf8(text), promise);
  demand(std::none_of(text.begin(), text.end(),
                      [](char c) {
                        const auto byte = static_cast<unsigned char>(c);
                        return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
                      }),
         promise);
}

/// The input as the decoder would hand it on.
inline std::string decoded(std::string_view input) {
  return decode_page(input, *find_encoding("utf-8")).utf8;
}

}  // namespace winnow::fuzz
