// Bytes as `%XX` (RFC 3986 2.1).
#pragma once

#include <string>
#include <string_view>

namespace winnow {

/// Upper-case digits, as RFC 3986 6.2.2.1 wants. Which bytes are to be escaped differs by place: that is the
/// caller's.
inline void append_percent_encoded(std::string& out, std::string_view bytes) {
  constexpr std::string_view k_digits = "0123456789ABCDEF";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += k_digits[byte >> 4U];
    out += k_digits[byte & 0xFU];
  }
}

inline void append_percent_encoded(std::string& out, char byte) {
  append_percent_encoded(out, std::string_view(&byte, 1));
}

/// `text` with all bytes escaped but those for which `keep(char)` is true.
template <class Keep>
[[nodiscard]] std::string percent_encode_unless(std::string_view text, Keep keep) {
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (keep(c)) {
      encoded += c;
    } else {
      append_percent_encoded(encoded, c);
    }
  }
  return encoded;
}

}  // namespace winnow
